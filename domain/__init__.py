"""The rules of release management: pure values and decisions."""
