"""What must be seen to before and after a release goes out, item by item (spec 5.1, 6.2, 6.5)."""
