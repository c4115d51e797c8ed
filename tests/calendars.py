"""Calendars for tests: the real one, copies of it to spoil, and small ones built in memory."""

import re
import shutil
from functools import lru_cache
from pathlib import Path

from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from bot.records.model import Event, Labels, Observance, Passage, Person, Quote, QuotedCountry, Source
from bot.records.showing import load_calendar
from bot.records.vocabulary import EventKind

ROOT = Path(__file__).resolve().parent.parent
CALENDAR = ROOT / "calendar"
SEEDS = ROOT / "seeds"


@lru_cache(maxsize=1)
def real_calendar() -> Calendar:
    """The calendar that ships with Vigil; frozen, so tests may share it."""
    return load_calendar(CALENDAR, SEEDS)


def copy_of_the_records(folder: Path) -> tuple[Path, Path]:
    """A copy of `calendar/` and `seeds/` that a test may spoil."""
    shutil.copytree(CALENDAR, folder / "calendar")
    shutil.copytree(SEEDS, folder / "seeds")
    return folder / "calendar", folder / "seeds"


def labels(text: str) -> Labels:
    """The same text in the three languages every record has."""
    return Labels(en=text, be=text, ru=text)


def a_source(source_id: str = "report", dated: str | None = "2024-03-01") -> Source:
    """A source by its id, dated or not."""
    return Source(
        id=source_id,
        document=f"{source_id}.txt",
        sha256="0" * 64,
        title="A report",
        publisher=labels("A Human Rights Body"),
        date=PartialDate.parse(dated) if dated else None,
        dated=Passage(exact=dated) if dated else None,
        language="en",
        address=None,
        republish="quotes",
    )


def a_quote(words: str = "Jane Doe was in prison.", source: str = "report") -> Quote:
    """A quote of a source."""
    return Quote(source=source, exact=words)


def a_person(person_id: str = "jane-doe", country: str = "BY", **more: object) -> Person:
    """A person named after her id."""
    name = person_id.replace("-", " ").title()
    fields = {"id": person_id, "names": labels(name), "country": QuotedCountry(code=country, quotes=(a_quote(),))}
    return Person.model_validate(fields | more)


def an_event(kind: EventKind, on: str | None, *people: str, **more: object) -> Event:
    """An event of a kind on an EDTF date, of these people (Jane Doe if none)."""
    who = people or ("jane-doe",)
    fields = {
        "id": re.sub(r"[^a-z0-9-]", "", f"{who[0]}-{kind}-{on or 'undated'}")[:40],
        "kind": kind,
        "date": PartialDate.parse(on) if on else None,
        "people": who,
        "quotes": (a_quote(),),
    }
    return Event.model_validate(fields | more)


def an_observance(day: str = "05-21", country: str | None = "BY", leads: tuple[int, ...] = (7, 1)) -> Observance:
    """An observance on a month and day."""
    return Observance(
        id=f"day-{day}", day=day, names=labels("A Day of Solidarity"), country=country, leads=leads, quotes=(a_quote(),)
    )


def small_calendar(*records: Person | Event | Observance, sources: tuple[Source, ...] = (a_source(),)) -> Calendar:
    """A calendar of these records; people that events name are added where missing."""
    people = {r.id: r for r in records if isinstance(r, Person)}
    events = {r.id: r for r in records if isinstance(r, Event)}
    for event in events.values():
        for person in event.people:
            people.setdefault(person, a_person(person))
    observances = {r.id: r for r in records if isinstance(r, Observance)}
    documents = {source.id: "" for source in sources}
    return Calendar(
        {s.id: s for s in sources}, dict(sorted(people.items())), dict(sorted(events.items())), observances, {}, {},
        documents, revision="test",
    )  # fmt: skip
