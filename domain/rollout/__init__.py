"""How a release reaches production, step by step (spec 5.2)."""
