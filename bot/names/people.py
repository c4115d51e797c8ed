"""The people of an index: which keys are whose surname and whose first name.

Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from bot.names.first_names import FirstNames
from bot.names.keys import Keys, Numbers, Postings, Scores
from bot.names.sounds import sounds_of
from bot.names.words import words

PART_OF_A_SURNAME = 0.92
_MOST_FIRST_NAMES = 8


class People:
    """People by number, in the order of their ids, with the keys of their surnames and first names."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self.ids = sorted(names)
        self.names = [names[person_id][0] for person_id in self.ids]
        self.number = {person_id: number for number, person_id in enumerate(self.ids)}
        split = [[words(name) for name in names[person_id]] for person_id in self.ids]
        sounds = sounds_of(set(chain.from_iterable(chain.from_iterable(split))))
        self._keep_surnames(split, sounds)
        self._keep_first_names(split, sounds)

    def surname_scores(self, near: tuple[Numbers, Scores]) -> Scores:
        """How near each person's surname is, given how near some keys are."""
        keys, scores = near
        found = np.zeros(len(self.ids), np.float32)
        places, counts = self._bearers.places(keys)
        np.maximum.at(found, self._bearers.members[places], np.repeat(scores, counts) * self._weights[places])
        return found

    def first_name_scores(self, scores: Scores, numbers: Numbers) -> Scores:
        """How near these people's first names are, given how near each first name is."""
        found: Scores = scores[self._first_names_of[numbers]].max(axis=1)
        return found

    def surnames_of(self, number: int) -> list[str]:
        """The sounds of a person's surname."""
        return [self.surnames.sounds[key] for key in self._surnames.of(np.array([number], np.int32))[0]]

    def first_names_of(self, number: int) -> list[str]:
        """The sounds of a person's first names."""
        sounds = self.first_names.keys.sounds
        return [sounds[key] for key in self._first_names_of[number] if key < len(sounds)]

    def _keep_surnames(self, split: Sequence[Sequence[list[str]]], sounds: Mapping[str, tuple[str, ...]]) -> None:
        key_of: dict[str, int] = {}
        borne: dict[tuple[int, int], float] = {}
        for number, spellings in enumerate(split):
            for spelling in spellings:
                for sound, weight in _surname_sounds(spelling[-1], sounds) if spelling else ():
                    pair = key_of.setdefault(sound, len(key_of)), number
                    if borne.get(pair, 0.0) < weight:
                        borne[pair] = weight
        keys, numbers = [key for key, _ in borne], [number for _, number in borne]
        self.surnames = Keys(list(key_of))
        self._surnames = Postings(numbers, keys, len(split))
        self._bearers = Postings(keys, numbers, len(key_of))
        self._weights = np.fromiter(borne.values(), np.float32, len(borne))[self._bearers.order]

    def _keep_first_names(self, split: Sequence[Sequence[list[str]]], sounds: Mapping[str, tuple[str, ...]]) -> None:
        borne = [
            {sound: None for spelling in spellings for word in spelling[:-1] for sound in sounds[word]}
            for spellings in split
        ]
        self.first_names = FirstNames(dict.fromkeys(chain.from_iterable(borne)))
        number_of = self.first_names.number
        self._first_names_of = _padded([[number_of[sound] for sound in own] for own in borne], len(number_of))


def _surname_sounds(word: str, sounds: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, float]]:
    yield from ((sound, 1.0) for sound in sounds[word])
    if "-" in word:
        for part in word.split("-"):
            yield from ((sound, PART_OF_A_SURNAME) for sound in sounds[part])


def _padded(rows: Sequence[Sequence[int]], nobody: int) -> Numbers:
    """The rows as a matrix, filled up with the number of nobody's key."""
    width = min(max(map(len, rows), default=1) or 1, _MOST_FIRST_NAMES)
    filled = [[*row[:width], *([nobody] * (width - len(row)))] for row in rows]
    return np.array(filled, np.int32).reshape(len(rows), width)
