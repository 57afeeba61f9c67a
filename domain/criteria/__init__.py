"""Rollback criteria: rules as data, judged against readings, and what has been breached (spec 6.1)."""
