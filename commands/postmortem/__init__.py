"""Verbs of a post-mortem: written, followed to the last action item, linked to what goes out again."""
