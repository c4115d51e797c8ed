"""Posts: what is said, in which words, within which limits."""
