"""Who puts a version where, and what became of it (spec 5.2)."""
