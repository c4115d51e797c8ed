"""An asked word → its forms: what it may sound like, by each orthography and each case it may stand in.

Pure.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.names import folding
from bot.names.endings import DATIVE, LITHUANIAN, NOMINATIVE, bases, nominatives, of_final_e
from bot.names.words import is_cyrillic

Readings = list[tuple[folding.Reading, str, float]]

# What a reading costs. From doubtful on it is never sure, and unlikely ones count only where they fit exactly.
LIKELY, POSSIBLE, DOUBTFUL, UNLIKELY = 0.0, 0.015, 0.02, 0.04
_OTHER_CASE = 0.004
_FOREIGN = re.compile("[^a-z -]|[wj]|cz|sz|rz")
_GERMAN = re.compile("[wj]")
_FRENCH = re.compile("ou|tch")
_NORDIC = re.compile("[stz]j")
_SPANISH = re.compile("[áéíú]")
# і stands in Ukrainian where Belarusian and Russian have е or я: Медвідь, Біляцький.
_IKAVISM = re.compile("(?<=[бвгджзклмнпрстфхцчш])і(?=[бвгджзклмнпрстфхцчш])")


class Form(NamedTuple):
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
    surnames: list[Form] = []
    firsts: list[Form] = []
    for form in forms:
        if form.cases != NOMINATIVE:
            continue
        for restored in nominatives(form.coarse):
            found = [_form(sounds, restored.cases, form.cost) for sounds in restored.sounds(form.sounds)]
            firsts += found
            surnames += [] if restored.only_first_names else found
        of_e = [_form(sounds, DATIVE, form.cost) for sounds in of_final_e(form.sounds)]
        firsts, surnames = firsts + of_e, surnames + of_e
    return surnames, firsts


def _form(sounds: str, cases: str, cost: float) -> Form:
    return Form(sounds, folding.mid(sounds), folding.coarse(sounds), cases, cost)


def _cyrillic_readings(word: str) -> Readings:
    return [(folding.cyrillic, word, LIKELY), (folding.cyrillic, _IKAVISM.sub("е", word), DOUBTFUL)]


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
        (folding.nordic, POSSIBLE if _NORDIC.search(query) else UNLIKELY),
        (folding.spanish, POSSIBLE if _SPANISH.search(query) else UNLIKELY),
    )
    return [(reading, word, cost) for reading, cost in sorted(costs, key=lambda pair: pair[1])]
