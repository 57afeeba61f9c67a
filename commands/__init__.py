"""What people can do, one module per verb; each runs in one transaction."""
