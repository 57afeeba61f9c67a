"""Monitors: what is asked of the outside about health. A new kind is one more file, and one line in `ask`."""
