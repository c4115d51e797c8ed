"""Known names → their sound keys, all folded at once.

Pure.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.names import folding
from bot.names.words import is_cyrillic


def sounds_of(every_word: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The sound keys of each word, and of the parts of double words.

    A Latin word is read as English and the passport spell, unless its letters show another orthography.
    """
    whole = list(every_word)
    parts = [part for word in whole if "-" in word for part in word.split("-")]
    found: dict[str, tuple[str, ...]] = dict.fromkeys((*whole, *parts), ())
    for reading, words, spelled in _readings(list(found)):
        for word, sounds in zip(words, _folded(reading, spelled), strict=True):
            if sounds and sounds not in found[word]:
                found[word] += (sounds,)
    return found


def _readings(distinct: Sequence[str]) -> Iterator[tuple[folding.Reading, list[str], list[str]]]:
    """Each reading with the words it is for, and those words as it is to read them."""
    cyrillic: list[str] = []
    latin: list[str] = []
    for word in distinct:
        (cyrillic if is_cyrillic(word) else latin).append(word)
    slavic = [word for word in latin if folding.looks_slavic(word)]
    foreign = {word for word in slavic if not word.isascii()}
    plain = [word for word in latin if word not in foreign]
    yield folding.cyrillic, cyrillic, cyrillic
    yield folding.english, plain, plain
    yield folding.slavic, slavic, slavic
    yield folding.slavic, slavic, [word.translate(folding.WITHOUT_TAILS) for word in slavic]


def _folded(reading: folding.Reading, words: Sequence[str]) -> list[str]:
    return reading("\n" + "\n".join(words) + "\n")[1:-1].split("\n") if words else []
