"""How production and staging are: what was measured, and whether it is in range (spec 5.3)."""
