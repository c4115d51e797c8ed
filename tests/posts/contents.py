"""Calendars of any content that the model allows, for property tests."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from bot.records.model import Call, Event, Figure, Labels, Observance, Person, Quote, Quoted, Translation
from bot.records.vocabulary import EventKind
from tests.calendars import a_person, a_source, an_event, labels, small_calendar

DAY = date(2024, 8, 1)
KINDS: tuple[EventKind, ...] = ("arrest", "detention", "sentence", "death", "release", "disappearance", "birth")
PEOPLE = tuple(f"person-{n}" for n in range(5))
SOURCES = ("report", "appeal")

AWKWARD = (
    "Jane Doe",
    "<b>",
    "</b> x",
    "&amp; &",
    "\" '",
    "a\u202eb",
    "\u202e",
    "a\x00b",
    "a\nb",
    "🕯",
    "%(name)s",
    "{{ x }}",
)
LONG = ("word " * 40, "a" * 1999, "<&🕯> " * 333, "ў" * 1000, "Ні-на " * 300)
# Mostly chosen, not made up: that is what keeps these tests quick.
texts = st.one_of(st.sampled_from(AWKWARD), st.sampled_from(LONG), st.text(min_size=1, max_size=9).filter(str.strip))
names = texts.map(labels)
days = st.sampled_from(["2020-08-01", "2022-08-01", "2021-08", "2019-08"])


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    return Quote(
        source=draw(st.sampled_from(SOURCES)),
        exact=draw(texts),
        speaker=draw(st.none() | texts),
        through=draw(st.none() | texts),
        translations={"be": Translation(text=draw(texts), reviewed=draw(st.booleans()))},
    )


some_quotes = st.lists(quotes(), min_size=1, max_size=3).map(tuple)


@st.composite
def people(draw: st.DrawFn, person_id: str) -> Person:
    reports = st.fixed_dictionaries(
        {
            "status": st.sampled_from(["imprisoned", "disappeared", "released"]),
            "date": st.sampled_from(["2024-07-20", "2023-01-01", "2024-07"]),
            "detail": st.none() | names,
            "quotes": some_quotes,
        }
    )
    return a_person(
        person_id,
        names=draw(names),
        known_for=draw(st.none() | st.builds(Quoted, labels=names, quotes=some_quotes)),
        custody=draw(st.lists(reports, max_size=2)),
    )


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    kind = draw(st.sampled_from(KINDS))
    who = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5, unique=True))
    return an_event(
        kind,
        draw(days),
        *who,
        id=f"event-{number}",
        quotes=draw(some_quotes),
        title=draw(st.none() | names),
        others=draw(st.none() | st.integers(1, 200)),
        in_custody=kind == "death" and draw(st.booleans()),
    )


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Up to five people and six events around 1 August, an observance on it, a figure and a call."""
    source = a_source("report", "2024-08-01").model_copy(update={"publisher": draw(names)})
    appeal = a_source("appeal", None).model_copy(update={"publisher": draw(names)})
    calendar = small_calendar(
        *[draw(people(person)) for person in PEOPLE],
        *[draw(events(number)) for number in range(draw(st.integers(0, 6)))],
        *draw(st.lists(observances(), max_size=1)),
        sources=(source, appeal),
    )
    call, figure = draw(calls(draw(names))), draw(figures())
    return replace(calendar, calls={call.id: call}, figures={figure.id: figure})


@st.composite
def observances(draw: st.DrawFn) -> Observance:
    return Observance(id="a-day", day="08-01", names=draw(names), country="BY", quotes=draw(some_quotes))


@st.composite
def calls(draw: st.DrawFn, by: Labels) -> Call:
    to = draw(st.none() | names)
    return Call(id="a-call", by=by, to=to, tags=("release",), countries=("BY",), quotes=draw(some_quotes))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    words = draw(st.none() | texts)
    return Figure(
        id="a-figure",
        measure="behind-bars",
        value=None if words else draw(st.integers(0, 10**12)),
        words=words,
        qualifier=draw(st.sampled_from(["at least", "more than", "nearly", "about", None])),
        country=draw(st.sampled_from(["BY", "XX", None])),
        date=draw(st.none() | days.map(PartialDate.parse)),
        quotes=draw(some_quotes),
    )
