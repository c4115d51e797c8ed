"""What a post told, found again in the calendar as it now stands; and what it tells, put down to be found.

Pure. An occurrence is found by its event or observance and not by the chat's wishes, which may have
changed since: whoever got the same post gets the same correction.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.agenda.facts import Fact, may_be_told_unasked
from bot.agenda.hearing import Heard
from bot.agenda.occurrence import Occurrence, Slot
from bot.agenda.occurrences import Rules, concerned, is_shown, occurrences
from bot.posts.claims import Claims
from bot.posts.post import Post
from bot.posts.stated import Stated, StatedOccurrence
from bot.records.collection import Calendar
from bot.records.custody import custody
from bot.records.model import Event


def with_stated(post: Post, calendar: Calendar, what: Heard, stated: Stated, rules: Rules) -> Post:
    """The post with what it states; `stated` has the language, days and slot."""
    fact = what.record_id if isinstance(what, Fact) else None
    told = () if isinstance(what, Fact) else tuple(_put_down(calendar, one, rules) for one in what)
    claims = Claims(calendar, stated.language, stated.on).told(post.records, fact=fact)
    picture = hashlib.sha256(post.picture.png).hexdigest() if post.picture else None
    body = hashlib.sha256(post.html.encode()).hexdigest()
    full = replace(stated, claims=claims, occurrences=told, fact=fact, body=body, picture=picture)
    return replace(post, stated=full)


def stands(calendar: Calendar, stated: Stated) -> bool:
    """Whether all that a post stated could still be said."""
    return Claims(calendar, stated.language, stated.on).stand(stated.claims)


def heard_again(calendar: Calendar, stated: Stated, rules: Rules) -> Heard | None:
    """What the post is about, as the calendar now has it; None where all of it fell."""
    now = _Renamed(calendar, stated)
    if stated.fact is not None:
        return _fact(calendar, now.id_of(stated.fact), stated)
    leads = tuple(told.lead for told in stated.occurrences)
    on_day = occurrences(calendar, stated.on, stated.last, replace(rules, leads=leads, death_leads=leads))
    told = [now.told(one) for one in stated.occurrences]
    found = [again for one in on_day if one.slot is stated.slot and (again := _again(one, told)) is not None]
    return tuple(found) or _moved(calendar, told, stated, rules)


class _Renamed:
    """The records of a post by the ids they have now."""

    def __init__(self, calendar: Calendar, stated: Stated) -> None:
        claims = Claims(calendar, stated.language, stated.on)
        self._now = {claimed.record.partition(":")[2]: claims.present(claimed) for claimed in stated.claims}

    def id_of(self, record: str) -> str:
        """The id now; the old one where nothing was claimed of it, or it fell."""
        return self._now.get(record) or record

    def told(self, occurrence: StatedOccurrence) -> StatedOccurrence:
        """The occurrence with its records by their ids now."""
        return replace(
            occurrence,
            events=tuple(map(self.id_of, occurrence.events)),
            observance=self.id_of(occurrence.observance) if occurrence.observance else None,
            people=tuple(map(self.id_of, occurrence.people)),
        )


def _put_down(calendar: Calendar, occurrence: Occurrence, rules: Rules) -> StatedOccurrence:
    everyone = {p for event in occurrence.events for p in concerned(calendar, event, occurrence.date, rules)}
    return StatedOccurrence(
        events=tuple(event.id for event in occurrence.events),
        observance=occurrence.observance.id if occurrence.observance else None,
        people=() if everyone <= set(occurrence.people) else occurrence.people,
        lead=occurrence.lead,
        is_milestone=occurrence.kind == "milestone",
        is_month=occurrence.kind == "month",
    )


def _again(occurrence: Occurrence, told: Sequence[StatedOccurrence]) -> Occurrence | None:
    """An occurrence of today's calendar, narrowed to what was told of it; None if nothing was."""
    for one in told:
        events = tuple(event for event in occurrence.events if event.id in one.events)
        if not _same_form(occurrence, one) or (not events and occurrence.observance is None):
            continue
        people = occurrence.people
        if one.people or occurrence.kind == "month":
            people = tuple(p for p in people if _is_told(p, events, one.people))
            events = tuple(event for event in events if set(event.people) & set(people))
            if not people:
                continue
        return replace(occurrence, events=events, people=people)
    return None


def _same_form(occurrence: Occurrence, told: StatedOccurrence) -> bool:
    observance = occurrence.observance.id if occurrence.observance else None
    kind = (occurrence.kind == "milestone", occurrence.kind == "month")
    return (occurrence.lead, observance, *kind) == (told.lead, told.observance, told.is_milestone, told.is_month)


def _is_told(person: str, events: Sequence[Event], people: Collection[str]) -> bool:
    return person in people if people else any(person in event.people for event in events)


def _fact(calendar: Calendar, record: str, stated: Stated) -> Fact | None:
    claim = calendar.events.get(record) or calendar.figures.get(record) or calendar.calls.get(record)
    if record in calendar.people:
        died = custody(calendar, record, on=stated.on).status == "died"
        return Fact(record, Slot.MEMORIAL if died else Slot.DAY)
    if claim is None or not may_be_told_unasked(claim) or not is_shown(claim.quotes):
        return None
    return None if isinstance(claim, Event) and claim.withdrawn is not None else Fact(record)


def _moved(calendar: Calendar, told: Sequence[StatedOccurrence], stated: Stated, rules: Rules) -> Fact | None:
    """A single event that is of another day now: told with its date, if it still concerns all its people."""
    events = [calendar.events[event] for one in told for event in one.events if event in calendar.events]
    if len(events) != 1 or events[0].withdrawn is not None or not is_shown(events[0].quotes):
        return None
    (event,) = events
    return Fact(event.id, stated.slot) if concerned(calendar, event, stated.on, rules) == event.people else None
