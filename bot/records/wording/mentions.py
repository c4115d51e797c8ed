"""The dates a text names, each with the parts that stand beside it. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

from bot.records.wording.cues import LOCATIVE_MONTHS
from bot.records.wording.numbers import numbers_in

_NUMERIC_DATE = re.compile(r"\b(?:(\d{1,2})[./](\d{1,2})[./](\d{4})|(\d{4})-(\d{2})-(\d{2}))\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_LEADS_MONTH = re.compile(r"(?:in|since|of|from|until|by|early|late|mid|this|last)[\s-]+$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A day, month or year that the text names, as far as it does, and where."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


@lru_cache(maxsize=4096)
def mentions_in(text: str, language: str) -> tuple[Mention, ...]:
    """The dates, months and years the text names, in reading order."""
    found = [*_numeric_dates(text), *_months(text, language)]
    taken = [(m.start, m.end) for m in found]
    found += [
        Mention(number.start, number.end, number.value)
        for number in numbers_in(text)
        if number.is_year and not any(start <= number.start < end for start, end in taken)
    ]
    return tuple(sorted(found, key=lambda m: m.start))


def years_in(text: str) -> frozenset[int]:
    """Every four digits in the text that may be a year."""
    return frozenset(int(year) for year in _YEAR.findall(text))


def _months(text: str, language: str) -> Iterator[Mention]:
    pattern, numbers = _month_pattern(language)
    for match in pattern.finditer(text):
        day = match["before"] or match["after"]
        month, year = numbers[(match["month"] or match["short"]).lower()], match["year"]
        is_bare = day is None and year is None and language == "en"
        # "May they be freed": without "in" or the like before it, the verb is meant.
        if is_bare and match["month"] in ("May", "March") and not _LEADS_MONTH.search(text[: match.start()]):
            continue
        if match["short"] and is_bare:
            continue
        for that_day in filter(None, (match["first"], day)):
            yield Mention(*match.span(), int(year) if year else None, month, int(that_day))
        if day is None:
            yield Mention(*match.span(), int(year) if year else None, month)


@lru_cache(maxsize=16)
def _month_pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """Finds "20 February 2024", "12–13 May", "May 21, 2024", "16 Feb. 2024", "in May 2021" and a month alone."""
    numbers = {
        name.lower(): number
        for context in ("format", "stand-alone")
        for number, name in get_month_names("wide", context, language).items()
    }
    numbers |= {name: number for number, name in enumerate(LOCATIVE_MONTHS.get(language, ()), 1)}
    names = sorted(numbers, key=len, reverse=True)
    short = {name.lower(): number for number, name in get_month_names("abbreviated", "format", "en").items()} | {
        "sep": 9
    }
    # English months have a capital letter; "they may" has none.
    months = "|".join(map(str.capitalize, names)) if language == "en" else f"(?i:{'|'.join(names)})"
    abbreviated = "|".join(map(str.capitalize, sorted(short, key=len, reverse=True))) if language == "en" else r"(?!)"
    first = r"(?:(?P<first>\d{1,2})(?:\s*[–—-]\s*|\s+(?:and|or|to|і|и|або|или)\s+))?"
    pattern = (
        rf"(?<!\w)(?:{first}(?P<before>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
        rf"(?:(?P<month>{months})(?!\w)|(?P<short>{abbreviated})\b\.?)"
        rf"(?:\s+(?P<after>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,]\d|\d))?(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?"
    )
    return re.compile(pattern), numbers | short


def _numeric_dates(text: str) -> Iterator[Mention]:
    for match in _NUMERIC_DATE.finditer(text):
        day, month, year, iso_year, iso_month, iso_day = match.groups()
        try:
            the_day = date(int(iso_year or year), int(iso_month or month), int(iso_day or day))
        except ValueError:
            continue
        yield Mention(*match.span(), the_day.year, the_day.month, the_day.day)
