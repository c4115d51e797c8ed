"""Russian spelling → Belarusian → the Latin of the Belarusian passport, as far as made-up names need.

Deliberately apart from `bot.names`: what is measured must not make its own measure.
"""

CONSONANTS = "бвгджзклмнпрстфхцчш"
VOWELS = "аеёиоуыэюяі"
_ELSEWHERE = {"о": "а", "е": "я", "и": "і", "щ": "шч"}
_AFTER_HARD = {"о": "а", "е": "э", "ё": "о", "и": "ы", "я": "а"}

_PASSPORT = dict(
    zip(
        "абвгдзійклмнопрстуўфхцчшжыэь'",
        ["a", "b", "v", "h", "d", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "u", "f", "kh", "ts",
         "ch", "sh", "zh", "y", "e", "", ""],
        strict=True,
    )
)  # fmt: skip
_IOTATED = {"е": ("e", "ye"), "ё": ("io", "yo"), "ю": ("iu", "yu"), "я": ("ia", "ya")}


def belarusian(russian: str) -> str:
    """A Russian surname, stressed on its ending, in Belarusian letters."""
    bounded = f" {russian.lower()} "
    return "".join(map(_letter, bounded[1:], bounded, bounded[2:])).capitalize()


def _letter(char: str, before: str, after: str) -> str:
    if char in "дт" and after in "еёиюя":
        return "дз" if char == "д" else "ц"
    if char == "в" and before in VOWELS and after not in VOWELS:
        return "ў"
    if before in "рчшжщц" and char in _AFTER_HARD:
        return "а" if before == "р" and char == "е" else _AFTER_HARD[char]
    return _ELSEWHERE.get(char, char)


def passport(name: str) -> str:
    """A Belarusian name in the Latin letters of the passport."""
    out = ""
    for n, char in enumerate(name.lower()):
        before = name[n - 1].lower() if n else ""
        if char in _IOTATED:
            after_consonant = before in "бвгдзклмнпрстфхцчшж" and before != ""
            out += _IOTATED[char][0 if after_consonant else 1]
        else:
            out += _PASSPORT.get(char, char)
    return out.capitalize()
