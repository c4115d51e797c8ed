"""Wishes, zones and hours as the tables and the CSV files write them, and the checking of each.

Pure. Topics are `all`, `days`, `country:XX`, `follows` (nothing but the people followed), and in
CSV files `person:<id>`; leads are days before, `0` none, empty the defaults.
"""

import re
from datetime import time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.agenda.hearing import EVERYTHING, FOLLOWS_ONLY, OBSERVANCES
from bot.errors import VigilError

_COUNTRY = re.compile(r"country:[A-Z]{2}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MAX_LEAD_DAYS = 60
# Files of the zone database that are no zones of a place (tz database, theory.html).
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})


class SettingsError(VigilError):
    """A chat's setting that cannot be used; says what was found and what is expected."""

    def __init__(self, field: str, found: str, expected: str) -> None:
        super().__init__(f"{field}: found {found[:60]!r}, expected {expected}")
        self.field = field
        self.found = found
        self.expected = expected


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The zone of that name in the IANA database; SettingsError if there is none."""
    try:
        if name in _NO_ZONES:
            raise ZoneInfoNotFoundError(name)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise SettingsError("timezone", name, "a name such as Europe/Minsk") from exc


def hour_written(text: str) -> time:
    """The hour in `HH:MM`."""
    match = _HOUR.fullmatch(text)
    if match is None:
        raise SettingsError("at", text, "an hour such as 09:00")
    return time(int(match[1]), int(match[2]))


def minutes_of(at: time) -> int:
    """Minutes after midnight, as the table keeps an hour."""
    return at.hour * 60 + at.minute


def time_of(minutes: int) -> time:
    """The hour of so many minutes after midnight."""
    return time(*divmod(minutes, 60))


def write_topics(topics: frozenset[str]) -> str:
    """Topics in their one stored form; empty for everything."""
    for topic in topics:
        if topic not in (EVERYTHING, OBSERVANCES, FOLLOWS_ONLY) and not _COUNTRY.fullmatch(topic):
            raise SettingsError("topics", topic, "all, days, country:XX or person:<id>")
    if EVERYTHING in topics:
        return ""
    return " ".join(sorted(topics))


def split_topics(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Topics and people to follow from `days country:BY person:<id>`; people alone mean nothing but them."""
    words = frozenset(text.split())
    people = frozenset(word.removeprefix("person:") for word in words if word.startswith("person:"))
    topics = frozenset(word for word in words if not word.startswith("person:"))
    for person in people:
        if not _SLUG.fullmatch(person) or len(person) > 40:
            raise SettingsError("topics", f"person:{person}", "person:<id>, such as person:ihar-lednik")
    write_topics(topics)
    return (frozenset({FOLLOWS_ONLY}) if people and not topics else topics), people


def join_topics(topics: frozenset[str], people: frozenset[str]) -> str:
    """The same in the form of CSV files; empty for everything."""
    written = write_topics(topics - {FOLLOWS_ONLY} if people else topics)
    followed = [f"person:{person}" for person in sorted(people)]
    return " ".join(
        filter(None, [written or (EVERYTHING if followed and FOLLOWS_ONLY not in topics else ""), *followed])
    )


def write_leads(leads: tuple[int, ...] | None) -> str:
    """Leads in their one stored form: empty the defaults, `0` none, else farthest first."""
    if leads is None:
        return ""
    if any(not 0 <= lead <= _MAX_LEAD_DAYS for lead in leads):
        raise SettingsError(
            "leads", " ".join(map(str, leads)), f"days before, from 1 to {_MAX_LEAD_DAYS}, or 0 for none"
        )
    return " ".join(str(lead) for lead in sorted({lead for lead in leads if lead}, reverse=True)) or "0"


def read_leads(text: str) -> tuple[int, ...] | None:
    """Leads from `7 1`, `0` (none) or nothing (the defaults, null)."""
    words = text.split()
    if not words:
        return None
    if any(not (word.isascii() and word.isdigit() and len(word) <= 3) for word in words):
        raise SettingsError("leads", text, "days before such as 7 1, or 0 for none")
    write_leads(leads := tuple(int(word) for word in words))
    return tuple(lead for lead in leads if lead)
