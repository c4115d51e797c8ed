"""What somebody typed → the words of a name: lower case, each in one script, look-alike letters mended.

Pure. Latin and Cyrillic stay as they are; every other script is written in Latin letters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from anyascii import anyascii

LONGEST_TEXT_CHARS = 256
LONGEST_WORD_CHARS = 32

_LATIN_TWINS = "ABCEHIJKMOPSTXYaceijkopsxyÏï"
_CYRILLIC_TWINS = "АВСЕНІЈКМОРЅТХУасеіјкорѕхуЇї"
_TO_CYRILLIC = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS)
_TO_LATIN = str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER = re.compile("[^\x00-\u024f\u0400-\u052f\u1e00-\u1eff]")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹ´`′\"“”„*"))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−_", "-"))
_PLAIN = re.compile("[A-Za-z]+(?:[ -][A-Za-z]+)*|[А-Яа-яЁёІіЎў]+(?:[ -][А-Яа-яЁёІіЎў]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def words(text: str) -> list[str]:
    """The words of a name, in the order typed; the parts of a double name stay joined by a hyphen."""
    if text.isascii():
        return [word[:LONGEST_WORD_CHARS] for word in _WORD.findall(_without_marks(text[:LONGEST_TEXT_CHARS]).lower())]
    composed = unicodedata.normalize("NFKC", text[:LONGEST_TEXT_CHARS])[:LONGEST_TEXT_CHARS]
    bare = _OTHER.sub(_in_latin, _without_marks(composed.translate(_HYPHENS)))
    return [_in_one_script(word)[:LONGEST_WORD_CHARS].lower() for word in _WORD.findall(bare)]


def words_of_each(texts: Iterable[str]) -> Iterator[list[str]]:
    """The words of each text; plain ones, as most names are, at little cost."""
    for text in texts:
        yield text.lower().split(" ") if _PLAIN.fullmatch(text) else words(text)


def is_cyrillic(word: str) -> bool:
    """Whether a word stands in Cyrillic letters."""
    return not word.isascii() and _CYRILLIC.search(word) is not None


def _without_marks(text: str) -> str:
    """The text without apostrophes, stress marks and what shows no sign; a line's end is a space."""
    bare = text.translate(_APOSTROPHES)
    return bare if bare.isprintable() and bare.isascii() else "".join(map(_or_nothing, bare))


def _or_nothing(char: str) -> str:
    category = unicodedata.category(char)
    return " " if category in ("Cc", "Zl", "Zp") else "" if category in ("Mn", "Me", "Cf", "Cs", "Co") else char


def _in_latin(found: re.Match[str]) -> str:
    return anyascii(found.group())


def _in_one_script(word: str) -> str:
    """The word with letters borrowed from the other script put back into its own."""
    cyrillic, latin = _CYRILLIC.findall(word), _LATIN.findall(word)
    if not cyrillic or not latin:
        return word
    own_cyrillic = sum(letter not in _CYRILLIC_TWINS for letter in cyrillic)
    own_latin = sum(letter not in _LATIN_TWINS for letter in latin)
    if (own_cyrillic, len(cyrillic)) >= (own_latin, len(latin)):
        return word.translate(_TO_CYRILLIC)
    return word.translate(_TO_LATIN)
