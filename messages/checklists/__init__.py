"""Checklists in words: their phases, what is open, what became of items."""
