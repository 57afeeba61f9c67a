"""The project's calendar: a pure function of time over the union of its rules and entries (spec 3)."""
