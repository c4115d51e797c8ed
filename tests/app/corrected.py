"""A small calendar, a post of it, and what takes its place once the calendar has changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import Rules
from bot.agenda.wishes import Wishes
from bot.app.edition import CalendarEdition
from bot.chats.address import ChatKind
from bot.outbox.edition import ChatView
from bot.posts.post import Post
from bot.posts.stated import Stated, read_stated, write_stated
from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from tests.calendars import a_person, a_quote, a_source, an_event, labels, small_calendar

ON = date(2027, 3, 1)
CORRECTED_ON = date(2027, 3, 9)
ARREST = "jane-doe-arrest-2024-03-01"
FIRST_LINE = "Correction, 9 March 2027: this post replaces an earlier one."
WITHDRAWN = f"{FIRST_LINE} What that one stated is withdrawn."
QUOTE = "Jane Doe was taken from her home."
Change = Callable[[Calendar], Calendar]


def calendar() -> Calendar:
    """An arrest on 1 March 2024, of whom a report says that she is in prison."""
    arrest = an_event("arrest", "2024-03-01", quotes=(a_quote(QUOTE), a_quote("She was arrested.")))
    report = {"status": "imprisoned", "date": PartialDate.parse("2027-02-20"), "quotes": (a_quote(),)}
    known = {"labels": labels("journalist"), "quotes": (a_quote(),)}
    return small_calendar(arrest, a_person(custody=[report], known_for=known), sources=(a_source(), a_source("other")))


def edition_of(records: Calendar) -> CalendarEdition:
    return CalendarEdition(records, Rules(), None)


def told(records: Calendar, *, on: date = ON, slot: Slot = Slot.DAY, language: str = "en", **wishes: object) -> Post:
    wanted = Wishes(**({"facts": "never"} | wishes))  # type: ignore[arg-type]
    view = ChatView(language, wanted, ChatKind.CHANNEL, pictures=True)
    post = edition_of(records).compose(view, slot, on)
    assert post is not None
    assert post.stated is not None
    return post


def stated(post: Post) -> Stated:
    """What it stated, as it comes back from the database."""
    assert post.stated is not None
    read = read_stated(write_stated(post.stated))
    assert read == post.stated
    return read


def corrected(before: Post, records: Calendar) -> Post:
    edition = edition_of(records)
    assert not edition.stands(stated(before))
    post = edition.corrected(stated(before), CORRECTED_ON)
    assert post is not None
    return post


def with_event(records: Calendar, event_id: str = ARREST, **update: object) -> Calendar:
    event = records.events[event_id].model_copy(update=update)
    return replace(records, events=dict(records.events) | {event_id: event})


def with_person(records: Calendar, person_id: str = "jane-doe", **update: object) -> Calendar:
    person = records.people[person_id].model_copy(update=update)
    return replace(records, people=dict(records.people) | {person_id: person})


def without_event(records: Calendar, event_id: str = ARREST) -> Calendar:
    return replace(records, events={i: event for i, event in records.events.items() if i != event_id})


def with_other(records: Calendar) -> Calendar:
    other = small_calendar(an_event("arrest", "2024-03-01", "joe-bloggs"))
    both = dict(records.people) | dict(other.people)
    return replace(records, people=both, events=dict(records.events) | dict(other.events))
