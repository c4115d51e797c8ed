"""Words → sounds: one letter a sound, the same from every orthography as far as they agree.

Pure. A small letter is itself; capitals are the sounds that plain Latin has no letter for:
A, O, U are ia, io, iu; C č, S š, Z ž, D dz, J dž; c is ts, x is kh. Every function takes and gives
words divided and bounded by line ends, so that fifty thousand names are folded at the cost of a few.

From a sound key two coarser ones are made letter by letter, so the three stay aligned.
"""

import re
import unicodedata
from collections.abc import Callable

_CYRILLIC = str.maketrans(
    {"щ": "SC", "џ": "J", "ь": "", "ъ": "", "-": ""}
    | dict(
        zip("абвгдежзийклмнопрстуфхцчшыэюяіўёєїґѣѳјљњћђѕ", "abvhdeZziiklmnoprstufxcCSieUAivOeihefilnCJz", strict=True)
    )
)
_LATIN = str.maketrans(
    {"ß": "ss", "-": ""} | dict(zip("čçšşșțţžżřŭwłyjõqgğđðøóæœəıþ", "CCSSSccZZZvvliiikhhddooeeeit", strict=True))
)
_SOFT = str.maketrans("źśńćľť", "zsnclt")
_VOWELS = "aeouAOU"
_DOUBLED = "bvhdDzZklmnprsStfcCxaeoi"

Reading = Callable[[str], str]
Replacements = tuple[tuple[str, str], ...]

