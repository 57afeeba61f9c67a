"""The coming year to confirm: its living message, and the answers to it."""
