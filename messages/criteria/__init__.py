"""Rollback criteria in words: what is breached, how far, why it cannot be told, and what becomes of it."""
