"""Telegram's updates: a thin skin over `commands`, which decides everything that is said."""
