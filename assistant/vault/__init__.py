"""Keys: how the data key is wrapped, opened and forgotten. Knows nothing of records."""
