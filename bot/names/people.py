"""The people of an index: which keys are whose surname and whose first name.

Pure.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from bot.names.asked import Asked
from bot.names.first_names import FirstNames
from bot.names.keys import Keys, Numbers, Postings, Scores
from bot.names.sounds import sounds_of
from bot.names.words import words_of_each

Bearers = Mapping[str, Sequence[int]]
SoundsOf = Mapping[str, tuple[str, ...]]

PART_OF_A_SURNAME = 0.92
_MOST_FIRST_NAMES = 8


class People:
    """People by number, in the order of their ids, with the keys of their surnames and first names."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self.ids = sorted(names)
        self.names = [names[person_id][0] for person_id in self.ids]
        self.number = {person_id: number for number, person_id in enumerate(self.ids)}
        last: defaultdict[str, list[int]] = defaultdict(list)
        first: defaultdict[str, list[int]] = defaultdict(list)
        for number, person_id in enumerate(self.ids):
            for words in words_of_each(names[person_id]):
                for word in words[:-1]:
                    first[word].append(number)
                for word in words[-1:]:
                    last[word].append(number)
        sounds = sounds_of({**last, **first})
        self._keep_surnames(last, sounds)
        self._keep_first_names(first, sounds)

    def is_first_name(self, asked: Asked) -> bool:
        """Whether a word is a first name as it stands, or in another case."""
        return any(self.first_names.is_one(form) for form in (*asked.likely, *asked.as_first_name))

    def is_surname(self, asked: Asked) -> bool:
        """Whether a word is somebody's surname as it stands, or in another case."""
        return any(self.surnames.has(form) for form in (*asked.likely, *asked.as_surname))

    def surname_scores(self, asked: Asked, *, loosely: bool) -> tuple[Scores, Scores]:
        """How near each person's surname is to a word as it stands, and to what it may be a case of."""
        keys = self.surnames
        exact = keys.exactly(asked.unlikely if loosely else (*asked.likely, *asked.unlikely))
        found = (keys.near(asked.likely), exact) if loosely else (exact,)
        return self._scores_of_bearers(*found), self._scores_of_bearers(keys.exactly(asked.as_surname))

    def first_name_scores(self, asked: Asked, numbers: Numbers, *, loosely: bool) -> tuple[Scores, Scores]:
        """The same of these people's first names."""
        names = self.first_names
        if asked.is_initial:
            upright = names.beginning_with(asked.likely[0].coarse)
        elif loosely:
            upright = np.maximum(names.near(asked.likely), names.exactly(asked.unlikely))
        else:
            upright = names.exactly((*asked.likely, *asked.unlikely))
        oblique = names.exactly(asked.as_first_name)
        rows = self._first_names_of[numbers]
        return upright[rows].max(axis=1), oblique[rows].max(axis=1)

    def surnames_of(self, number: int) -> list[str]:
        """The sounds of a person's surname."""
        return [self.surnames.sounds[key] for key in self._surnames.of(np.array([number], np.int32))[0]]

    def first_names_of(self, number: int) -> list[str]:
        """The sounds of a person's first names."""
        sounds = self.first_names.keys.sounds
        return [sounds[key] for key in self._first_names_of[number] if key < len(sounds)]

    def _scores_of_bearers(self, *found: tuple[Numbers, Scores]) -> Scores:
        scores_of_all = np.zeros(len(self.ids), np.float32)
        for keys, scores in found:
            places, counts = self._bearers.places(keys)
            borne = np.repeat(scores, counts) * self._weights[places]
            np.maximum.at(scores_of_all, self._bearers.members[places], borne)
        return scores_of_all

    def _keep_surnames(self, bearers: Bearers, sounds: SoundsOf) -> None:
        key_of = {
            sound: key
            for key, sound in enumerate(dict.fromkeys(s for word in bearers for s, _ in _parts(word, sounds)))
        }
        borne = _borne(
            bearers, [[(key_of[sound], weight) for sound, weight in _parts(word, sounds)] for word in bearers]
        )
        self.surnames = Keys(list(key_of))
        self._surnames = Postings(borne.numbers, borne.keys, len(self.ids))
        self._bearers = Postings(borne.keys, borne.numbers, len(key_of))
        self._weights = borne.weights[self._bearers.order]

    def _keep_first_names(self, bearers: Bearers, sounds: SoundsOf) -> None:
        self.first_names = FirstNames(dict.fromkeys(sound for word in bearers for sound in sounds[word]))
        key_of = self.first_names.number
        borne = _borne(bearers, [[(key_of[sound], 1.0) for sound in sounds[word]] for word in bearers])
        self._first_names_of = _matrix(borne, len(self.ids), nobody=len(key_of))


@dataclass(frozen=True, slots=True)
class _Borne:
    """Who bears which key, each once, in the order of the people; a part of a surname weighs less than the whole."""

    numbers: Numbers
    keys: Numbers
    weights: Scores


def _parts(word: str, sounds: SoundsOf) -> list[tuple[str, float]]:
    """The sounds of a surname and, where it is double, of its parts."""
    parts = word.split("-") if "-" in word else []
    return [(s, 1.0) for s in sounds[word]] + [(s, PART_OF_A_SURNAME) for part in parts for s in sounds[part]]


def _borne(bearers: Bearers, keys_of: Sequence[Sequence[tuple[int, float]]]) -> _Borne:
    """Joins who bears each word with the keys of each word."""
    counts = [len(numbers) for numbers in bearers.values()]
    by_word = Postings(
        np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        np.fromiter(chain.from_iterable(bearers.values()), np.int32, sum(counts)),
        len(counts),
    )
    pairs = [(word, key, weight) for word, keys in enumerate(keys_of) for key, weight in keys]
    numbers, spread = by_word.of(np.array([word for word, _, _ in pairs], np.int32))
    keys = np.repeat(np.array([key for _, key, _ in pairs], np.int32), spread)
    return _each_once(numbers, keys, np.repeat(np.array([weight for _, _, weight in pairs], np.float32), spread))


def _each_once(numbers: Numbers, keys: Numbers, weights: Scores) -> _Borne:
    order = np.lexsort((-weights, keys, numbers))
    numbers, keys, weights = numbers[order], keys[order], weights[order]
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = (numbers[1:] != numbers[:-1]) | (keys[1:] != keys[:-1])
    return _Borne(numbers[is_new], keys[is_new], weights[is_new])


def _matrix(borne: _Borne, count: int, *, nobody: int) -> Numbers:
    """One row a person of keys, filled up with nobody's key."""
    counts = np.bincount(borne.numbers, minlength=count)
    places = np.arange(len(borne.numbers)) - np.repeat(np.cumsum(counts) - counts, counts)
    fits = places < _MOST_FIRST_NAMES
    matrix = np.full((count, max(1, min(int(counts.max(initial=0)), _MOST_FIRST_NAMES))), nobody, np.int32)
    matrix[borne.numbers[fits], places[fits]] = borne.keys[fits]
    return matrix
