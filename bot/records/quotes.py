"""Finding a quote in its document.

Pure. The one tolerance is runs of white space, U+00A0 included; misprints stand as printed.
"""

import re
from functools import lru_cache

from bot.records.model import Quote

_SPACE = re.compile(r"\s+")


def normalised(text: str) -> str:
    """The text with every run of white space as one space."""
    return _SPACE.sub(" ", text)


def locate(document: str, quote: Quote) -> tuple[int, int] | None:
    """Where the quote's exact words stand in the document: start and end as character offsets.

    None where they do not, or where they stand more than once and prefix and suffix do not decide.
    """
    places = [m for m in _pattern(quote.exact).finditer(document) if _is_between(document, m.span(), quote)]
    return places[0].span() if len(places) == 1 else None


def count(document: str, words: str) -> int:
    """How many times these words stand in the document."""
    return sum(1 for _ in _pattern(words).finditer(document))


def line_of(document: str, offset: int) -> int:
    """The line, from 1, on which that offset stands."""
    return document.count("\n", 0, offset) + 1


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    # Whole words only: "rested" must not be found in "arrested", nor a number inside a longer one.
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + r"\s+".join(re.escape(word) for word in words.split()) + after)


def _is_between(document: str, span: tuple[int, int], quote: Quote) -> bool:
    before, after = normalised(document[: span[0]]).rstrip(), normalised(document[span[1] :]).lstrip()
    fits_before = quote.prefix is None or before.endswith(normalised(quote.prefix).strip())
    return fits_before and (quote.suffix is None or after.startswith(normalised(quote.suffix).strip()))
