"""First names: which are one name in several languages, and which are pet forms of each other.

Pure but for reading its own list beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from importlib.resources import files

import numpy as np

from bot.names import folding
from bot.names.forms import DOUBTFUL, Form, readings
from bot.names.keys import Keys, Numbers, Scored, Scores
from bot.names.words import words

SAME_NAME, PET_NAME = 0.96, 0.88
AND_ALIKE = 0.03
INITIAL = 0.75
_LIKE_ENOUGH = 0.72
_MOST_JOINED = 8
_NO_GROUPS: Set[int] = frozenset()

Group = tuple[tuple[str, ...], tuple[str, ...]]


class FirstNames:
    """The first names of an index and of the list, with what is one name with what."""

    def __init__(self, borne: Iterable[str]) -> None:
        groups = _groups()
        sounds = dict.fromkeys(borne)
        for same, pet in groups:
            sounds.update(dict.fromkeys((*same, *pet)))
        self.number = {sound: number for number, sound in enumerate(sounds)}
        self.keys = Keys(list(sounds))
        self._join(groups)

    def near(self, forms: Sequence[Form]) -> Scores:
        """How near each first name is to a word in these forms (0 to 1), by number; one more, 0, for nobody's."""
        return self._with_groups(self.keys.near(forms))

    def exactly(self, forms: Iterable[Form]) -> Scores:
        """The same of names that are coarsely exactly one of these forms."""
        return self._with_groups(self.keys.exactly(forms))

    def beginning_with(self, letter: str) -> Scores:
        """A middling score for first names that begin with this letter of coarse keys, by number."""
        scores = np.zeros(len(self.number) + 1, np.float32)
        scores[self.keys.starting_with(letter)] = INITIAL
        return scores

    def is_one(self, form: Form) -> bool:
        """Whether a form is a first name of the list or of anybody in the index."""
        return form.mid in self._mids

    def groups_of(self, mid: str) -> Set[int]:
        """The names of the list that a mid key is a form of, by number."""
        return self._same_of.get(mid, _NO_GROUPS)

    def _join(self, groups: Sequence[Group]) -> None:
        by_mid: defaultdict[str, list[int]] = defaultdict(list)
        for sound, number in self.number.items():
            by_mid[folding.mid(sound)].append(number)
        self._mids = frozenset(by_mid)
        self._same_of: defaultdict[str, set[int]] = defaultdict(set)
        self._groups: list[tuple[Numbers, Numbers]] = []
        self._groups_of: defaultdict[int, list[tuple[int, bool]]] = defaultdict(list)
        for group, (same, pet) in enumerate(groups):
            one = _numbers(by_mid, {folding.mid(sound) for sound in same})
            wide = _numbers(by_mid, {folding.mid(sound) for sound in (*same, *pet)})
            self._groups.append((one, wide))
            for sound in same:
                self._same_of[folding.mid(sound)].add(group)
            is_same = set(map(int, one))
            for key in map(int, wide):
                self._groups_of[key].append((group, key in is_same))

    def _with_groups(self, found: Scored) -> Scores:
        """The scores found, and a little less for what is the same name or a pet form of it."""
        scores = np.zeros(len(self.number) + 1, np.float32)
        keys, own = found
        scores[keys] = own
        alike = AND_ALIKE * scores
        seen: set[tuple[int, bool]] = set()
        for place in np.argsort(-own, kind="stable")[:_MOST_JOINED]:
            score = float(own[place])
            if score < _LIKE_ENOUGH:
                break
            for group, is_same in self._groups_of.get(int(keys[place]), ()):
                if (group, True) in seen or (group, is_same) in seen:
                    continue
                seen.add((group, is_same))
                one, wide = self._groups[group]
                if is_same:
                    scores[one] = np.maximum(scores[one], SAME_NAME * score + alike[one])
                scores[wide] = np.maximum(scores[wide], PET_NAME * score + alike[wide])
        return scores


def _numbers(by_mid: dict[str, list[int]], mids: set[str]) -> Numbers:
    return np.array(sorted({number for mid in mids for number in by_mid[mid]}), np.int32)


@lru_cache(maxsize=1)
def _groups() -> tuple[Group, ...]:
    """The list, folded: per line the sounds of one name and those of its pet forms."""
    text = files("bot.names").joinpath("first_names.txt").read_text(encoding="utf-8")
    lines = [line.partition("|") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((_sounds(same), _sounds(pet)) for same, _, pet in lines)


def _sounds(names: str) -> tuple[str, ...]:
    """The likely readings of each name."""
    return tuple({sound: None for word in words(names) for sound, cost in readings(word) if cost < DOUBTFUL})
