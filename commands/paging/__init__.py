"""People are called until somebody is on it (spec 6.1)."""
