"""The people of an index: which keys are whose surname and whose first name.

Pure.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from bot.names import folding
from bot.names.asked import Asked
from bot.names.first_names import FirstNames
from bot.names.keys import Keys, Numbers, Postings, Scored, Scores
from bot.names.sounds import sounds_of
from bot.names.words import words_of_each

SoundsOf = Mapping[str, tuple[str, ...]]

PART_OF_A_SURNAME = 0.92
_MOST_FIRST_NAMES = 8


class People:
    """People by number, in the order of their ids, with the keys of their surnames and first names."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self.ids = sorted(names)
        self.names = [names[person_id][0] for person_id in self.ids]
        self.number = {person_id: number for number, person_id in enumerate(self.ids)}
        first, last = _Words(), _Words()
        spellings = [names[person_id] for person_id in self.ids]
        owners = _counted(spellings).tolist()
        for number, words in zip(owners, words_of_each(chain.from_iterable(spellings)), strict=True):
            for word in words[:-1]:
                first.add(word, number)
            if words:
                last.add(words[-1], number)
        sounds = sounds_of(dict.fromkeys(chain(first.number_of, last.number_of)))
        self._keep_surnames(last, sounds)
        self._keep_first_names(first, sounds)

    def is_first_name(self, asked: Asked) -> bool:
        """Whether a word is a first name as it stands, or in another case."""
        return any(self.first_names.is_one(form) for form in (*asked.likely, *asked.as_first_name))

    def is_surname(self, asked: Asked) -> bool:
        """Whether a word is somebody's surname as it stands, or in another case."""
        return any(self.surnames.has(form) for form in (*asked.likely, *asked.as_surname))

    def is_double_surname(self, asked: Asked) -> bool:
        """Whether a word, two that were typed put together, is somebody's double surname."""
        return any(form.coarse in self._double for form in (*asked.likely, *asked.as_surname))

    def with_surname(self, asked: Asked, *, loosely: bool) -> tuple[Scored, Scored]:
        """Whose surname is near to a word as it stands, and to what it may be a case of."""
        keys = self.surnames
        exact = keys.exactly(asked.unlikely if loosely else (*asked.likely, *asked.unlikely))
        upright = _joined(keys.near(asked.likely), exact) if loosely else exact
        return self._scored(upright), self._scored(keys.exactly(asked.as_surname))

    def with_first_name(self, scores: Scores, least: float) -> Scored:
        """Who has a first name that scores so much at least."""
        keys = np.flatnonzero(scores[:-1] >= least).astype(np.int32)
        people, counts = self._bearers_of_first.of(keys)
        return people, np.repeat(scores[keys], counts)

    def first_names_near(self, asked: Asked, *, loosely: bool) -> tuple[Scores, Scores]:
        """How near each first name is to a word as it stands, and to what it may be a case of, by number."""
        names = self.first_names
        oblique = names.exactly(asked.as_first_name)
        if asked.is_initial:
            return names.beginning_with(asked.likely[0].coarse), oblique
        exact = names.exactly(asked.unlikely if loosely else (*asked.likely, *asked.unlikely))
        return (np.maximum(names.near(asked.likely), exact) if loosely else exact), oblique

    def best_first_name(self, scores: Scores, people: Numbers) -> Scores:
        """What the best of each person's first names scores."""
        best: Scores = scores[self._first_names_of[people]].max(axis=1)
        return best

    def surnames_of(self, number: int) -> list[str]:
        """The sounds of a person's surname."""
        return [self.surnames.sounds[key] for key in self._surnames.of(np.array([number], np.int32))[0]]

    def first_names_of(self, number: int) -> list[str]:
        """The sounds of a person's first names."""
        sounds = self.first_names.keys.sounds
        return [sounds[key] for key in self._first_names_of[number] if key < len(sounds)]

    def _scored(self, keys: Scored) -> Scored:
        places, counts = self._bearers.places(keys[0])
        return self._bearers.members[places], np.repeat(keys[1], counts) * self._weights[places]

    def _keep_surnames(self, words: "_Words", sounds: SoundsOf) -> None:
        whole = [sounds[word] for word in words.number_of]
        parts = [
            tuple(sound for part in word.split("-") for sound in sounds[part]) if "-" in word else ()
            for word in words.number_of
        ]
        key_of = {sound: key for key, sound in enumerate(dict.fromkeys(chain.from_iterable(chain(whole, parts))))}
        numbers, keys = words.borne(whole, key_of)
        part_numbers, part_keys = words.borne(parts, key_of)
        weights = np.repeat(np.array([1.0, PART_OF_A_SURNAME], np.float32), [len(numbers), len(part_numbers)])
        numbers, keys = np.concatenate([numbers, part_numbers]), np.concatenate([keys, part_keys])
        self.surnames = Keys(list(key_of))
        self._double = {
            folding.coarse(s) for word, own in zip(words.number_of, whole, strict=True) if "-" in word for s in own
        }
        self._surnames = Postings(numbers, keys, len(self.ids))
        self._bearers = Postings(keys, numbers, len(key_of))
        self._weights = weights[self._bearers.order]

    def _keep_first_names(self, words: "_Words", sounds: SoundsOf) -> None:
        own = [sounds[word] for word in words.number_of]
        self.first_names = FirstNames(dict.fromkeys(chain.from_iterable(own)))
        key_of = self.first_names.number
        numbers, keys = words.borne(own, key_of)
        self._bearers_of_first = Postings(keys, numbers, len(key_of))
        self._first_names_of = _matrix(numbers, keys, len(self.ids), nobody=len(key_of))


class _Words:
    """Distinct words by number, and who bears which."""

    def __init__(self) -> None:
        self.number_of: dict[str, int] = {}
        self._words: list[int] = []
        self._people: list[int] = []

    def add(self, word: str, person: int) -> None:
        """Notes that a person bears a word."""
        self._words.append(self.number_of.setdefault(word, len(self.number_of)))
        self._people.append(person)

    def borne(self, sounds: Sequence[tuple[str, ...]], key_of: Mapping[str, int]) -> tuple[Numbers, Numbers]:
        """Who bears which key, by the sounds of each word: people and keys side by side, each pair once, in order."""
        keys = np.fromiter((key_of[sound] for sound in chain.from_iterable(sounds)), np.int32)
        borne, counts = Postings(_counted(sounds), keys, len(sounds)).of(np.array(self._words, np.int32))
        people = np.repeat(np.array(self._people, np.int64), counts)
        pairs = np.unique(people * max(len(key_of), 1) + borne)
        numbers, own = np.divmod(pairs, max(len(key_of), 1))
        return numbers.astype(np.int32), own.astype(np.int32)


def _joined(one: Scored, other: Scored) -> Scored:
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])


def _counted(rows: Sequence[Sequence[object]]) -> Numbers:
    """Each row's number as often as the row is long."""
    return np.repeat(np.arange(len(rows), dtype=np.int32), np.fromiter(map(len, rows), np.int32, len(rows)))


def _matrix(numbers: Numbers, keys: Numbers, count: int, *, nobody: int) -> Numbers:
    """One row a person of keys, filled up with nobody's key."""
    counts = np.bincount(numbers, minlength=count)
    places = np.arange(len(numbers)) - np.repeat(np.cumsum(counts) - counts, counts)
    fits = places < _MOST_FIRST_NAMES
    matrix = np.full((count, max(1, min(int(counts.max(initial=0)), _MOST_FIRST_NAMES))), nobody, np.int32)
    matrix[numbers[fits], places[fits]] = keys[fits]
    return matrix
