"""Occurrences of a day in one slot → one post: one or two in full, three or more as a list.

Pure but for rendering.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.agenda.occurrence import Occurrence, Slot
from bot.posts import buttons
from bot.posts.calls import call_caution
from bot.posts.custody_label import documents_end
from bot.posts.cuts import TEXT_CHARS, shorter
from bot.posts.dates import day_and_month
from bot.posts.entries import Entry, entry
from bot.posts.facts import fact_post
from bot.posts.people import end_together, lines_about
from bot.posts.post import Button, Post, length_utf16
from bot.posts.rendering import render
from bot.posts.titles import singles, title
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.records.collection import Calendar

__all__ = ["fact_post", "slot_post", "title"]

IN_FULL = 2


def slot_post(calendar: Calendar, occurrences: Sequence[Occurrence], voice: Voice, *, slot: Slot, on: date) -> Post:
    """The one message of a day's slot, within Telegram's limit of a text whatever the calendar holds.

    `on` is the day posted; custody is told as of `voice.on`.
    """
    entries = [entry(calendar, occurrence, voice) for occurrence in singles(calendar, occurrences, voice)]
    if len(entries) > IN_FULL:
        post = _list(entries, calendar, voice, slot=slot, on=on)
    else:
        post = _in_full(entries, calendar, voice, slot=slot, on=on)
    return shorter(replace(post, records=_records(entries)), TEXT_CHARS)


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    sources: str
    lines: list[str]


def _in_full(entries: Sequence[Entry], calendar: Calendar, voice: Voice, *, slot: Slot, on: date) -> Post:
    shown = [
        {
            "title": e.title,
            "is_memorial": e.is_memorial,
            "lines": _lines_of(e, voice),
            "quotes": e.quotes,
            "calls": e.calls,
        }
        for e in entries
    ]
    html = render(
        "posts",
        "occurrences.html.jinja",
        voice,
        calendar=calendar,
        entries=shown,
        call_caution=call_caution(voice.language),
    )
    pressed = _buttons_of_one(entries[0], calendar, voice) if len(entries) == 1 else None
    return Post(html, buttons.rows(pressed or [buttons.why_day(on, slot, voice), *_people_buttons(entries)]))


def _lines_of(of: Entry, voice: Voice) -> list[str]:
    once = end_together(of.people)
    lines = lines_about(of.people, voice, end_once=once)
    if of.people_left:
        t = translator("posts", voice.language)
        lines.append(t.ngettext("and %(count)s more", "and %(count)s more", of.people_left) % {"count": of.people_left})
    return [*lines, documents_end(voice)] if once else lines


def _buttons_of_one(of: Entry, calendar: Calendar, voice: Voice) -> list[Button | None]:
    why = buttons.why_one(of.subject, voice)
    # No text to pass on where a report of custody is past its shelf life (design, section 3, rule 4).
    fresh = not of.people_left and all(person.fresh for person in of.people)
    share = buttons.share(of.title, of.quotes, calendar, voice) if fresh else None
    if of.is_memorial:
        return [why, buttons.others_who_died(voice), share]
    if of.occurrence.observance is not None:
        return [why, buttons.remember(voice), buttons.upcoming(voice), share]
    return [why, *_people_buttons([of]), share]


def _people_buttons(entries: Sequence[Entry]) -> list[Button]:
    return buttons.people(person for e in entries for person in e.people)


def _list(entries: Sequence[Entry], calendar: Calendar, voice: Voice, *, slot: Slot, on: date) -> Post:
    """As many entries as fit, with the number of those left out."""

    def is_too_long(count: int) -> bool:
        return length_utf16(Post(_list_html(entries, count, voice, slot=slot, on=on)).text) > TEXT_CHARS

    count = bisect_left(range(1, len(entries) + 1), True, key=is_too_long)
    html = _list_html(entries, max(1, count), voice, slot=slot, on=on)
    return Post(html, buttons.rows([buttons.why_day(on, slot, voice), *_people_buttons(entries[:count])]))


def _list_html(entries: Sequence[Entry], count: int, voice: Voice, *, slot: Slot, on: date) -> str:
    shown = entries[:count]
    once = end_together([person for e in shown for person in e.people])
    t = translator("posts", voice.language)
    day = {"day": day_and_month(on, voice.language)}
    heading = t.gettext("%(day)s: in memory") if slot is Slot.MEMORIAL else t.gettext("%(day)s: dates we keep")
    return render(
        "posts",
        "list.html.jinja",
        voice,
        is_memorial=slot is Slot.MEMORIAL,
        heading=heading % day,
        items=[_Item(e.item, e.sources, _brief_lines(e, voice, end_once=once)) for e in shown],
        left=len(entries) - count,
        end_once=once,
        documents_end=documents_end(voice),
    )


def _brief_lines(of: Entry, voice: Voice, *, end_once: bool) -> list[str]:
    return lines_about([replace(person, about="") for person in of.people], voice, end_once=end_once)


def _records(entries: Sequence[Entry]) -> tuple[str, ...]:
    stated = [record for e in entries for record in e.occurrence.record_ids]
    return tuple(dict.fromkeys([*stated, *(call.id for e in entries for call in e.calls)]))
