"""An asked word → its forms: what it may sound like, by each orthography and each case it may stand in.

Pure.
"""

import re
from dataclasses import dataclass

from bot.names import folding
from bot.names.endings import LITHUANIAN, NOMINATIVE, bases, nominatives
from bot.names.words import is_cyrillic

_LIKELY, _POSSIBLE, _UNLIKELY = 0.0, 0.015, 0.04
_OTHER_CASE = 0.005
_FOREIGN = re.compile("[^a-z]|[wj]|cz|sz|rz")
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


def readings(word: str) -> list[tuple[str, float]]:
    """The sound keys of a word, each with its cost, likeliest first."""
    found: dict[str, float] = {}
    for reading, spelled, cost in _cyrillic_readings(word) if is_cyrillic(word) else _latin_readings(word):
        found.setdefault(reading(f"\n{spelled}\n").strip(), cost)
    return [(sounds, cost) for sounds, cost in found.items() if sounds]


def asked_forms(word: str) -> list[Form]:
    """The forms of a word as it stands; of a Latin one also what Lithuanian and Latvian endings are put to."""
    found = [_form(sounds, NOMINATIVE, cost) for sounds, cost in readings(word)]
    if not is_cyrillic(word):
        found += [_form(base, LITHUANIAN, form.cost + _OTHER_CASE) for form in found for base in bases(form.sounds)]
    return found


def restored_forms(form: Form, *, of_first_name: bool) -> list[Form]:
    """The nominatives of first names, or of surnames, that a form may be an oblique case of."""
    return [
        Form(r.key(form.sounds, "ae"), r.key(form.mid, "ae"), r.key(form.coarse, "aa"), r.cases, form.cost)
        for r in nominatives(form.coarse)
        if of_first_name or not r.only_first_names
    ]


def _form(sounds: str, cases: str, cost: float) -> Form:
    return Form(sounds, folding.mid(sounds), folding.coarse(sounds), cases, cost)


def _cyrillic_readings(word: str) -> list[tuple[folding.Reading, str, float]]:
    return [(folding.cyrillic, word, _LIKELY), (folding.cyrillic, word.translate(_IKAVISM), _POSSIBLE)]


def _latin_readings(word: str) -> list[tuple[folding.Reading, str, float]]:
    is_german = "sch" in word and "shch" not in word
    is_foreign = _FOREIGN.search(word) is not None
    costs = (
        (folding.english, _UNLIKELY if is_german or not word.isascii() else _POSSIBLE if is_foreign else _LIKELY),
        (
            folding.slavic,
            _LIKELY if is_foreign and not is_german else _POSSIBLE if "c" in word.replace("ch", "") else _UNLIKELY,
        ),
        (folding.german, _LIKELY if is_german else _POSSIBLE if "w" in word or "j" in word else _UNLIKELY),
        (folding.french, _POSSIBLE if "ou" in word or "tch" in word else _UNLIKELY),
    )
    return [(reading, word, cost) for reading, cost in sorted(costs, key=lambda pair: pair[1])]
