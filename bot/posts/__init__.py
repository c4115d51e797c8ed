"""What is said: occurrences and records become posts, each with its quote and source."""
