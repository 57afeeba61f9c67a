"""What developers run by hand or in CI."""
