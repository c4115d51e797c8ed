"""Who is there and what they wish; addresses are sealed, follows are keyed hashes."""
