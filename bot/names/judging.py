"""How far an answer can be trusted: `sure` only where first name and surname fit one person and nobody else is near.

Pure. To name the wrong person is a harm, so whatever leaves a doubt is `near` or `maybe`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from bot.names import folding
from bot.names.asked import Asked
from bot.names.endings import LITHUANIAN, NOMINATIVE
from bot.names.first_names import FirstNames
from bot.names.forms import DOUBTFUL, Form
from bot.names.people import People

Level = Literal["sure", "near", "maybe"]

NEAR = 0.80
MARGIN = 0.03
_UPRIGHT = frozenset({NOMINATIVE, LITHUANIAN})
_OF_A_WOMAN = ("va", "na", "ka", "aa")
_PATRONYMIC = ("vit", "vna", "itna", "nisna")
_SHORT_PATRONYMIC = "it"


def levels(people: People, asked: Sequence[Asked], numbers: Sequence[int], scores: Sequence[float]) -> list[Level]:
    """How far each of the people found, best first, can be trusted."""
    found: list[Level] = ["near" if score >= NEAR else "maybe" for score in scores]
    is_alone = len(scores) == 1 or (len(scores) > 1 and scores[1] <= scores[0] - MARGIN)
    if is_alone and len(asked) > 1 and _Names.of(people, numbers[0]).fit(asked):
        found[0] = "sure"
    return found


@dataclass(frozen=True, slots=True)
class _Names:
    """What one person is called: the mid keys of surname and first names, and the names these are in the list."""

    surnames: frozenset[str]
    firsts: frozenset[str]
    listed: FirstNames
    same: frozenset[int]

    @classmethod
    def of(cls, people: People, number: int) -> "_Names":
        """The names of a person of the index."""
        firsts = frozenset(map(folding.mid, people.first_names_of(number)))
        same = frozenset(group for mid in firsts for group in people.first_names.groups_of(mid))
        return cls(frozenset(map(folding.mid, people.surnames_of(number))), firsts, people.first_names, same)

    def fit(self, asked: Sequence[Asked]) -> bool:
        """Whether the words are this person's first name and surname, in cases that agree, and nothing else."""
        return any(
            self._fit(asked[s], asked[f])
            and all(map(self._is_more, (a for n, a in enumerate(asked) if n not in (s, f))))
            for s, f in permutations(range(len(asked)), 2)
        )

    def _fit(self, last: Asked, first: Asked) -> bool:
        surnames = [form for form in _credible(last.likely, last.as_surname) if form.mid in self.surnames]
        firsts = [form for form in _credible(first.likely, first.as_first_name) if self._is_first(form)]
        return any(self._agree(last, s, first, f) for s in surnames for f in firsts)

    def _is_first(self, form: Form) -> bool:
        return form.mid in self.firsts or not self.same.isdisjoint(self.listed.groups_of(form.mid))

    def _is_more(self, asked: Asked) -> bool:
        """Whether a word is a patronymic, or another first name of this person."""
        return _is_patronymic(asked) or any(map(self._is_first, _credible(asked.likely, asked.as_first_name)))

    def _agree(self, last: Asked, surname: Form, first: Asked, form: Form) -> bool:
        """Whether surname and first name stand in one case, and no other first name is meant."""
        if form.cases in _UPRIGHT:
            return surname.cases in _UPRIGHT
        if surname.cases in _UPRIGHT:
            return _does_not_decline(surname, form) and not self._is_another_name(first)
        return not set(form.cases).isdisjoint(surname.cases) and not (
            _may_be_a_womans(last) and self._is_another_name(first)
        )

    def _is_another_name(self, first: Asked) -> bool:
        """Whether the word as it stands is somebody else's first name: Александра is more than a case of Александр."""
        groups = [self.listed.groups_of(form.mid) for form in first.likely]
        return any(own and self.same.isdisjoint(own) for own in groups)


def _credible(forms: Iterable[Form], restored: Iterable[Form]) -> list[Form]:
    return [form for form in (*forms, *restored) if form.cost < DOUBTFUL]


def _does_not_decline(surname: Form, first: Form) -> bool:
    """Surnames in -o never decline, and a woman's that ends in a consonant does not."""
    return surname.sounds[-1] in "oe" or (first.coarse.endswith("a") and surname.sounds[-1] not in "aAiuU")


def _may_be_a_womans(surname: Asked) -> bool:
    """Whether the surname could be a woman's as it stands: Арлова, but not Бяляцкага."""
    return any(form.coarse.endswith(_OF_A_WOMAN) for form in surname.likely)


def _is_patronymic(asked: Asked) -> bool:
    return any(
        form.coarse.endswith(_PATRONYMIC) or (len(form.coarse) >= 4 and form.coarse.endswith(_SHORT_PATRONYMIC))
        for form in (*asked.likely, *asked.as_surname)
    )
