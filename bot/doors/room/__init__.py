"""The room: the local page in which the whole bot works without a token."""
