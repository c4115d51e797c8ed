"""First names: which are one name in several languages, and which are pet forms of each other.

Pure but for reading its own list beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.names import folding
from bot.names.forms import Form, readings
from bot.names.keys import Keys
from bot.names.words import words

SAME_NAME = 0.98
PET_NAME = 0.90
_LIKE_ENOUGH = 0.72

Group = tuple[tuple[str, ...], tuple[str, ...]]


class FirstNames:
    """The first names of an index and of the list, with what is one name with what."""

    def __init__(self, borne: Iterable[str]) -> None:
        groups = _groups()
        sounds = dict.fromkeys(borne)
        self._borne = len(sounds)
        for same, pet in groups:
            sounds.update(dict.fromkeys((*same, *pet)))
        self.number = {sound: number for number, sound in enumerate(sounds)}
        self.keys = Keys(list(sounds))
        self._join(groups)

    def _join(self, groups: Sequence[Group]) -> None:
        by_mid: defaultdict[str, list[int]] = defaultdict(list)
        for sound, number in self.number.items():
            by_mid[folding.mid(sound)].append(number)
        self._same: list[NDArray[np.int32]] = []
        self._wide: list[NDArray[np.int32]] = []
        self.same_of: defaultdict[str, set[int]] = defaultdict(set)
        self._groups_of: defaultdict[int, list[int]] = defaultdict(list)
        for group, (same, pet) in enumerate(groups):
            mids, pets = {folding.mid(sound) for sound in same}, {folding.mid(sound) for sound in pet}
            self._same.append(_numbers(by_mid, mids))
            self._wide.append(_numbers(by_mid, mids | pets))
            for mid in mids:
                self.same_of[mid].add(group)
            for key in self._wide[-1]:
                self._groups_of[int(key)].append(group)
        self._is_same = [set(map(int, keys)) for keys in self._same]

    def near(self, forms: Sequence[Form], restored: Iterable[Form]) -> NDArray[np.float32]:
        """How near each first name is to a word (0 to 1), by number; one more at the end, 0, for nobody's."""
        scores = np.zeros(len(self.number) + 1, np.float32)
        keys, found = self.keys.near(forms, restored)
        scores[keys] = found
        for key, score in zip(map(int, keys), map(float, found), strict=True):
            if score < _LIKE_ENOUGH:
                break
            for group in self._groups_of[key]:
                same, wide = self._same[group], self._wide[group]
                if key in self._is_same[group]:
                    scores[same] = np.maximum(scores[same], SAME_NAME * score)
                scores[wide] = np.maximum(scores[wide], PET_NAME * score)
        return scores


def _numbers(by_mid: dict[str, list[int]], mids: set[str]) -> NDArray[np.int32]:
    return np.array(sorted({number for mid in mids for number in by_mid[mid]}), np.int32)


@lru_cache(maxsize=1)
def _groups() -> tuple[Group, ...]:
    """The list, folded: per line the sounds of one name and those of its pet forms."""
    text = files("bot.names").joinpath("first_names.txt").read_text(encoding="utf-8")
    lines = [line.partition("|") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((_sounds(same), _sounds(pet)) for same, _, pet in lines)


def _sounds(names: str) -> tuple[str, ...]:
    """The likely readings of each name."""
    return tuple({sound: None for word in words(names) for sound, cost in readings(word) if cost < 0.02})
