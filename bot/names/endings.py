"""Endings of the asked word: the nominatives that a word in another case, or in Lithuanian, may stand for.

Pure. Works on coarse keys, in which the endings of Belarusian, Russian, Ukrainian and Polish fall together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NOMINATIVE = "n"
LITHUANIAN = "t"
DATIVE = "dl"
_SHORTEST_STEM_CHARS = 2

Endings = Mapping[str, tuple[tuple[str, str], ...]]

# Ending → what the nominative has in its place, and the cases it is of: genitive, dative, accusative,
# instrumental, locative, by their first letters.
_ENDINGS: Endings = {
    "a": (("", "gal"), ("aj", "gal")),
    "aa": (("aj", "gal"), ("a", "gal")),
    "u": (("", "dl"), ("a", "adl"), ("aj", "dl")),
    "au": (("aj", "d"), ("a", "ia")),
    "i": (("a", "gdl"), ("", "l")),
    "aj": (("a", "gdil"),),
    "am": (("", "il"), ("a", "il"), ("i", "il"), ("aj", "il")),
    "aam": (("aj", "il"), ("a", "il")),
    "im": (("", "il"), ("i", "il"), ("aj", "il")),
    "aavi": (("aj", "dl"),),
    "avi": (("", "dl"), ("aj", "dl"), ("i", "dl")),
    "aha": (("i", "ga"), ("aj", "ga"), ("a", "ga")),
    "amu": (("i", "dl"), ("aj", "dl"), ("a", "dl")),
}
# Анатолия is of Анатолий, but no surname in -ski has a genitive in -ska.
_ENDINGS_OF_FIRST_NAMES: Endings = {"a": (("i", "gal"),), "u": (("i", "dl"),)}
_HARD_AND_SOFT = {"a": ("a", "A"), "aj": ("aj", "ej")}
_LONGEST = max(map(len, _ENDINGS))
_VOWELS = "aiuj"
_FLEETING_BEFORE = "ltnkrv"

_BALTIC = (
    ("iene", ("",)), ("ene", ("",)), ("ejUs", ("ej",)), ("eUs", ("ej",)), ("aUs", ("aj",)), ("oUs", ("oj",)),
    ("Us", ("", "i")), ("us", ("", "i")), ("as", ("", "i")), ("is", ("", "i")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Restored:
    """A nominative: how much of the asked key it keeps, what it adds, and the cases the asked word may be in.

    `has_vowel` puts back the vowel that the case dropped before the stem's last letter: Паўла is of Павел.
    """

    kept_chars: int
    added: str
    cases: str
    has_vowel: bool
    only_first_names: bool

    def sounds(self, asked: str) -> Iterator[str]:
        """The asked sounds restored; what is added may be hard or soft."""
        stem = asked[: self.kept_chars]
        if self.has_vowel:
            stem = f"{stem[:-1]}{'a' if stem[-1] == 'k' else 'e'}{stem[-1]}"
        for added in _HARD_AND_SOFT.get(self.added, (self.added,)):
            yield stem + added


def nominatives(coarse: str) -> Iterator[Restored]:
    """The nominatives that this coarse key may stand for, itself left out."""
    for length in range(1, min(_LONGEST, len(coarse) - _SHORTEST_STEM_CHARS) + 1):
        stem, ending = coarse[:-length], coarse[-length:]
        for endings, only_first_names in ((_ENDINGS, False), (_ENDINGS_OF_FIRST_NAMES, True)):
            for added, cases in endings.get(ending, ()):
                yield Restored(len(stem), added, cases, False, only_first_names)
                if not added and _drops_a_vowel(stem):
                    yield Restored(len(stem), added, cases, True, only_first_names)


def of_final_e(sounds: str) -> list[str]:
    """The nominatives of a dative or locative in -e: Купале, Элизе."""
    return [f"{sounds[:-1]}a", f"{sounds[:-1]}A"] if sounds.endswith("e") else []


def bases(sounds: str) -> list[str]:
    """What a name in its Lithuanian form may be elsewhere: Bykovas, Bialiackis, Anatolijus."""
    for ending, instead in _BALTIC:
        stem = sounds.removesuffix(ending)
        if stem != sounds and len(stem) >= _SHORTEST_STEM_CHARS:
            return [stem + base for base in instead]
    return []


def _drops_a_vowel(stem: str) -> bool:
    return len(stem) > 2 and stem[-1] in _FLEETING_BEFORE and stem[-2] not in _VOWELS
