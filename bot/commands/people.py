"""/prisoner and /remember: one person, or those who died in custody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.agenda.occurrences import is_shown
from bot.commands.asking import Asking
from bot.commands.dates_ahead import ahead, ahead_of_person, told
from bot.commands.finder import Match
from bot.commands.followed import follow_button
from bot.commands.labels import date_label, event_label
from bot.commands.replies import Paging, Row, button, paged, reply, rows_of, show
from bot.commands.request import Reply
from bot.commands.typed import LONGEST_ARGUMENT, split_page
from bot.posts import buttons
from bot.posts.citations import sources_line
from bot.posts.figures import country_name
from bot.posts.people import Portrait, portrait
from bot.posts.post import Button
from bot.posts.wording import name_of
from bot.records.custody import Custody, custody
from bot.records.model import Event, Person, Quote

MOST_NAMES = 8
NEXT_DATES = 3
PARTS_OF_A_PERSON = 30


@dataclass(frozen=True, slots=True)
class _Line:
    """An event of a time-line: when, what, by whom reported."""

    when: str
    what: str
    sources: str
    of_group: bool


async def prisoner(asking: Asking) -> Reply:
    """The person meant by a name or an id; several or the nearest names where it is not clear who."""
    name, page = split_page(asking.argument)
    if not name:
        return _ask_for_a_name(asking)
    if name.lower() in asking.calendar.people:
        return await _person(asking, name.lower(), page)
    if len(name) > LONGEST_ARGUMENT:
        return reply(asking.t.gettext("That is too long for a name: send the surname, or the first name and surname."))
    return await found_by_name(asking, find(asking, name))


async def found_by_name(asking: Asking, matches: Sequence[Match]) -> Reply:
    """One sure match is shown; one near match too, and that it is the only one; of several the names."""
    known = [match for match in matches if match.person_id in asking.calendar.people]
    sure = [match for match in known if match.match == "sure"]
    if len(sure) == 1:
        return await _person(asking, sure[0].person_id, None)
    meant = sure or [match for match in known if match.match == "near"]
    if len(meant) == 1:
        return await _person(asking, meant[0].person_id, None, only_near=True)
    people = [asking.calendar.people[match.person_id] for match in (meant or known)[:MOST_NAMES]]
    told = [(_name(asking, p), _about(asking, p)) for p in people]
    html = show(asking, "names", people=told, several=bool(meant), more=len(meant) > MOST_NAMES)
    if not people:
        return reply(html, *_ways(asking))
    return reply(html, *_people_rows(asking, people))


def matches_of_text(asking: Asking) -> list[Match]:
    """The people that plain text may be meant to name; none where it looks like no name."""
    if not asking.argument or len(asking.argument) > LONGEST_ARGUMENT // 3:
        return []
    # One word may be a first name; of several, a chance likeness is no name.
    is_one_word = " " not in asking.argument
    return [match for match in find(asking, asking.argument) if is_one_word or match.match != "maybe"]


async def remember(asking: Asking) -> Reply:
    """Those who died in custody, by country, each with the date at the precision given."""
    _, page = split_page(asking.argument)
    deaths = [e for e in asking.calendar.events.values() if _is_death_in_custody(e)]
    dead = [(asking.calendar.people[p], e) for e in deaths for p in e.people]
    dead.sort(key=lambda one: (one[0].country.code, one[1].date is None, str(one[1].date), one[0].id))
    rendered = show(asking, "remember", dead=[(_name(asking, p), _line(asking, e)) for p, e in dead])
    paging = Paging(
        "/remember",
        page,
        [_person_button(asking, person) for person, _ in dead],
        [country_name(person.country.code, asking.language) for person, _ in dead],
        a_row=2,
    )
    return paged(asking, rendered, paging, records=[event.id for _, event in dead])


def _ask_for_a_name(asking: Asking) -> Reply:
    """How to ask, with the people whose dates come next one tap away."""
    coming = ahead(asking.calendar, asking.on, asking.desk.rules, enough=MOST_NAMES)
    ids = dict.fromkeys(person for occurrence in coming for person in occurrence.people)
    people = [asking.calendar.people[person] for person in list(ids)[:MOST_NAMES]]
    return reply(show(asking, "ask_name", people=bool(people)), *_people_rows(asking, people), *_ways(asking))


async def _person(asking: Asking, person_id: str, page: int | None, *, only_near: bool = False) -> Reply:
    calendar, voice = asking.calendar, asking.voice
    person = calendar.people[person_id]
    now = custody(calendar, person_id, on=asking.on, shelf_life_days=voice.shelf_life_days)
    events = _timeline(asking, person_id, now)
    next_dates = ahead_of_person(calendar, person_id, asking.on, asking.desk.rules, enough=NEXT_DATES)
    name = _name(asking, person)
    rendered = show(
        asking,
        "person",
        name=name,
        only_near=only_near,
        also=_also_written(person, name),
        died=now.status == "died",
        about=portrait(calendar, person_id, voice).about,
        about_sources=sources_line(_about_quotes(person, now), calendar, asking.language),
        custody=now,
        events=[_line(asking, event) for event in events],
        dates=told(calendar, next_dates, voice),
        quotes=_distinct(now, events),
    )
    rows = await _person_rows(asking, person_id, now)
    answer = paged(
        asking,
        rendered,
        Paging(f"/prisoner {person_id}", page, rows=rows, most=PARTS_OF_A_PERSON),
        records=[person_id, *(event.id for event in events)],
    )
    # A page that is leafed to takes the place of a text, which can hold no picture.
    return answer if page is not None else _pictured(asking, answer, portrait(calendar, person_id, voice), events)


def _pictured(asking: Asking, answer: Reply, person: Portrait, events: Sequence[Event]) -> Reply:
    """The answer with the person's time-line as a picture, where pictures are wanted and the text fits beneath one."""
    from bot.posts.timeline import with_timeline  # noqa: PLC0415 (fonts and layout: only a picture needs them)

    if not asking.pictures or asking.discreet:
        return answer
    now = custody(asking.calendar, person.id, on=asking.on, shelf_life_days=asking.voice.shelf_life_days)
    source = sources_line(_distinct(now, events), asking.calendar, asking.language)
    (post,) = answer.posts
    told = [_point(asking, event) for event in events]
    return replace(answer, posts=(with_timeline(post, person, told, source, voice=asking.voice),))


