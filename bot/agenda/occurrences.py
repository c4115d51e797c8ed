"""Occurrences of the calendar in a span of days.

Pure: days are arguments. What concerns whom follows design section 3: after a release only the
release is remembered, after a death only the death, and nothing presumes imprisonment past the
shelf life of the last report.
"""

import calendar as gregorian
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from bot.agenda.occurrence import Occurrence, OccurrenceKind, Slot
from bot.records.collection import Calendar
from bot.records.custody import SHELF_LIFE_DAYS, custody, custody_reports
from bot.records.model import Event, Observance, Quote

YEARLY_KINDS = frozenset({"arrest", "detention", "sentence", "death", "release", "disappearance", "birth"})
CONFINING_KINDS = frozenset({"arrest", "detention", "disappearance"})
MILESTONE_DAYS = 500
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be set about occurrences.

    `leads` null takes the defaults: none for anniversaries, each observance's own. `death_leads`
    is for operators alone. `leap_day` is where 29 February falls in common years.
    """

    leads: tuple[int, ...] | None = None
    death_leads: tuple[int, ...] = ()
    shelf_life_days: int = SHELF_LIFE_DAYS
    leap_day: str = "02-28"


DEFAULT_RULES = Rules()


def occurrences(calendar: Calendar, first: date, last: date, rules: Rules = DEFAULT_RULES) -> list[Occurrence]:
    """Everything posted from `first` to `last`, both included, by day, then slot, kind and id."""
    found: list[Occurrence] = []
    for event in calendar.events.values():
        if event.withdrawn is None and event.kind in YEARLY_KINDS and is_shown(event.quotes):
            found += _anniversaries(calendar, event, (first, last), rules)
            found += _milestones(calendar, event, (first, last), rules)
    for observance in calendar.observances.values():
        found += _observances(observance, (first, last), rules)
    found += _month_pages(calendar, (first, last), rules)
    return sorted(found, key=_order)


def concerned(calendar: Calendar, event: Event, on: date, rules: Rules = DEFAULT_RULES) -> tuple[str, ...]:
    """The people of an event whom its anniversary on that day still concerns."""
    return tuple(person for person in event.people if _concerns(calendar, event, person, on, rules))


def is_shown(quotes: Sequence[Quote]) -> bool:
    """Whether any of the quotes may be shown: a claim without one is not posted."""
    return any(quote.is_shown for quote in quotes)


def yearly_day(month: int, day: int, year: int, leap_day: str = "02-28") -> date:
    """That month and day in a year; 29 February where `leap_day` says in common years."""
    if (month, day) == (2, 29) and not gregorian.isleap(year):
        month, day = int(leap_day[:2]), int(leap_day[3:])
    return date(year, month, day)


def _concerns(calendar: Calendar, event: Event, person: str, on: date, rules: Rules) -> bool:
    now = custody(calendar, person, on=on, shelf_life_days=rules.shelf_life_days)
    if now.status in ("released", "died"):
        return event.kind == {"released": "release", "died": "death"}[now.status] and _is_latest(
            calendar, event, person, on
        )
    if event.kind == "birth":
        return now.fresh
    return event.kind not in ("release", "death") and not _ended_since(calendar, event, person, on)


def _is_latest(calendar: Calendar, event: Event, person: str, on: date) -> bool:
    """Whether no later event of the kind is known: of two releases the last is remembered."""
    others = (_first_day(e) for e in calendar.events_of(person) if e.kind == event.kind)
    return not any(_first_day(event) < other <= on for other in others)


def _ended_since(calendar: Calendar, event: Event, person: str, on: date) -> bool:
    """Whether a release was reported between the event and that day: an older arrest is over."""
    return any(
        report.status == "released" and report.as_of is not None and _first_day(event) <= report.as_of.first <= on
        for report in custody_reports(calendar, person)
    )


def _first_day(event: Event) -> date:
    return event.date.first if event.date is not None else date.min


def _anniversaries(calendar: Calendar, event: Event, span: tuple[date, date], rules: Rules) -> Iterator[Occurrence]:
    origin = event.date.day if event.date else None
    if origin is None:
        return
    is_death = event.kind == "death"
    leads = rules.death_leads if is_death else (rules.leads or ())
    for lead in sorted({0, *leads}):
        for day in _yearly_days((origin.month, origin.day), span, lead, rules.leap_day):
            if day.year <= origin.year:
                continue
            people = concerned(calendar, event, day - lead * _DAY, rules)
            if people:
                yield Occurrence(
                    day - lead * _DAY,
                    cast(OccurrenceKind, event.kind),
                    lead=lead,
                    years=day.year - origin.year,
                    people=people,
                    events=(event,),
                    slot=Slot.MEMORIAL if is_death else Slot.DAY,
                )


def _milestones(calendar: Calendar, event: Event, span: tuple[date, date], rules: Rules) -> Iterator[Occurrence]:
    """Each 500 days since a person was taken, for those whom a fresh report still has in prison."""
    origin = event.date.day if event.date else None
    if origin is None or event.kind not in CONFINING_KINDS:
        return
    first = max(span[0], origin + MILESTONE_DAYS * _DAY)
    count = -(-(first - origin).days // MILESTONE_DAYS) * MILESTONE_DAYS
    while (day := origin + count * _DAY) <= span[1]:
        people = tuple(p for p in concerned(calendar, event, day, rules) if _is_fresh(calendar, p, day, rules))
        if people:
            yield Occurrence(day, "milestone", days=count, people=people, events=(event,))
        count += MILESTONE_DAYS


def _is_fresh(calendar: Calendar, person: str, on: date, rules: Rules) -> bool:
    now = custody(calendar, person, on=on, shelf_life_days=rules.shelf_life_days)
    return now.counts_as_imprisoned and now.fresh


def _observances(observance: Observance, span: tuple[date, date], rules: Rules) -> Iterator[Occurrence]:
    month, day_of_month = (int(part) for part in observance.day.split("-"))
    leads = observance.leads if rules.leads is None else rules.leads
    for lead in sorted({0, *leads}):
        for day in _yearly_days((month, day_of_month), span, lead, rules.leap_day):
            yield Occurrence(day - lead * _DAY, "observance", lead=lead, observance=observance)


def _yearly_days(month_day: tuple[int, int], span: tuple[date, date], lead: int, leap_day: str) -> Iterator[date]:
    """The days themselves whose reminder, `lead` days before, falls in the span."""
    for year in range((span[0] + lead * _DAY).year, (span[1] + lead * _DAY).year + 1):
        day = yearly_day(*month_day, year, leap_day)
        if span[0] <= day - lead * _DAY <= span[1]:
            yield day


def _month_pages(calendar: Calendar, span: tuple[date, date], rules: Rules) -> Iterator[Occurrence]:
    """On the 1st of a month, by slot: what is known to have happened in it, on no known day."""
    for first in _firsts(span):
        concerns = [(e, people) for e in calendar.events.values() if (people := _of_month(calendar, e, first, rules))]
        for slot in Slot:
            page = [(e, p) for e, p in concerns if (e.kind == "death") == (slot is Slot.MEMORIAL)]
            if page:
                yield Occurrence(
                    first,
                    "month",
                    people=tuple(dict.fromkeys(person for _, people in page for person in people)),
                    events=tuple(event for event, _ in page),
                    slot=slot,
                )


def _of_month(calendar: Calendar, event: Event, first: date, rules: Rules) -> tuple[str, ...]:
    month = event.date.month if event.date else None
    if month is None or event.withdrawn is not None or event.kind not in YEARLY_KINDS or not is_shown(event.quotes):
        return ()
    if month[1] != first.month or month[0] >= first.year:
        return ()
    return concerned(calendar, event, first, rules)


def _firsts(span: tuple[date, date]) -> Iterator[date]:
    first = span[0] if span[0].day == 1 else (span[0].replace(day=1) + 31 * _DAY).replace(day=1)
    while first <= span[1]:
        yield first
        first = (first + 31 * _DAY).replace(day=1)


def _order(occurrence: Occurrence) -> tuple[date, str, int, str, tuple[str, ...]]:
    slot = "0" if occurrence.slot is Slot.MEMORIAL else "1"
    return (occurrence.date, slot, occurrence.lead, occurrence.kind, occurrence.record_ids)
