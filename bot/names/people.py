"""The people of an index: which keys are whose surname and whose first name.

Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.names import folding
from bot.names.first_names import FirstNames
from bot.names.keys import Ids, Keys
from bot.names.words import is_cyrillic, words

PART_OF_A_SURNAME = 0.92
_MOST_FIRST_NAMES = 8

Sounds = Mapping[str, tuple[str, ...]]


class People:
    """People by number, with their surnames and first names as numbers of keys."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self.ids = list(names)
        self.names = [spellings[0] for spellings in names.values()]
        self.number = {person_id: number for number, person_id in enumerate(self.ids)}
        split = [[words(name) for name in spellings] for spellings in names.values()]
        self._index(split, sounds_of(chain.from_iterable(chain.from_iterable(split))))

    def _index(self, split: Sequence[Sequence[Sequence[str]]], sounds: Sounds) -> None:
        surnames: defaultdict[str, dict[int, float]] = defaultdict(dict)
        first: list[dict[str, None]] = []
        for number, spellings in enumerate(split):
            own: dict[str, None] = {}
            for spelling in spellings:
                if spelling:
                    own.update((sound, None) for word in spelling[:-1] for sound in sounds[word])
                    for sound, weight in _surname_sounds(spelling[-1], sounds):
                        surnames[sound][number] = max(weight, surnames[sound].get(number, 0.0))
            first.append(own)
        self.surnames = Keys(list(surnames))
        self._surnames_of = _surnames_by_person(surnames.values(), len(split))
        self.bearers: list[tuple[Ids, NDArray[np.float32]]] = [
            (np.fromiter(of, np.int32, len(of)), np.fromiter(of.values(), np.float32, len(of)))
            for of in surnames.values()
        ]
        self.first_names = FirstNames(dict.fromkeys(chain.from_iterable(first)))
        self.first_of = _padded(
            [[self.first_names.number[sound] for sound in own] for own in first], len(self.first_names.number)
        )

    def surnames_of(self, number: int) -> list[str]:
        """The sounds of a person's surname."""
        return [self.surnames.sounds[key] for key in self._surnames_of[number]]

    def first_names_of(self, number: int) -> list[str]:
        """The sounds of a person's first names."""
        sounds = self.first_names.keys.sounds
        return [sounds[key] for key in self.first_of[number] if key < len(sounds)]


def _surnames_by_person(bearers: Iterable[Mapping[int, float]], count: int) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = [()] * count
    for key, numbers in enumerate(bearers):
        for number in numbers:
            found[number] += (key,)
    return found


def _surname_sounds(word: str, sounds: Sounds) -> Iterable[tuple[str, float]]:
    yield from ((sound, 1.0) for sound in sounds[word])
    if "-" in word:
        for part in word.split("-"):
            yield from ((sound, PART_OF_A_SURNAME) for sound in sounds[part])


def _padded(rows: Sequence[Sequence[int]], nobody: int) -> Ids:
    """The rows as a matrix, filled up with the number of nobody's key."""
    width = min(max(map(len, rows), default=1) or 1, _MOST_FIRST_NAMES)
    matrix = np.full((len(rows), width), nobody, np.int32)
    for number, row in enumerate(rows):
        matrix[number, : len(row[:width])] = row[:width]
    return matrix


def sounds_of(every_word: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The sound keys of each word and of the parts of double words, folded all at once.

    A Latin word is read as English and the passport spell, unless its letters show another orthography.
    """
    distinct = list(dict.fromkeys(part for word in every_word for part in (word, *_parts(word))))
    slavic = [word for word in distinct if not is_cyrillic(word) and folding.looks_slavic(word)]
    plain = [word for word in distinct if not is_cyrillic(word) and (word.isascii() or not folding.looks_slavic(word))]
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for reading, those in (
        (folding.cyrillic, [word for word in distinct if is_cyrillic(word)]),
        (folding.slavic, slavic),
        (folding.english, plain),
        (folding.slavic, [word.translate(folding.WITHOUT_TAILS) for word in slavic]),
    ):
        for word, sound in zip(
            those if reading is not folding.slavic else slavic, _folded(reading, those), strict=True
        ):
            if sound:
                found[word][sound] = None
    return {word: tuple(found[word]) for word in distinct}


def _folded(reading: folding.Reading, those: Sequence[str]) -> list[str]:
    return reading("\n" + "\n".join(those) + "\n")[1:-1].split("\n") if those else []


def _parts(word: str) -> Iterable[str]:
    return word.split("-") if "-" in word else ()
