"""How far an answer can be trusted: `sure` only where first name and surname fit one person and nobody else is near.

Pure. To name the wrong person is a harm, so whatever leaves a doubt is `near` or `maybe`.
"""

from collections.abc import Sequence
from itertools import permutations
from typing import Literal

from bot.names import folding
from bot.names.asked import Asked
from bot.names.endings import LITHUANIAN, NOMINATIVE
from bot.names.forms import Form
from bot.names.people import People

Level = Literal["sure", "near", "maybe"]

NEAR = 0.80
_MARGIN = 0.03
_SUREST_COST = 0.025
_UPRIGHT = frozenset({NOMINATIVE, LITHUANIAN})
_PATRONYMIC = ("vit", "vna", "itna", "nisna")
_SHORT_PATRONYMIC = "it"


def levels(people: People, asked: Sequence[Asked], numbers: Sequence[int], scores: Sequence[float]) -> list[Level]:
    """How far each of the people found, best first, can be trusted."""
    found: list[Level] = ["near" if score >= NEAR else "maybe" for score in scores]
    if found and _is_alone(people, asked, numbers, scores):
        found[0] = "sure"
    return found


def _is_alone(people: People, asked: Sequence[Asked], numbers: Sequence[int], scores: Sequence[float]) -> bool:
    """Whether the first fits and neither does another fit nor come close."""
    if len(asked) < 2 or not fits(people, numbers[0], asked):
        return False
    rivals = [n for n, score in zip(numbers[1:], scores[1:], strict=True) if score > scores[0] - _MARGIN]
    return not rivals


def fits(people: People, number: int, asked: Sequence[Asked]) -> bool:
    """Whether the words are this person's first name and surname, in cases that agree, and nothing else."""
    surnames = {folding.mid(sound) for sound in people.surnames_of(number)}
    firsts = {folding.mid(sound) for sound in people.first_names_of(number)}
    same = {group for mid in firsts for group in people.first_names.same_of.get(mid, ())}

    def is_first(form: Form) -> bool:
        return form.mid in firsts or bool(people.first_names.same_of.get(form.mid, set()) & same)

    for s, f in permutations(range(len(asked)), 2):
        rest = [a for n, a in enumerate(asked) if n not in (s, f)]
        if all(_is_patronymic(a) or any(map(is_first, _credible(a.likely, a.as_first_name))) for a in rest) and any(
            _agree(people, asked[s], surname, asked[f], first)
            for surname in _credible(asked[s].likely, asked[s].as_surname)
            if surname.mid in surnames
            for first in _credible(asked[f].likely, asked[f].as_first_name)
            if is_first(first)
        ):
            return True
    return False


def _credible(forms: list[Form], restored: list[Form]) -> list[Form]:
    return [form for form in (*forms, *restored) if form.cost < _SUREST_COST]


def _agree(people: People, surname_word: Asked, surname: Form, first_word: Asked, first: Form) -> bool:
    """Whether first name and surname stand in one case, and no other first name is meant."""
    if first.cases in _UPRIGHT:
        return surname.cases in _UPRIGHT
    if surname.cases in _UPRIGHT:
        return _does_not_decline(surname, first) and not _is_a_name(people, first_word)
    if not set(first.cases) & set(surname.cases):
        return False
    return not (_could_be_nominative(surname_word) and _is_a_name(people, first_word))


def _does_not_decline(surname: Form, first: Form) -> bool:
    """Surnames in -o never decline, and a woman's that ends in a consonant does not."""
    return surname.sounds[-1] in "oe" or (first.coarse.endswith("a") and surname.sounds[-1] not in "aAiuU")


def _could_be_nominative(surname: Asked) -> bool:
    """Whether the surname could be a woman's in the nominative: Арлова, but not Бяляцкага."""
    return any(form.coarse.endswith("a") and not form.coarse.endswith("aha") for form in surname.likely)


def _is_a_name(people: People, word: Asked) -> bool:
    """Whether the word as it stands is a first name: Александра is more than a case of Александр."""
    return any(form.mid in people.first_names.same_of for form in word.likely)


def _is_patronymic(asked: Asked) -> bool:
    return any(
        form.coarse.endswith(_PATRONYMIC) or (len(form.coarse) >= 4 and form.coarse.endswith(_SHORT_PATRONYMIC))
        for form in (*asked.likely, *asked.as_surname)
    )
