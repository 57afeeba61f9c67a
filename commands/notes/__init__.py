"""Release notes: what they say, who writes them, where they are published, which files carry them."""
