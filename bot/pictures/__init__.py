"""Pictures: drawn in a process of their own, and posted as files."""