def _point(asking: Asking, event: Event) -> str:
    """An event on the picture: `21 June 2025: release`."""
    line = _line(asking, event)
    group = f". {asking.t.gettext('Said of a group, not of each in it.')}" if line.of_group else ""
    return f"{line.when}: {line.what}{group}"


def _timeline(asking: Asking, person_id: str, now: Custody) -> list[Event]:
    """A person's events, oldest first and undated ones last.

    A birthday is told of nobody released, dead, or past the shelf life of the last report.
    """
    tells_birth = now.counts_as_imprisoned and now.fresh
    events = [
        e for e in asking.calendar.events_of(person_id) if is_shown(e.quotes) and (e.kind != "birth" or tells_birth)
    ]
    return sorted(events, key=lambda e: (e.date is None, e.date.first if e.date else asking.on, e.id))


def _distinct(now: Custody, events: Sequence[Event]) -> list[Quote]:
    """The passages behind the time-line and the custody, each once."""
    said = [quote for event in events for quote in event.quotes] + list(now.quotes)
    quotes = list({(q.source, q.exact): q for q in said if q.is_shown}.values())
    return [q for q in quotes if not any(_stands_in(q, other) for other in quotes)]


def _stands_in(quote: Quote, other: Quote) -> bool:
    """Whether a longer quote of the same document and voice holds all of this one."""
    same_voice = (quote.source, quote.speaker, quote.through) == (other.source, other.speaker, other.through)
    return same_voice and quote.exact != other.exact and quote.exact in other.exact


def _also_written(person: Person, name: str) -> list[str]:
    """The spellings of documents, and those of the languages that every record has: all would bury them."""
    names = {person.names.en, person.names.be, person.names.ru}
    return sorted(names.union(spelling.name for spelling in person.spellings) - {name})


def _line(asking: Asking, event: Event) -> _Line:
    sources = sources_line(event.quotes, asking.calendar, asking.language)
    return _Line(date_label(event, asking.t), event_label(event, asking.t), sources, event.of_group)


def _is_death_in_custody(event: Event) -> bool:
    return event.kind == "death" and event.in_custody and event.withdrawn is None and is_shown(event.quotes)


def find(asking: Asking, name: str) -> Sequence[Match]:
    """The people that a name may mean, best first."""
    return asking.desk.finder(asking.calendar).find(name, limit=MOST_NAMES + 1)


def _name(asking: Asking, person: Person) -> str:
    return name_of(person, asking.language)


def _about(asking: Asking, person: Person) -> str:
    return portrait(asking.calendar, person.id, asking.voice).about


def _about_quotes(person: Person, now: Custody) -> tuple[Quote, ...]:
    """The quotes behind what a person is known for, and after a death behind the age."""
    known = person.known_for.quotes if person.known_for else ()
    return (*known, *(person.age.quotes if person.age and now.status == "died" else ()))


def _person_button(asking: Asking, person: Person) -> Button:
    return button(_name(asking, person), f"/prisoner {person.id}")


def _people_rows(asking: Asking, people: Sequence[Person]) -> list[Row]:
    return rows_of((_person_button(asking, person) for person in people), 2)


async def _person_rows(asking: Asking, person_id: str, now: Custody) -> tuple[Row, ...]:
    why = buttons.why_one(person_id, asking.voice)
    row = (why, buttons.others_who_died(asking.voice)) if now.status == "died" else (why,)
    return (row, (await follow_button(asking, person_id),)) if asking.is_private else (row,)


def _ways(asking: Asking) -> list[Row]:
    """Other ways to find somebody."""
    return [(buttons.upcoming(asking.voice), buttons.remember(asking.voice))]
