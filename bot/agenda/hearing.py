"""What a chat with given wishes hears on one of its own days.

Pure. Both planning (is there anything?) and composing (what is it?) ask here, so they agree.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.agenda.facts import Fact, fact_of
from bot.agenda.occurrence import Occurrence, Slot
from bot.agenda.occurrences import DEFAULT_RULES, Rules, occurrences
from bot.agenda.wishes import Wishes
from bot.records.collection import Calendar

Heard = tuple[Occurrence, ...] | Fact
Span = tuple[date, date]

EVERYTHING = "all"
OBSERVANCES = "days"
# A chat that wants nothing beyond the people it follows: an empty list of topics means everything.
FOLLOWS_ONLY = "follows"


def heard(calendar: Calendar, wishes: Wishes, *, on: date, rules: Rules = DEFAULT_RULES) -> Mapping[Slot, Heard]:
    """The posts of that day by slot: occurrences, or on a quiet day perhaps a fact; empty if none."""
    slots = _slots(calendar, wishes, on, rules)
    if slots:
        return slots
    fact = _fact(calendar, wishes, on, rules)
    return {fact.slot: fact} if fact is not None else {}


def wants(calendar: Calendar, wishes: Wishes, occurrence: Occurrence) -> Occurrence | None:
    """The occurrence as this chat gets it: its people narrowed to those asked for; None if none are."""
    topics = wishes.topics or frozenset({EVERYTHING})
    if EVERYTHING in topics:
        return occurrence
    if occurrence.observance is not None:
        country = occurrence.observance.country
        return occurrence if OBSERVANCES in topics or f"country:{country}" in topics else None
    people = tuple(
        p for p in occurrence.people if p in wishes.followed or f"country:{calendar.people[p].country.code}" in topics
    )
    if not people:
        return None
    events = tuple(event for event in occurrence.events if set(event.people) & set(people))
    return replace(occurrence, people=people, events=events)


def span_told(wishes: Wishes, on: date) -> Span | None:
    """The first and last day of what is told on `on`: that day, or the week or month of which it is the first.

    None on the other days of a week or month that comes as a round-up.
    """
    if wishes.rhythm == "each":
        return on, on
    if wishes.rhythm == "weekly":
        return (on, on + timedelta(days=6)) if on.weekday() == 0 else None
    return (on, on.replace(day=monthrange(on.year, on.month)[1])) if on.day == 1 else None


def told_on(calendar: Calendar, wishes: Wishes, on: date, rules: Rules = DEFAULT_RULES) -> list[Occurrence]:
    """Every occurrence that is told on `on` at the leads and rhythm of these wishes, whatever their topics.

    A round-up tells each date once: it is the reminder before it, and has none of its own.
    """
    span = span_told(wishes, on)
    if span is None:
        return []
    leads = wishes.leads if wishes.rhythm == "each" else ()
    return occurrences(calendar, *span, replace(rules, leads=leads))


def _slots(calendar: Calendar, wishes: Wishes, on: date, rules: Rules) -> dict[Slot, Heard]:
    slots: dict[Slot, tuple[Occurrence, ...]] = {}
    for occurrence in told_on(calendar, wishes, on, rules):
        wanted = wants(calendar, wishes, occurrence)
        if wanted is not None:
            slots[wanted.slot] = (*slots.get(wanted.slot, ()), wanted)
    return dict(slots)


def _fact(calendar: Calendar, wishes: Wishes, on: date, rules: Rules) -> Fact | None:
    if wishes.facts == "never" or span_told(wishes, on) is None:
        return None
    topics = wishes.topics or frozenset({EVERYTHING})
    countries = frozenset(topic.removeprefix("country:") for topic in topics if topic.startswith("country:"))
    if EVERYTHING in topics:
        countries = frozenset()
    elif not countries:
        return None  # solidarity days or followed people only: a fact would be about somebody else
    if wishes.rhythm != "each":
        return fact_of(calendar, countries, on=on)  # in place of a round-up with nothing in it
    if wishes.facts == "daily":
        return fact_of(calendar, countries, on=on, every_days=1)
    # One a week, on its first quiet day: a week that opens with an anniversary still gets its fact.
    monday = on - timedelta(days=on.weekday())
    before = (monday + timedelta(days=n) for n in range(on.weekday()))
    if any(not _slots(calendar, wishes, day, rules) for day in before):
        return None
    return fact_of(calendar, countries, on=monday)
