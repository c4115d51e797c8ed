"""The distinct words of an index by their sound, and those near to an asked word.

Pure. Coarse keys that share pairs of letters with the asked one are compared, and no others.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from bot.names import folding
from bot.names.forms import Form

Numbers = NDArray[np.int32]
Scores = NDArray[np.float32]
Texts = NDArray[np.object_]
Scored = tuple[Numbers, Scores]
"""Numbers, and the score of each."""

COARSE_WEIGHT, MID_WEIGHT, SOUND_WEIGHT = 0.60, 0.25, 0.15
_MOST_COMPARED = 120
_MOST_SHARING = 40_000
_FEWEST_PAIRS = 5
_LEAST_SHARED = 0.25
_LEAST_LIKE = 0.5


class Keys:
    """Distinct sound keys, numbered from 0 in the order given."""

    def __init__(self, sounds: Sequence[str]) -> None:
        self.sounds = list(sounds)
        joined = "\n".join(self.sounds)
        self._mid = _texts(folding.mid(joined).split("\n") if sounds else [])
        self._sounds = _texts(self.sounds)
        coarse = folding.coarse(joined).split("\n") if sounds else []
        self._coarse_number = {key: number for number, key in enumerate(dict.fromkeys(coarse))}
        self._coarse = _texts(list(self._coarse_number))
        self._keys_of = Postings(
            [self._coarse_number[key] for key in coarse], np.arange(len(coarse)), len(self._coarse)
        )
        self._pairs = _letter_pairs(self._coarse_number)

    def near(self, forms: Sequence[Form]) -> Scored:
        """The keys near to a word in any of these forms, with how near (0 to 1)."""
        candidates = self._candidates(forms)
        if not len(candidates) or not forms:
            return _NONE
        costs = np.array([[form.cost] for form in forms], np.float32)
        like = _like([form.coarse for form in forms], self._coarse[candidates].tolist()) - costs
        good = np.flatnonzero(like.max(axis=0) >= _LEAST_LIKE)
        keys, counts = self._keys_of.of(candidates[good])
        if not len(keys):
            return _NONE
        scores = COARSE_WEIGHT * np.repeat(like[:, good], counts, axis=1)
        scores += MID_WEIGHT * (_like([form.mid for form in forms], self._mid[keys].tolist()) - costs)
        scores += SOUND_WEIGHT * (_like([form.sounds for form in forms], self._sounds[keys].tolist()) - costs)
        return keys, scores.max(axis=0)

    def exactly(self, forms: Iterable[Form]) -> Scored:
        """The keys that are, coarsely, exactly one of these forms, with how near (0 to 1)."""
        best: dict[int, float] = {}
        for form in forms:
            number = self._coarse_number.get(form.coarse)
            if number is not None:
                for key in map(int, self._keys_of.of(np.array([number], np.int32))[0]):
                    mid = OSA.normalized_similarity(form.mid, self._mid[key])
                    sound = OSA.normalized_similarity(form.sounds, self.sounds[key])
                    score = COARSE_WEIGHT + MID_WEIGHT * mid + SOUND_WEIGHT * sound - form.cost
                    best[key] = max(best.get(key, 0.0), score)
        return np.array(list(best), np.int32), np.array(list(best.values()), np.float32)

    def has(self, form: Form) -> bool:
        """Whether a form is, coarsely, exactly one of the keys."""
        return form.coarse in self._coarse_number

    def starting_with(self, letter: str) -> Numbers:
        """The keys whose coarse key begins with this letter."""
        numbers = [n for n, key in enumerate(self._coarse) if key.startswith(letter)]
        return self._keys_of.of(np.array(numbers, np.int32))[0]

    def _candidates(self, forms: Sequence[Form]) -> Numbers:
        """The numbers of the coarse keys that share most with any of the forms."""
        if len(self._coarse) <= _MOST_COMPARED:
            return np.arange(len(self._coarse), dtype=np.int32)
        shared = np.zeros(len(self._coarse), np.float32)
        asked = {pair for form in forms for pair in _pairs_of(form.coarse)}
        sharing = sorted((self._pairs[pair] for pair in asked if pair in self._pairs), key=len)
        seen = 0
        for place, numbers in enumerate(sharing):
            seen += len(numbers)
            if seen > _MOST_SHARING and place >= _FEWEST_PAIRS:
                break
            shared[numbers] += np.log1p(len(self._coarse) / len(numbers))
        found = np.flatnonzero(shared > _LEAST_SHARED * float(shared.max())).astype(np.int32)
        if len(found) > _MOST_COMPARED:
            found = found[np.argpartition(shared[found], -_MOST_COMPARED)[-_MOST_COMPARED:]]
        return found


class Postings:
    """Numbers grouped under the numbers they belong to."""

    def __init__(self, owners: ArrayLike, members: ArrayLike, count: int) -> None:
        own = np.asarray(owners, np.int32)
        self.order = np.argsort(own, kind="stable").astype(np.int32)
        self.members = np.asarray(members, np.int32)[self.order]
        self._counts = np.bincount(own, minlength=count).astype(np.int32)
        self._starts = np.cumsum(self._counts, dtype=np.int32) - self._counts

    def of(self, owners: Numbers) -> tuple[Numbers, Numbers]:
        """The members of these owners, one owner's after the other's, and how many each has."""
        places, counts = self.places(owners)
        return self.members[places], counts

    def places(self, owners: Numbers) -> tuple[Numbers, Numbers]:
        """Where the members of these owners stand, and how many each has."""
        counts = self._counts[owners]
        ends = np.cumsum(counts, dtype=np.int32)
        places = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int32)
        return places + np.repeat(self._starts[owners] - (ends - counts), counts), counts


_NONE: Scored = (np.empty(0, np.int32), np.empty(0, np.float32))


def _pairs_of(coarse: str) -> set[str]:
    bounded = f" {coarse} "
    return {bounded[n : n + 2] for n in range(len(bounded) - 1)}


def _letter_pairs(coarse_keys: Iterable[str]) -> dict[str, Numbers]:
    """Per pair of letters the numbers of the keys it stands in."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, coarse in enumerate(coarse_keys):
        for pair in _pairs_of(coarse):
            found[pair].append(number)
    return {pair: np.array(numbers, np.int32) for pair, numbers in found.items()}


def _texts(texts: Sequence[str]) -> Texts:
    return np.array(texts, dtype=object)


def _like(asked: Sequence[str], known: Sequence[str]) -> Scores:
    return cdist(asked, known, scorer=OSA.normalized_similarity, dtype=np.float32)
