"""The fact of a quiet day: a pure function of calendar and date that comes round to everyone.

Pure. Facts are people first of all, then events, figures and calls, so that nobody is forgotten.
"""

from dataclasses import dataclass
from datetime import date

from bot.agenda.occurrence import Slot
from bot.records.collection import Calendar
from bot.records.custody import custody
from bot.records.model import Call, Event, Figure, Quote

# Sums of money and lists for sanctions are told when asked for, not by themselves: in Belarus
# people were convicted for calls for sanctions.
_ON_REQUEST = frozenset({"assets", "sanctions-list"})
_BY_THEMSELVES = frozenset({"release", "care"})


@dataclass(frozen=True, slots=True)
class Fact:
    """The record told on a quiet day: the id of a person, event, figure or call."""

    record_id: str
    slot: Slot = Slot.DAY


def fact_of(calendar: Calendar, countries: frozenset[str], *, on: date, every_days: int = 7) -> Fact | None:
    """The fact for that day; countries empty means all; None where there is nothing to tell.

    Each step of `every_days` takes the next record, so the round ends only when all had their turn.
    """
    pool = _pool(calendar, countries)
    if not pool:
        return None
    record_id = pool[on.toordinal() // every_days % len(pool)]
    died = record_id in calendar.people and custody(calendar, record_id, on=on).status == "died"
    return Fact(record_id, Slot.MEMORIAL if died else Slot.DAY)


def may_be_told_unasked(claim: Event | Figure | Call) -> bool:
    """Whether a claim may stand in a post that nobody asked for (design, section 3, rule 9)."""
    if isinstance(claim, Figure):
        return claim.measure not in _ON_REQUEST
    is_conditional = isinstance(claim, Call) and claim.conditional
    return not is_conditional and _BY_THEMSELVES.issuperset(claim.tags)


def _pool(calendar: Calendar, countries: frozenset[str]) -> list[str]:
    people = [i for i, p in calendar.people.items() if _within(frozenset({p.country.code}), countries)]
    events = [
        i
        for i, e in calendar.events.items()
        if not e.people
        and e.withdrawn is None
        and may_be_told_unasked(e)
        and _within(_one(e.country), countries)
        and _shown(e.quotes)
    ]
    figures = [i for i, f in calendar.figures.items() if may_be_told_unasked(f) and _within(_one(f.country), countries)]
    calls = [
        i for i, c in calendar.calls.items() if may_be_told_unasked(c) and _within(frozenset(c.countries), countries)
    ]
    return [*sorted(people), *sorted(events), *sorted(figures), *sorted(calls)]


def _one(country: str | None) -> frozenset[str]:
    return frozenset({country}) if country is not None else frozenset()


def _within(of: frozenset[str], wanted: frozenset[str]) -> bool:
    return not wanted or bool(of & wanted)


def _shown(quotes: tuple[Quote, ...]) -> bool:
    return any(quote.is_shown for quote in quotes)
