"""An asked word → its forms: what it may sound like, by each orthography and each case it may stand in.

Pure.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.names import folding
from bot.names.endings import LITHUANIAN, NOMINATIVE, bases, nominatives
from bot.names.words import is_cyrillic

Readings = list[tuple[folding.Reading, str, float]]

LIKELY, POSSIBLE, UNLIKELY = 0.0, 0.015, 0.04
_OTHER_CASE = 0.005
_FOREIGN = re.compile("[^a-z -]|[wj]|cz|sz|rz")
_GERMAN = re.compile("[wj]")
_FRENCH = re.compile("ou|tch")
# і stands in Ukrainian where Belarusian and Russian have е or я: Медвідь, Біляцький.
_IKAVISM = str.maketrans("і", "е")


@dataclass(frozen=True, slots=True)
class Form:
    """A sound key with its two coarser keys, the cases it may be in, and what it costs to read the word so."""

    sounds: str
    mid: str
    coarse: str
    cases: str
    cost: float


def readings(word: str, query: str = "") -> list[tuple[str, float]]:
    """The sound keys of a word, each with its cost, likeliest first; the query's other words show its orthography."""
    found: dict[str, float] = {}
    for reading, spelled, cost in (
        _cyrillic_readings(word) if is_cyrillic(word) else _latin_readings(word, query or word)
    ):
        found.setdefault(reading(f"\n{spelled}\n").strip(), cost)
    return [(sounds, cost) for sounds, cost in found.items() if sounds]


def asked_forms(word: str, query: str) -> list[Form]:
    """The forms of a word as it stands; of a Latin one also what a Lithuanian ending is put to."""
    found = [_form(sounds, NOMINATIVE, cost) for sounds, cost in readings(word, query)]
    if not is_cyrillic(word):
        found += [_form(base, LITHUANIAN, form.cost + _OTHER_CASE) for form in found for base in bases(form.sounds)]
    return found


def restored_forms(forms: Iterable[Form]) -> tuple[list[Form], list[Form]]:
    """The nominatives that a word may be an oblique case of: of surnames, and of first names."""
    surnames, firsts = [], []
    for form in forms:
        for restored in nominatives(form.coarse) if form.cases == NOMINATIVE else ():
            nominative = _form(restored.sounds(form.sounds), restored.cases, form.cost)
            firsts.append(nominative)
            if not restored.only_first_names:
                surnames.append(nominative)
    return surnames, firsts


def _form(sounds: str, cases: str, cost: float) -> Form:
    return Form(sounds, folding.mid(sounds), folding.coarse(sounds), cases, cost)


def _cyrillic_readings(word: str) -> Readings:
    return [(folding.cyrillic, word, LIKELY), (folding.cyrillic, word.translate(_IKAVISM), POSSIBLE)]


def _latin_readings(word: str, query: str) -> Readings:
    is_german = "sch" in query and "shch" not in query
    is_foreign = _FOREIGN.search(query) is not None
    has_c = "c" in word.replace("ch", "")
    german = LIKELY if is_german else POSSIBLE if _GERMAN.search(query) else UNLIKELY
    costs = (
        (folding.english, UNLIKELY if is_german or not word.isascii() else POSSIBLE if is_foreign else LIKELY),
        (folding.slavic, LIKELY if is_foreign and not is_german else POSSIBLE if has_c else UNLIKELY),
        (folding.lacinka, POSSIBLE if is_foreign and not is_german else UNLIKELY),
        (folding.german, german),
        (folding.half_german, german),
        (folding.french, POSSIBLE if _FRENCH.search(query) else UNLIKELY),
    )
    return [(reading, word, cost) for reading, cost in sorted(costs, key=lambda pair: pair[1])]
