"""Readings of health: where they come in, what is told of them, and what follows for a release (spec 5.3)."""
