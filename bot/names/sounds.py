"""Known names → their sound keys, all folded at once.

Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.names import folding
from bot.names.words import is_cyrillic


def sounds_of(every_word: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The sound keys of each word, and of the parts of double words.

    A Latin word is read as English and the passport spell, unless its letters show another orthography.
    """
    whole = set(every_word)
    distinct = sorted(whole.union(part for word in whole if "-" in word for part in word.split("-")))
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for reading, chosen, spelled in _readings(distinct):
        for word, sounds in zip(chosen, _folded(reading, spelled), strict=True):
            if sounds:
                found[word][sounds] = None
    return {word: tuple(found[word]) for word in distinct}


def _readings(distinct: Sequence[str]) -> Iterable[tuple[folding.Reading, list[str], list[str]]]:
    """Each reading with the words it is for, and those words as it is to read them."""
    latin = [word for word in distinct if not is_cyrillic(word)]
    slavic = [word for word in latin if folding.looks_slavic(word)]
    foreign = {word for word in slavic if not word.isascii()}
    cyrillic = sorted(set(distinct).difference(latin))
    plain = [word for word in latin if word not in foreign]
    yield folding.cyrillic, cyrillic, cyrillic
    yield folding.english, plain, plain
    yield folding.slavic, slavic, slavic
    yield folding.slavic, slavic, [word.translate(folding.WITHOUT_TAILS) for word in slavic]


def _folded(reading: folding.Reading, words: Sequence[str]) -> list[str]:
    return reading("\n" + "\n".join(words) + "\n")[1:-1].split("\n") if words else []
