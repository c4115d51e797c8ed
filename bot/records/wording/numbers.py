"""The numbers a text states, in digits or words, with what they count. Pure.

Number words are read in English; digits and scales ("50 тысяч") in Belarusian and Russian too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS = {word: number for number, word in enumerate(_UNITS)}
_WORDS |= {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_STEMS_OF_SCALES = {
    r"тысяч\w*|тыс": 1000, r"мільён\w*|миллион\w*|млн": 10**6, r"мільярд\w*|миллиард\w*|млрд": 10**9,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_UNITS[1:10])}))?|{_UNIT})(?!\w)"
_SCALE = rf"[-\s]+(?:{'|'.join([*_SCALES, *_STEMS_OF_SCALES])})(?!\w)"
# "two hundred and five", "a thousand", "50 thousand", "fifth". Never "a" alone, nor "2020" with a word after it.
_NUMBER = re.compile(
    rf"(?<![\w.\[])(?:(?:{_DIGITS})(?:{_SCALE})*"
    rf"|(?:(?:{_WORD}|an?){_SCALE}(?:{_SCALE})*[-\s]+(?:and\s+)?)*{_WORD}(?:{_SCALE})*"
    rf"|(?:an?)(?:{_SCALE})+|(?:{'|'.join(_ORDINALS)})(?!\w))",
    re.IGNORECASE,
)
_PART = re.compile(rf"{_DIGITS}|[^\W\d_]+")
_TIME = re.compile(
    r"[-\s]*(?:(?P<years>years?|гадоў|гады|гадам|год|года|годам|годами|лет)|(?P<other>months?|weeks?|days?|hours?|per\s?cent|percent|"
    r"месяц\w*|тыд\w+|недел\w+|дзён|дней|дня|st|nd|rd|th)|%)(?!\w)",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    r"(?:(?<!\w)(?:in|since|by|until|till|of|early|late|mid|from|the|for|during|before|after|between|to|and|"
    r"у|ў|з|да|ад|на|пасля|в|во|с|до|от|после)[\s-]+|^\W*|[–-])$",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(r"\s+(?:год|годзе|года|году|годам)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands. `unit` is "years", "other" (months, per cent …) or, for a count, empty."""

    value: int
    start: int
    end: int
    unit: str = ""
    is_ordinal: bool = False
    is_year: bool = False

    @property
    def is_count(self) -> bool:
        """Whether it may count people or things."""
        return not (self.unit or self.is_year)


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> tuple[Number, ...]:
    """Every number, whole: "$300 billion" is one, "fifty thousand" is one, "2020" may be a year."""
    return tuple(_numbers(text))


def _numbers(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        words = match[0].lower()
        value = _value(words)
        if value is None:
            continue
        tail = _TIME.match(text, match.end())
        unit = ("years" if tail["years"] else "other") if tail else ""
        is_year = _is_year(text, match)
        yield Number(value, *match.span(), "" if is_year else unit, words in _ORDINALS, is_year)


def _value(words: str) -> int | None:
    total, current = 0.0, 0.0
    for part in _PART.findall(words):
        if part == "and":
            continue
        scale = _scale(part)
        if scale == 100:
            current = (current or 1) * 100
        elif scale:
            total, current = total + (current or 1) * scale, 0.0
        else:
            current += _small(part)
    value = total + current
    return int(value) if value == int(value) else None


def _scale(part: str) -> int:
    by_stem = (scale for stem, scale in _STEMS_OF_SCALES.items() if re.fullmatch(stem, part))
    return _SCALES.get(part) or next(by_stem, 0)


def _small(part: str) -> float:
    if part[0].isdigit():
        if re.fullmatch(r"\d+[.,]\d{1,2}", part):
            return float(part.replace(",", "."))
        return int(re.sub(r"\D", "", part))
    if part in _ORDINALS:
        return _ORDINALS.index(part) + 1
    return 1 if part in ("a", "an") else _WORDS.get(part, 0)


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Four bare digits from 1900 to 2099, said as years are: "in 2020", "the 2020 protests"."""
    if not re.fullmatch(r"(?:19|20)\d\d", match[0]):
        return False
    before = _BEFORE_YEAR.search(text[max(0, match.start() - 12) : match.start()])
    return before is not None or _AFTER_YEAR.match(text, match.end()) is not None
