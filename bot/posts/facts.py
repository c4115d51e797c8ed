"""The fact of a quiet day as a post: a person, an event, a figure or a call.

Pure but for rendering.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.agenda.facts import Fact
from bot.agenda.occurrence import Slot
from bot.posts import buttons
from bot.posts.calls import call_caution, call_line
from bot.posts.citations import telling
from bot.posts.cuts import shorter
from bot.posts.dates import capitalised
from bot.posts.figures import figure_heading, figure_line
from bot.posts.people import portrait, portraits, told_lines
from bot.posts.phrases import event_phrase
from bot.posts.post import Button, Post
from bot.posts.rendering import render
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from bot.records.custody import custody
from bot.records.model import Call, Event, Figure, Quote


@dataclass(frozen=True, slots=True)
class _Told:
    heading: str
    lines: Sequence[str]
    quotes: Sequence[Quote]
    buttons: Sequence[Button | None]
    records: tuple[str, ...]
    caution: str = ""


def fact_post(calendar: Calendar, fact: Fact, voice: Voice) -> Post:
    """The post of a fact; KeyError where its record is not in the calendar."""
    told = _told(calendar, fact.record_id, voice)
    html = render(
        "posts",
        "fact.html.jinja",
        voice,
        calendar=calendar,
        is_memorial=fact.slot is Slot.MEMORIAL,
        heading=told.heading,
        lines=told.lines,
        quotes=told.quotes,
        caution=told.caution,
    )
    return shorter(Post(html, buttons.rows(told.buttons), records=told.records))


def _told(calendar: Calendar, record_id: str, voice: Voice) -> _Told:
    if record_id in calendar.people:
        return _person(calendar, record_id, voice)
    if record_id in calendar.events:
        return _event(calendar, calendar.events[record_id], voice)
    if record_id in calendar.figures:
        return _figure(calendar, calendar.figures[record_id], voice)
    return _call(calendar, calendar.calls[record_id], voice)


def _person(calendar: Calendar, person_id: str, voice: Voice) -> _Told:
    shown = portrait(calendar, person_id, voice)
    now = custody(calendar, person_id, on=voice.on, shelf_life_days=voice.shelf_life_days)
    pressed = [buttons.person(shown)]
    if now.status == "died":
        deaths = [e for e in calendar.events_of(person_id) if e.kind == "death"]
        heading = capitalised(event_phrase(deaths[0], calendar, voice.language, people=(person_id,)))
        records = (deaths[0].id, person_id)
        pressed = [buttons.why_one(deaths[0].id, voice), buttons.others_who_died(voice)]
        return _Told(heading, told_lines([shown], voice), telling(deaths[0].quotes, death=True), pressed, records)
    record = calendar.people[person_id]
    said = [*now.quotes, *(record.known_for.quotes if record.known_for else ()), *record.country.quotes]
    return _Told(shown.name, told_lines([shown], voice), telling(said), pressed, (person_id,))


def _event(calendar: Calendar, event: Event, voice: Voice) -> _Told:
    people = portraits(calendar, event.people, voice)
    pressed = [buttons.why_one(event.id, voice), *buttons.people(people)]
    return _Told(
        capitalised(event_phrase(event, calendar, voice.language)),
        told_lines(people, voice, left=len(event.people) - len(people)),
        telling(event.quotes, death=event.kind == "death"),
        pressed,
        (event.id, *event.people),
    )


def _figure(calendar: Calendar, figure: Figure, voice: Voice) -> _Told:
    line = figure_line(figure, calendar, voice)
    pressed = [buttons.why_one(figure.id, voice)]
    return _Told(figure_heading(figure, voice.language), [line], telling(figure.quotes), pressed, (figure.id,))


def _call(calendar: Calendar, call: Call, voice: Voice) -> _Told:
    heading = call_line(call, calendar, voice.language)
    pressed = [buttons.why_one(call.id, voice)]
    return _Told(heading, [], telling(call.quotes), pressed, (call.id,), call_caution(voice.language))
