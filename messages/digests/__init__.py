"""The personal digest: the message, and how it is set."""
