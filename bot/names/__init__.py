"""Finding a person by any spelling of the name. Pure; imports records and errors alone."""

from bot.names.index import Index, Match

__all__ = ["Index", "Match"]
