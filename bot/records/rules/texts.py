"""Reading numbers, dates and beginnings of words out of a quote. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

_DIGITS = re.compile(r"(?<![\w.,])\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+")
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty"""
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_NAMED = {"a": 1}
_NAMED |= {word: number for number, word in enumerate(_UNITS.split())}
_NAMED |= {word: number for number, word in zip(range(30, 100, 10), _TENS.split(), strict=True)}
_NAMED |= {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")


def begins_with_any(text: str, stems: Iterable[str]) -> bool:
    """Whether some word (or phrase) of the text begins with one of the stems, or is one ending in "!"."""
    patterns = (re.escape(stem.removesuffix("!")) + (r"(?!\w)" if stem.endswith("!") else "") for stem in stems)
    return any(re.search(r"(?<!\w)" + pattern, text, re.IGNORECASE) for pattern in patterns)


def numbers_in(text: str) -> frozenset[int]:
    """Every number the text states: in digits, in English words ("nine", "fifth"), or both ("$300 billion")."""
    words: list[int | str] = []
    for match in re.finditer(_DIGITS.pattern + r"|[A-Za-z]+", text):
        digits = re.sub(r"\D", "", match[0])
        words.append(int(digits) if digits else match[0].lower())
    found: set[int] = set()
    for here, word in enumerate(words):
        value = word if isinstance(word, int) else _NAMED.get(word)
        if value is None:
            continue
        if word != "a":
            found.add(value)
        for scale in words[here + 1 : here + 3]:
            if not isinstance(scale, str) or scale not in _SCALES:
                break
            value *= _SCALES[scale]
            found.add(value)
    return frozenset(found)


def years_in(text: str) -> frozenset[int]:
    """The four-digit years the text states."""
    return frozenset(int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text))


@dataclass(frozen=True, slots=True)
class Mention:
    """A month the text names, with the day and year that stand beside it, where any do."""

    month: int
    day: int | None = None
    year: int | None = None


def mentions_in(text: str, languages: Iterable[str]) -> list[Mention]:
    """The dates and months the text names, in words of these languages or in figures."""
    found = [Mention(day.month, day.day, day.year) for day in _numeric_dates(text)]
    for language in languages:
        pattern, numbers = _month_pattern(language)
        for match in pattern.finditer(text):
            day = match["before"] or match["after"]
            year = int(match["year"]) if match["year"] else None
            found.append(Mention(numbers[match["month"].lower()], int(day) if day else None, year))
    return found


@lru_cache(maxsize=16)
def _month_pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """Finds "20 February 2024", "May 21, 2024", "in May 2021" and a month alone."""
    numbers = {
        name.lower(): number
        for context in ("format", "stand-alone")
        for number, name in get_month_names("wide", context, language).items()
    }
    months = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    day = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
    pattern = (
        rf"(?<!\w)(?:{day.format('before')}\s+(?:of\s+)?)?(?P<month>{months})(?!\w)"
        rf"(?:\s+{day.format('after')}(?!\d))?(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?"
    )
    return re.compile(pattern, re.IGNORECASE), numbers


def _numeric_dates(text: str) -> list[date]:
    found = []
    for day, month, year, iso_year, iso_month, iso_day in _NUMERIC_DATE.findall(text):
        try:
            found.append(date(int(iso_year or year), int(iso_month or month), int(iso_day or day)))
        except ValueError:
            continue
    return found
