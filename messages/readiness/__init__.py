"""What is said of a release's way back: one line on its messages, and the whole with what to do."""
