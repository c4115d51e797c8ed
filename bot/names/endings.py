"""Endings of the asked word: the nominatives that a word in another case, or in Lithuanian, may stand for.

Pure. Works on coarse keys, in which the endings of Belarusian, Russian, Ukrainian and Polish fall together.
"""

from dataclasses import dataclass

NOMINATIVE = "n"
LITHUANIAN = "t"
_SHORTEST_STEM_CHARS = 2

# Ending → what the nominative has instead, and the cases it is of: g, d, a, i, l; t is Lithuanian's nominative.
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "a": (("", "gal"), ("i", "gal"), ("aj", "gal")),
    "aa": (("aj", "gal"), ("a", "gal")),
    "u": (("", "dl"), ("a", "a"), ("i", "dl"), ("aj", "dl")),
    "au": (("aj", "d"), ("a", "i"), ("a", "a")),
    "i": (("a", "gdl"), ("", "l")),
    "aj": (("a", "gdil"),),
    "am": (("", "il"), ("a", "il"), ("i", "il"), ("aj", "il")),
    "aam": (("aj", "il"),),
    "im": (("", "il"), ("i", "il"), ("aj", "il")),
    "avi": (("", "dl"), ("aj", "dl"), ("i", "dl")),
    "aha": (("i", "ga"), ("aj", "ga"), ("a", "ga")),
    "amu": (("i", "dl"), ("aj", "dl"), ("a", "dl")),
    "as": (("", "t"), ("i", "t"), ("a", "t")),
    "is": (("", "t"), ("i", "t")),
    "us": (("", "t"), ("i", "t"), ("aj", "t")),
    "aus": (("aj", "t"),),
    "ajus": (("aj", "t"),),
    "s": (("", "t"),),
}
_LONGEST = max(map(len, _ENDINGS))
_VOWELS = "aiuj"
_FLEETING_BEFORE = "ltnkrv"


@dataclass(frozen=True, slots=True)
class Restored:
    """A nominative: how much of the asked word it keeps, what it adds, and the cases the asked word may be in."""

    key: str
    kept_chars: int
    added: str
    cases: str


def nominatives(coarse_key: str) -> list[Restored]:
    """The nominatives that this coarse key may stand for, itself left out."""
    found: list[Restored] = []
    for length in range(1, min(_LONGEST, len(coarse_key) - _SHORTEST_STEM_CHARS) + 1):
        stem = coarse_key[:-length]
        for added, cases in _ENDINGS.get(coarse_key[-length:], ()):
            found.append(Restored(stem + added, len(stem), added, cases))
            if not added and _drops_a_vowel(stem):
                found.append(Restored(f"{stem[:-1]}a{stem[-1]}", len(stem) - 1, f"a{stem[-1]}", cases))
    return found


def _drops_a_vowel(stem: str) -> bool:
    """Whether the nominative may have a vowel before its last letter: Паўла is of Павел."""
    return stem[-1] in _FLEETING_BEFORE and len(stem) > 2 and stem[-2] not in _VOWELS
