"""What is offered to somebody who types `@bot name` in another chat: people, dates and facts as cards.

Imports no transport. A query is answered and forgotten: nothing of it is written down or logged.
"""

from dataclasses import dataclass

from bot.agenda.facts import Fact, fact_of
from bot.agenda.hearing import EVERYTHING
from bot.agenda.occurrence import Occurrence
from bot.commands.asking import Asking
from bot.commands.dates_ahead import ahead
from bot.commands.people import find
from bot.commands.typed import LONGEST_ARGUMENT
from bot.posts.day import fact_post, slot_post, title
from bot.posts.people import portrait
from bot.posts.post import Post
from bot.posts.wording import name_of

DATES, PEOPLE = 5, 8


@dataclass(frozen=True, slots=True)
class Card:
    """One offer: `id` is unique among those of a query, `post` what is sent when it is chosen."""

    id: str
    title: str
    description: str
    post: Post


def cards(asking: Asking) -> list[Card]:
    """The people whom the argument may name; without one, the next dates and the fact of the day."""
    name = asking.argument
    if len(name) > LONGEST_ARGUMENT:
        return []
    if not name:
        return [*_dates(asking), *_fact(asking)]
    matches = [match for match in find(asking, name) if match.match != "maybe"]
    known = [match.person_id for match in matches if match.person_id in asking.calendar.people]
    return [_person(asking, person_id) for person_id in known[:PEOPLE]]


def _person(asking: Asking, person_id: str) -> Card:
    name = name_of(asking.calendar.people[person_id], asking.language)
    about = portrait(asking.calendar, person_id, asking.voice).about
    return Card(f"person {person_id}"[:64], name, about, fact_post(asking.calendar, Fact(person_id), asking.voice))


def _dates(asking: Asking) -> list[Card]:
    coming = ahead(asking.calendar, asking.on, asking.desk.rules, enough=DATES)
    return [_date(asking, number, occurrence) for number, occurrence in enumerate(coming)]


def _date(asking: Asking, number: int, of: Occurrence) -> Card:
    post = slot_post(asking.calendar, [of], asking.voice, slot=of.slot, on=of.date)
    return Card(f"date {number}", title(asking.calendar, of, asking.voice), "", post)


def _fact(asking: Asking) -> list[Card]:
    countries = frozenset(t.removeprefix("country:") for t in asking.wishes.topics if t.startswith("country:"))
    wanted = frozenset[str]() if EVERYTHING in asking.wishes.topics else countries
    fact = fact_of(asking.calendar, wanted, on=asking.on, every_days=1)
    if fact is None:
        return []
    return [Card("fact", asking.t.gettext("A fact"), "", fact_post(asking.calendar, fact, asking.voice))]
