"""The distinct words of an index by their sound, and those near to an asked word.

Pure. Coarse keys that share pairs of letters with the asked one are looked at, and no others.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from bot.names import folding
from bot.names.forms import Form

Ids = NDArray[np.int32]
Scores = NDArray[np.float32]

COARSE_WEIGHT, MID_WEIGHT, SOUND_WEIGHT = 0.60, 0.25, 0.15
_MOST_COARSE = 160
_MOST_KEYS = 80
_WORST = 0.5


class Keys:
    """Distinct sound keys, numbered from 0 in the order given."""

    def __init__(self, sounds: Sequence[str]) -> None:
        self.sounds = list(sounds)
        joined = "\n".join(self.sounds)
        self._mid = folding.mid(joined).split("\n")
        by_coarse: defaultdict[str, list[int]] = defaultdict(list)
        for key, coarse in enumerate(folding.coarse(joined).split("\n")):
            by_coarse[coarse].append(key)
        self._coarse = list(by_coarse)
        self._of_coarse = list(by_coarse.values())
        self._coarse_id = {coarse: number for number, coarse in enumerate(self._coarse)}
        self._pairs = _postings(self._coarse)
        self._pair_weight = {pair: float(np.log1p(len(self._coarse) / len(ids))) for pair, ids in self._pairs.items()}

    def near(self, forms: Sequence[Form], restored: Iterable[Form]) -> tuple[Ids, Scores]:
        """The keys near to a word in any of its forms, best first, with how near (0 to 1).

        `forms` are compared with what is near; of `restored` only exact coarse keys count.
        """
        best: dict[int, float] = {}
        self._compare(forms, best)
        self._look_up(restored, best)
        ranked = sorted(best.items(), key=lambda item: -item[1])[:_MOST_KEYS]
        return np.array([key for key, _ in ranked], np.int32), np.array([score for _, score in ranked], np.float32)

    def _compare(self, forms: Sequence[Form], best: dict[int, float]) -> None:
        candidates = self._candidates(forms)
        if not candidates or not forms:
            return
        costs = np.array([[form.cost] for form in forms], np.float32)
        coarse = _similar([form.coarse for form in forms], [self._coarse[c] for c in candidates]) - costs
        good = [(c, n) for n, c in enumerate(candidates) if coarse[:, n].max() >= _WORST]
        keys = [key for c, _ in good for key in self._of_coarse[c]]
        if not keys:
            return
        columns = [n for c, n in good for _ in self._of_coarse[c]]
        scores = COARSE_WEIGHT * coarse[:, columns] + MID_WEIGHT * (
            _similar([form.mid for form in forms], [self._mid[key] for key in keys]) - costs
        )
        scores += SOUND_WEIGHT * (_similar([form.sounds for form in forms], [self.sounds[key] for key in keys]) - costs)
        best.update(zip(keys, map(float, scores.max(axis=0)), strict=True))

    def _look_up(self, restored: Iterable[Form], best: dict[int, float]) -> None:
        for form in restored:
            number = self._coarse_id.get(form.coarse)
            if number is None:
                continue
            for key in self._of_coarse[number]:
                mid = Levenshtein.normalized_similarity(form.mid, self._mid[key])
                sound = Levenshtein.normalized_similarity(form.sounds, self.sounds[key])
                score = COARSE_WEIGHT + MID_WEIGHT * mid + SOUND_WEIGHT * sound - form.cost
                best[key] = max(best.get(key, 0.0), score)

    def _candidates(self, forms: Sequence[Form]) -> list[int]:
        """The coarse keys that share most with any of the forms."""
        if len(self._coarse) <= _MOST_COARSE:
            return list(range(len(self._coarse)))
        shared = np.zeros(len(self._coarse), np.float32)
        for pair in {pair for form in forms for pair in _pairs_of(form.coarse)}:
            if pair in self._pairs:
                shared[self._pairs[pair]] += self._pair_weight[pair]
        found = np.argpartition(shared, -_MOST_COARSE)[-_MOST_COARSE:]
        return [int(c) for c in found if shared[c] > 0]


def _pairs_of(coarse: str) -> set[str]:
    bounded = f" {coarse} "
    return {bounded[n : n + 2] for n in range(len(bounded) - 1)}


def _postings(coarse_keys: Sequence[str]) -> dict[str, Ids]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, coarse in enumerate(coarse_keys):
        for pair in _pairs_of(coarse):
            found[pair].append(number)
    return {pair: np.array(ids, np.int32) for pair, ids in found.items()}


def _similar(asked: Sequence[str], known: Sequence[str]) -> Scores:
    return cdist(asked, known, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
