"""Finding words by their beginnings. Pure.

A stem is the beginning of a word or phrase: "releas" finds "released". Ending in "!" it is the whole
word; "…" stands for up to five words: "list of … prisoners". Letter case and the shape of apostrophes
do not matter.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

Span = tuple[int, int]
Words = Mapping[str, tuple[str, ...]]

_GAP = r"\w*(?:\W+\w+){0,5}?\W+"


def spans_of(stems: Iterable[str], text: str) -> list[Span]:
    """Where a word or phrase of the text begins with one of the stems, in reading order."""
    pattern = _pattern(tuple(stems))
    return [match.span() for match in pattern.finditer(text.replace("’", "'"))] if pattern else []


def has_any(stems: Iterable[str], text: str) -> bool:
    """Whether some word or phrase of the text begins with one of the stems."""
    pattern = _pattern(tuple(stems))
    return pattern is not None and pattern.search(text.replace("’", "'")) is not None


def ends_with_any(stems: Iterable[str], text: str) -> bool:
    """Whether the text ends with one of these whole words or phrases."""
    return any(re.search(rf"(?<!\w){re.escape(word)}$", text, re.IGNORECASE) for word in stems)


def begins_with_any(stems: Iterable[str], text: str) -> bool:
    """Whether the text begins with one of these whole words or phrases."""
    plain = text.replace("’", "'")
    return any(re.match(rf"{re.escape(word)}(?!\w)", plain, re.IGNORECASE) for word in stems)


def without(stems: Iterable[str], text: str) -> str:
    """The text with those words blanked out at equal length."""
    for start, end in spans_of(stems, text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=1024)
def _pattern(stems: tuple[str, ...]) -> re.Pattern[str] | None:
    if not stems:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_as_pattern, stems))})", re.IGNORECASE)


def _as_pattern(stem: str) -> str:
    whole = stem.endswith("!")
    parts = stem.removesuffix("!").replace("’", "'").split("…")
    body = _GAP.join(r"\s+".join(map(re.escape, part.split())) for part in parts)
    return body + r"(?!\w)" if whole else body
