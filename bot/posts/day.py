"""Occurrences of a day in one slot → one post: one or two in full, three or more as a list.

Pure but for rendering.
"""

from collections.abc import Sequence
from datetime import date

from bot.agenda.occurrence import Occurrence, Slot
from bot.posts import buttons
from bot.posts.calls import call_caution
from bot.posts.cuts import fits_without_quotations, shorter
from bot.posts.entries import Entry, entry, stated
from bot.posts.facts import fact_post
from bot.posts.lists import MOST_IN_A_LIST, list_post
from bot.posts.people import told_lines
from bot.posts.post import Button, Post
from bot.posts.rendering import render
from bot.posts.titles import singles, title
from bot.posts.voice import Voice
from bot.records.collection import Calendar

__all__ = ["fact_post", "slot_post", "title"]

IN_FULL = 2


def slot_post(calendar: Calendar, occurrences: Sequence[Occurrence], voice: Voice, *, slot: Slot, on: date) -> Post:
    """The one message of a day's slot, within Telegram's limit of a text whatever the calendar holds.

    `on` is the day posted; custody is told as of `voice.on`.
    """
    told = singles(calendar, occurrences, voice)
    entries = [entry(calendar, occurrence, voice) for occurrence in told[:MOST_IN_A_LIST]]
    if len(told) > IN_FULL:
        return shorter(list_post(entries, voice, slot=slot, on=on, total=len(told)))
    return shorter(_in_full(entries, calendar, voice, slot=slot, on=on))


def _in_full(entries: Sequence[Entry], calendar: Calendar, voice: Voice, *, slot: Slot, on: date) -> Post:
    html = _full_html(entries, calendar, voice)
    if not fits_without_quotations(html):
        html = _full_html([one.without_about() for one in entries], calendar, voice)
    if len(entries) == 1:
        pressed = _buttons_of_one(entries[0], calendar, voice)
    else:
        pressed = [buttons.why_day(on, slot, voice), *_people_buttons(entries)]
    return Post(html, buttons.rows(pressed), records=stated(entries))


def _full_html(entries: Sequence[Entry], calendar: Calendar, voice: Voice) -> str:
    lines = [told_lines(one.people, voice, left=one.people_left) for one in entries]
    told = list(zip(entries, lines, strict=True))
    caution = call_caution(voice.language)
    return render("posts", "occurrences.html.jinja", voice, calendar=calendar, entries=told, call_caution=caution)


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
