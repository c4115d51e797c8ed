"""Completing a date that a quote gives only in part, from the document's own date or by counting. Pure."""

from datetime import date, timedelta

from bot.records.dates import PartialDate
from bot.records.wording.cues import LAST_MONTH, LAST_YEAR, THIS_MONTH, THIS_YEAR, TODAY, WEEKDAYS, YESTERDAY
from bot.records.wording.mentions import Mention, mentions_in
from bot.records.wording.passages import Sentence
from bot.records.wording.stems import Words, has_any


def follows_from(sentence: Sentence, said: str, value: PartialDate, published: PartialDate) -> bool:
    """Whether the words said and the document's date together give this value, and no other.

    A day comes from the document only by a word like "today"; where just the year is left open, it is
    the latest that is not after the document.
    """
    if value.first > published.last:
        return False
    named = next((m for m in mentions_in(said, sentence.language) if m.month), None)
    if named is not None:
        return _is_of_latest_year(named, sentence, said, value, published)
    if (day := _day(said, sentence.language, published)) is not None:
        return value.first <= day <= value.last
    first, last = _month_or_year(said, sentence.language, published) or (date.max, date.min)
    if not (first <= value.first and value.last <= last):
        return False
    return value.last - value.first >= last - first or _names_the_rest(sentence, value)


def counts_back(sentence: Sentence, value: PartialDate) -> bool:
    """ "On 14 July 2025 it will be four years since": same day and month, the year less the number."""
    numbers = {n.value for n in sentence.numbers if n.unit == "years"}
    return any(
        m.year is not None
        and m.year - value.first.year in numbers
        and (value.precision == "year" or m.month == value.first.month)
        and (value.precision != "day" or m.day == value.first.day)
        for m in sentence.mentions
    )


def _is_of_latest_year(
    named: Mention, sentence: Sentence, said: str, value: PartialDate, published: PartialDate
) -> bool:
    """ "On 16 February": day and month as said; the year as said, or the latest not after the document."""
    if named.year is not None or value.precision == "year" or value.first.month != named.month:
        return False
    if value.precision == "day" and value.first.day != named.day:
        return False
    if _has(LAST_YEAR, sentence.language, said):
        return value.first.year == published.last.year - 1
    latest = (
        published.last.year if (named.month, named.day or 1) <= (published.last.month, published.last.day) else None
    )
    return value.first.year == (latest or published.last.year - 1)


def _day(said: str, language: str, published: PartialDate) -> date | None:
    """The day that "today", "yesterday" or "on Friday" is in a document of that day."""
    if published.day is None:
        return None
    if _has(TODAY, language, said):
        return published.day
    if _has(YESTERDAY, language, said):
        return published.day - timedelta(days=1)
    weekdays = [number for number, name in enumerate(WEEKDAYS.get(language, ())) if has_any((name,), said)]
    if not weekdays:
        return None
    return published.day - timedelta(days=(published.day.weekday() - weekdays[0]) % 7)


def _month_or_year(said: str, language: str, published: PartialDate) -> tuple[date, date] | None:
    """The first and last day of "this month", "last year" …"""
    this_month = published.first.replace(day=1)
    year = published.first.year
    if published.precision != "year" and _has(THIS_MONTH, language, said):
        return this_month, (this_month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if published.precision != "year" and _has(LAST_MONTH, language, said):
        return (this_month - timedelta(days=1)).replace(day=1), this_month - timedelta(days=1)
    if _has(THIS_YEAR, language, said):
        return date(year, 1, 1), date(year, 12, 31)
    return (date(year - 1, 1, 1), date(year - 1, 12, 31)) if _has(LAST_YEAR, language, said) else None


def _names_the_rest(sentence: Sentence, value: PartialDate) -> bool:
    """Whether the sentence itself gives the month and day that "this year" leaves open."""
    return any(
        m.month == value.first.month and (value.precision != "day" or m.day == value.first.day)
        for m in sentence.mentions
    )


def _has(words: Words, language: str, said: str) -> bool:
    return has_any(words.get(language, ()), said)