_IOTA: Replacements = (
    ("ii", "i"), ("ii", "i"),
    *((f"i{vowel}", {"a": "A", "o": "O", "u": "U"}.get(vowel, vowel)) for vowel in "aeouAOU"),
    *((f"{vowel}i", f"{vowel}j") for vowel in _VOWELS),
)  # fmt: skip
_U: Replacements = (*((f"{vowel}u", f"{vowel}v") for vowel in "aeoAO"), ("uU", "U"), ("uu", "u"))
_CLOSE: Replacements = (
    ("dz", "D"), ("dZ", "J"), ("AA", "A"), ("aA\n", "a\n"), *((letter * 2, letter) for letter in _DOUBLED),
)  # fmt: skip
_ENGLISH: Replacements = (
    ("x", "ks"), ("shch", "SC"), ("sch", "S"), ("tch", "C"), ("ch", "C"), ("sh", "S"), ("zh", "Z"), ("kh", "X"),
    ("gh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("tz", "T"), ("ts", "T"), ("cz", "C"), ("ce", "Te"),
    ("ci", "Ti"), ("cy", "Ty"), ("c", "k"), ("T", "c"), ("X", "x"),
)  # fmt: skip
_SLAVIC: Replacements = (
    ("x", "ks"), ("szcz", "SC"), ("shch", "SC"), ("sz", "S"), ("cz", "C"), ("rz", "Z"), ("ch", "x"), ("kh", "x"),
    ("sh", "S"), ("zh", "Z"), ("ę\n", "u\n"), ("ą\n", "oU\n"), ("ę", "en"), ("ą", "on"), ("tz", "c"), ("ts", "c"),
)  # fmt: skip
_GERMAN: Replacements = (
    ("x", "ks"), ("ss", "s"), ("schtsch", "SC"), ("tsch", "C"), ("dsch", "J"), ("sch", "S"), ("sh", "S"), ("zh", "Z"),
    ("ch", "x"), ("kh", "x"), ("dz", "D"), ("ds", "D"), ("tz", "c"), ("ts", "c"), ("ck", "k"),
)  # fmt: skip
_FRENCH: Replacements = (
    ("x", "ks"), ("j", "Z"), ("tch", "C"), ("ch", "S"), ("sh", "S"), ("zh", "Z"), ("kh", "x"), ("ou", "u"), ("gu", "h"),
    ("ts", "T"), ("tz", "T"), ("ce", "Te"), ("ci", "Ti"), ("c", "k"), ("T", "c"), ("e\n", "\n"),
)  # fmt: skip
_NORDIC: Replacements = (
    ("x", "ks"), ("sjtj", "SC"), ("sjtsj", "SC"), ("tsj", "C"), ("sj", "S"), ("tj", "C"), ("zj", "Z"), ("oe", "u"),
    ("ch", "x"), ("kh", "x"), ("sh", "S"), ("zh", "Z"), ("ts", "c"),
)  # fmt: skip
_SPANISH: Replacements = (
    ("x", "ks"), ("j", "x"), ("gue", "ge"), ("gui", "gi"), ("ch", "C"), ("sh", "S"), ("zh", "Z"), ("ts", "c"),
    ("ce", "se"), ("ci", "si"), ("c", "k"), ("qu", "k"),
)  # fmt: skip
_GERMAN_Z = re.compile(r"(?<=\n)s(?=[aeiouymnvwj])|(?<=[aeiouy])s(?=[aeiouyj])")

_MID = str.maketrans("oAOUDJ", "aeeudd")
_COARSE = str.maketrans("oeAOUxDJcCzSZf", "aaaauhddttsssv")


def _replaced(text: str, replacements: Replacements) -> str:
    for old, new in replacements:
        text = text.replace(old, new)
    return text


def _sounds(text: str) -> str:
    return _replaced(_replaced(_replaced(text, _IOTA), _U), _CLOSE)


def cyrillic(text: str) -> str:
    """Sounds of Cyrillic words, Belarusian, Russian and Ukrainian alike."""
    return _sounds(text.translate(_CYRILLIC))


def _latin(text: str, replacements: Replacements) -> str:
    """Sounds of Latin words by the digraphs of one orthography."""
    read = _replaced(text, replacements) if text.isascii() else _replaced(text.translate(_SOFT), replacements)
    read = read.translate(_LATIN)
    if not read.isascii():
        read = "".join(c for c in unicodedata.normalize("NFD", read) if c.isascii()).translate(_LATIN)
    return _sounds(read)


def english(text: str) -> str:
    """Sounds of Latin words as English and the passport of Belarus spell them."""
    return _latin(text, _ENGLISH)


def slavic(text: str) -> str:
    """Sounds of Latin words as łacinka, Polish, Czech and Lithuanian spell them."""
    return _latin(text, _SLAVIC)


def lacinka(text: str) -> str:
    """Sounds of Latin words in which l is soft wherever it is not ł: Mulavin is Мулявін."""
    return slavic(text.replace("la", "lia").replace("lo", "lio").replace("lu", "liu"))


def german(text: str) -> str:
    """Sounds of Latin words as German spells them: z is ts, and s between vowels is z."""
    return _latin(_GERMAN_Z.sub("Q", text), (*_GERMAN, ("z", "c"), ("Q", "z")))


def half_german(text: str) -> str:
    """Sounds of Latin words in German digraphs, but with s and z as they are elsewhere."""
    return _latin(text, _GERMAN)


def french(text: str) -> str:
    """Sounds of Latin words as French spells them: ou is u, ch is š."""
    return _latin(text, _FRENCH)


def nordic(text: str) -> str:
    """Sounds of Latin words as Swedish, Norwegian, Danish and Dutch spell them: sj is š, tj and tsj are č."""
    return _latin(text, _NORDIC)


def spanish(text: str) -> str:
    """Sounds of Latin words as Spanish spells them: j is kh."""
    return _latin(text, _SPANISH)


def mid(sounds: str) -> str:
    """The key in which a and o are one, as are ia, e, io, and dz and d."""
    return sounds.translate(_MID)


def coarse(sounds: str) -> str:
    """The key in which all of a, o, e are one, and consonants fall into classes."""
    return sounds.translate(_COARSE)


WITHOUT_TAILS = str.maketrans("ąę", "ae")
_SLAVIC_LETTERS = re.compile("[^a-z-]|[wj]|cz|sz|rz")


def looks_slavic(word: str) -> bool:
    """Whether letters of a Latin word show łacinka, Polish, Czech or Lithuanian spelling."""
    return _SLAVIC_LETTERS.search(word) is not None
