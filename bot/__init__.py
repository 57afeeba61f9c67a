"""The running program: all that talks to the outside."""
