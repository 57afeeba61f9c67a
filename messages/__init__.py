"""Everything that people read, in Korean and English: domain values to text and Block Kit."""
