"""The only SQL and the only git."""
