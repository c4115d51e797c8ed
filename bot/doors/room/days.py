"""A day of one's choosing: what would be posted on it, in any language, as if it were today."""

import calendar as gregorian
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.agenda.occurrence import Slot
from bot.doors.room.house import House
from bot.doors.room.languages import language_of
from bot.doors.room.pages import link, page, weekdays, words
from bot.doors.room.tracing import Tracer
from bot.doors.room.views import PostView, post_view
from bot.posts.post import Post
from bot.posts.translations import Translator

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
# How far a jump to the nearest date with a post looks, and in what steps.
_HORIZON, _STEP = timedelta(days=800), timedelta(days=60)
_DAY = timedelta(days=1)
_REMEMBERED = 8
# Python reads more forms of ISO 8601 than one address for one day would allow.
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Month:
    """A month's sheet: weeks from Monday, null for days of its neighbours; `marked` have posts."""

    first: date
    weeks: tuple[tuple[date | None, ...], ...]
    marked: frozenset[date]


class Days:
    """The routes of the date picker."""

    def __init__(self, house: House, tracer: Tracer) -> None:
        self._house = house
        self._tracer = tracer
        self._remembered: dict[tuple[str, date, str], Sequence[tuple[Slot, Post]]] = {}

    def routes(self) -> list[Route]:
        """The picker's form, a day's page, a post's picture."""
        return [
            Route("/day", self.pick),
            Route("/day/{day}", self.show),
            Route("/day/{day}/{slot}.png", self.picture),
        ]

    async def pick(self, request: Request) -> Response:
        """From the form to the day's own address."""
        language = language_of(request)
        day = day_of(request.query_params.get("date") or self._house.today().isoformat())
        return RedirectResponse(link(f"/day/{day}", language), status_code=303)

    async def show(self, request: Request) -> Response:
        """What would be posted on that day."""
        day, language = day_of(request.path_params["day"]), language_of(request)
        quotation = self._tracer.quotation(self._house.calendar(), language)
        posts: list[tuple[Slot, PostView]] = []
        for slot, post in self._posts(day, language):
            address = link(f"/day/{day}/{slot}.png", language)
            posts.append((slot, post_view(post, quotation, picture_address=address)))
        return page(
            request,
            "day.jinja",
            day=day,
            posts=posts,
            today=self._house.today(),
            before=day - _DAY if day > FIRST else None,
            after=day + _DAY if day < LAST else None,
            earlier=self._nearest(day, -1),
            later=self._nearest(day, +1),
            month=self._month(day),
            bounds=(FIRST, LAST),
            weekdays=weekdays(language),
            slots=slot_names(words(language)),
        )

    async def picture(self, request: Request) -> Response:
        """The picture of one of that day's posts."""
        day, language = day_of(request.path_params["day"]), language_of(request)
        for slot, post in self._posts(day, language):
            if slot == request.path_params["slot"] and post.picture is not None:
                return Response(post.picture.png, media_type="image/png")
        raise HTTPException(404)

    def _posts(self, day: date, language: str) -> Sequence[tuple[Slot, Post]]:
        """The posts of the day; the last few are remembered, since a page asks again for its pictures."""
        key = (self._house.calendar().revision, day, language)
        if key not in self._remembered:
            posts = self._house.posts_on(day, language)
            while len(self._remembered) >= _REMEMBERED:
                self._remembered.pop(next(iter(self._remembered)))
            self._remembered[key] = posts
        return self._remembered[key]

    def _nearest(self, day: date, direction: int) -> date | None:
        """The nearest day with a post of its own before (-1) or after (+1) the day."""
        near = day + direction * _DAY if FIRST < day < LAST else day
        while abs(near - day) < _HORIZON:
            far = min(max(near + direction * _STEP, FIRST), LAST)
            found = [d for d in self._house.dates(min(near, far), max(near, far)) if d != day]
            if found:
                return max(found) if direction < 0 else min(found)
            if far in (FIRST, LAST):
                return None
            near = far
        return None

    def _month(self, day: date) -> Month:
        first = day.replace(day=1)
        length = gregorian.monthrange(day.year, day.month)[1]
        weeks = gregorian.Calendar().monthdayscalendar(day.year, day.month)
        return Month(
            first,
            tuple(tuple(first.replace(day=n) if n else None for n in week) for week in weeks),
            frozenset(self._house.dates(first, first.replace(day=length))),
        )


def day_of(text: str) -> date:
    """A day of the form YYYY-MM-DD within bounds; anything else has no page."""
    try:
        day = date.fromisoformat(text) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        raise HTTPException(404)
    return day


def slot_names(t: Translator) -> dict[Slot, str]:
    """What each slot is called on a page."""
    return {Slot.MEMORIAL: t.gettext("Memorial post"), Slot.DAY: t.gettext("Post of the day")}
