"""Text of the records made fit for a line of a post.

Pure.
"""

import re
import unicodedata

from bot.records.model import Labels, Person

# Marks that turn the direction of writing would let a name rewrite the line it stands in.
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """The text on one line: white space as single spaces, no control or direction marks."""
    shown = (c for c in _DIRECTIONS.sub("", text) if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join("".join(shown).split())


def label(labels: Labels, language: str) -> str:
    """A label in that language, on one line."""
    return one_line(labels.in_language(language))


def name_of(person: Person, language: str) -> str:
    """A person's display name, never inflected; the id where nothing of the name can be shown."""
    return label(person.names, language) or person.id


def sentence(text: str) -> str:
    """The text with a full stop, where it does not end in a mark of its own."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
