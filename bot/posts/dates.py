"""Dates, numbers and lists of names as each language writes them (CLDR, through Babel).

Pure. A month without its day stands in the nominative: put it after a colon or in brackets, never
after a preposition. Babel puts U+202F before "г." and "р.".
"""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.records.dates import PartialDate

_LOCALES = {"en": "en_GB"}
_KNOWN = frozenset({"en", "be", "ru", "uk", "pl", "lt", "de"})


def locale_of(language: str) -> str:
    """Babel's name of the locale for a language: British English for English and unknown ones."""
    return _LOCALES.get(language, language) if language in _KNOWN else "en_GB"


def full_date(day: date, language: str) -> str:
    """`20 February 2024`."""
    return str(format_date(day, "long", locale=locale_of(language)))


def day_and_month(day: date, language: str) -> str:
    """`20 February`; Lithuanian begins with the month, in a small letter."""
    return str(format_skeleton("MMMMd", day, locale=locale_of(language)))


def month_name(day: date, language: str) -> str:
    """`February`, in the nominative."""
    return str(format_date(day, "LLLL", locale=locale_of(language)))


def month_and_year(day: date, language: str) -> str:
    """`February 2027`, in the nominative; Lithuanian puts the year first."""
    return str(format_skeleton("yMMMM", day, locale=locale_of(language)))


def partial_date(when: PartialDate, language: str) -> str:
    """A date at its own precision: `20 February 2024`, `May 2021`, `2023`, `≈ 2023`, `? 2023`.

    A span is two dates with a dash. EDTF's `~` is shown as ≈, `?` as itself, `%` as both.
    """
    if when.precision == "span":
        first, last = (PartialDate.parse(end) for end in when.edtf[1:-1].split(".."))
        return f"{partial_date(first, language)} – {partial_date(last, language)}"
    sign = {"": "", "~": "≈ ", "?": "? ", "%": "≈ ? "}[when.qualifier]
    if when.precision == "year":
        return f"{sign}{when.first.year}"
    if when.precision == "month":
        return sign + month_and_year(when.first, language)
    return sign + full_date(when.first, language)


def number(value: int, language: str) -> str:
    """`1,450`, with the separators of the language."""
    return str(format_decimal(value, locale=locale_of(language)))


def listing(items: Sequence[str], language: str) -> str:
    """`A, B and C`."""
    return str(format_list(list(items), locale=locale_of(language)))


def capitalised(text: str) -> str:
    """The text with its first letter large, and nothing else changed."""
    return text[:1].upper() + text[1:]
