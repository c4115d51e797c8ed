"""What rapidfuzz finds by itself over anyascii, to measure against."""

from collections.abc import Callable

from anyascii import anyascii
from rapidfuzz import fuzz, process, utils

from benchmarks.names.measures import Find, Found
from benchmarks.names.queries import Spellings


def wratio(names: Spellings, limit: int) -> Find:
    """Look-up by WRatio."""
    return _peer(names, fuzz.WRatio, limit)


def token_sort(names: Spellings, limit: int) -> Find:
    """Look-up by token_sort_ratio."""
    return _peer(names, fuzz.token_sort_ratio, limit)


def _peer(names: Spellings, scorer: Callable[..., float], limit: int) -> Find:
    owners = [person for person, spellings in names.items() for _ in spellings]
    plain = [utils.default_process(anyascii(name)) for spellings in names.values() for name in spellings]

    def find(query: str) -> Found:
        asked = utils.default_process(anyascii(query))
        best: dict[str, float] = {}
        for _, score, number in process.extract(asked, plain, scorer=scorer, limit=limit):
            best[owners[number]] = max(score, best.get(owners[number], 0.0))
        return [(person, score, "near") for person, score in best.items()]

    return find
