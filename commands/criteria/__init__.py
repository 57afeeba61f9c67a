"""Rollback criteria: judged, reported, confirmed, put aside, and what follows from them (spec 6.1)."""
