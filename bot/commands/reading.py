"""/today, /upcoming and /fact: what the calendar says of days."""

from dataclasses import replace
from datetime import date, timedelta

from bot.agenda.facts import fact_of
from bot.agenda.hearing import EVERYTHING, heard, span_told
from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import occurrences
from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.dates_ahead import DateAhead, ahead, told
from bot.commands.followed import followed_here
from bot.commands.pages import PARTS_A_PAGE
from bot.commands.replies import Paging, paged, reply, show
from bot.commands.request import Reply
from bot.commands.typed import split_page
from bot.posts import buttons
from bot.posts.composing import composed
from bot.posts.day import fact_post, slot_post
from bot.posts.post import Button, Post

NEXT_DATES = 3
# A year of facts ahead: further on they would only come round again.
_FACTS_AHEAD = 366


async def today(asking: Asking) -> Reply:
    """The posts of the chat's own day, or on a quiet day the dates that come next."""
    found = occurrences(asking.calendar, asking.on, asking.on, replace(asking.desk.rules, leads=asking.wishes.leads))
    posts = [
        slot_post(asking.calendar, of_slot, asking.voice, slot=slot, on=asking.on)
        for slot in Slot
        if (of_slot := [o for o in found if o.slot is slot])
    ]
    if posts:
        return Reply(tuple(posts))
    dates = told(asking.calendar, ahead(asking.calendar, asking.on, asking.desk.rules, enough=NEXT_DATES), asking.voice)
    html = show(asking, "quiet", on=asking.on, dates=dates)
    return reply(html, (offers.fact(asking.t), buttons.upcoming(asking.voice)))


async def post(asking: Asking) -> Reply:
    """The post of a day and slot as this chat would have got it: what the button of a discreet one shows."""
    day, _, name = asking.argument.partition(" ")
    slot = next((slot for slot in Slot if slot.value == name), None)
    on = _day(day)
    if slot is None or on is None:
        return await today(asking)
    wishes = replace(asking.wishes, followed=await followed_here(asking))
    what = heard(asking.calendar, wishes, on=on, rules=asking.desk.rules).get(slot)
    if what is None:
        return reply(asking.t.gettext("Nothing is left to tell of that day."), (buttons.upcoming(asking.voice),))
    span = span_told(wishes, on) or (on, on)
    return Reply((composed(asking.calendar, what, asking.voice, slot=slot, span=span, pictured=False),))


def _day(text: str) -> date | None:
    """A day about now: posts are not made for others."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None


async def today_or_fact(asking: Asking) -> Reply:
    """The posts of today, or on a quiet day a fact: what a post is like."""
    if occurrences(asking.calendar, asking.on, asking.on, asking.desk.rules):
        return await today(asking)
    return await fact(asking)


async def upcoming(asking: Asking) -> Reply:
    """The dates of the year to come, page by page."""
    _, page = split_page(asking.argument)
    # One more than the pages up to this one hold, so that it is known whether another follows.
    found = ahead(asking.calendar, asking.on, asking.desk.rules, enough=PARTS_A_PAGE * (page or 1) + 1)
    dates = told(asking.calendar, found, asking.voice)
    rendered = show(asking, "upcoming", dates=dates)
    numbered = [_numbered(n, date) for n, date in enumerate(dates, start=1)]
    return paged(asking, rendered, Paging("/upcoming", page, numbered, a_row=PARTS_A_PAGE))


async def fact(asking: Asking) -> Reply:
    """The fact of the day, and with a number that of so many days later."""
    _, number = split_page(asking.argument)
    step = (number or 0) % _FACTS_AHEAD
    countries = frozenset(t.removeprefix("country:") for t in asking.wishes.topics if t.startswith("country:"))
    wanted = frozenset() if EVERYTHING in asking.wishes.topics else countries
    found = fact_of(asking.calendar, wanted, on=asking.on + timedelta(days=step), every_days=1)
    if found is None:
        return reply(asking.t.gettext("The calendar holds nothing to tell yet."))
    post = fact_post(asking.calendar, found, asking.voice)
    another = Button(asking.t.gettext("Another one"), f"/fact {step + 1}")
    return Reply((_with_row(post, another),))


def _numbered(number: int, date: DateAhead) -> Button:
    """The number of a line as a button to what stands behind it."""
    occurrence = date.occurrence
    if len(occurrence.people) == 1:
        return Button(str(number), f"/prisoner {occurrence.people[0]}")
    if len(occurrence.record_ids) == 1:
        return Button(str(number), f"/why {occurrence.record_ids[0]}")
    return Button(str(number), f"/why {occurrence.date.isoformat()} {occurrence.slot.value}")


def _with_row(post: Post, *row: Button) -> Post:
    return replace(post, buttons=(*post.buttons, row))
