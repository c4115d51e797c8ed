"""A house for the room's tests: the real calendar, posts and transport, and a few commands of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache

from bot.agenda.facts import Fact
from bot.agenda.hearing import heard
from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import occurrences
from bot.agenda.wishes import Wishes
from bot.chats.address import Address
from bot.commands.menu import menu
from bot.commands.request import Reply, Request
from bot.doors.health import Health
from bot.doors.room.app import Room
from bot.doors.room.conversation import Conversation
from bot.doors.room.house import House, NextDate
from bot.doors.room.leaving import Leaving
from bot.outbox.transport import Parcel
from bot.posts.citations import quotations
from bot.posts.day import slot_post, title
from bot.posts.pictures import with_picture
from bot.posts.post import Button, Post
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from bot.transports.room import RoomTransport
from tests.calendars import real_calendar

NOW = datetime(2027, 2, 18, 9, 0, tzinfo=UTC)
ADDRESS = Address("room", "1")
DEATH_DAY = date(2027, 2, 20)

_GREETING = {"en": "Hello.", "be": "Вітаем.", "ru": "Здравствуйте."}
_ALWAYS = {
    "/quiet": Reply(notice="Noted."),
    "/forget": Reply((Post("Forgotten."),)),
    "/names": Reply((Post("Jane Doe"),), gone_after_s=60),
}


class Hourglass:
    """A clock for what leaves the room: it stands still but where a test lets it go on."""

    def __init__(self) -> None:
        self._time_s = 0.0
        self._waiting: list[tuple[float, asyncio.Event]] = []

    def time_s(self) -> float:
        """How many seconds a test let pass."""
        return self._time_s

    async def sleep(self, seconds: float) -> None:
        """Wait until a test let so many seconds pass."""
        if seconds > 0:
            over = asyncio.Event()
            self._waiting.append((self._time_s + seconds, over))
            await over.wait()

    def advance(self, seconds: float) -> None:
        """Let time pass; who waits goes on as soon as the test waits for something."""
        self._time_s += seconds
        for due_s, over in self._waiting:
            if due_s <= self._time_s:
                over.set()


class Commands:
    """Answers in the language last chosen; `asked` are the requests that came."""

    def __init__(self) -> None:
        self.language = "en"
        self.asked: list[Request] = []

    async def answer(self, request: Request) -> Reply:
        self.asked.append(request)
        command, _, argument = request.text.partition(" ")
        match command:
            case "/today":
                return Reply((memorial(self.language),))
            case "/why":
                return Reply((why("ihar-lednik-death"),))
            case "/more":
                return Reply((Post("<b>The next page</b>", ((Button("Back", command="/more"),),)),), replaces=True)
            case "/language":
                self.language = argument
            case "/fail":
                raise RuntimeError("a defect that names Jane Doe")
        return _ALWAYS.get(command, Reply((Post(_GREETING[self.language]),)))


def memorial(language: str) -> Post:
    """The memorial post of 20 February."""
    ((_, post),) = posts_on(DEATH_DAY, language)
    return post


def why(event_id: str) -> Post:
    """Every quote behind an event."""
    return Post(str(quotations(real_calendar().events[event_id].quotes, real_calendar(), "en")))


@cache
def posts_on(day: date, language: str) -> Sequence[tuple[Slot, Post]]:
    """What a chat that wants everything but facts would get."""
    posts = []
    for slot, what in heard(real_calendar(), Wishes(facts="never"), on=day).items():
        assert not isinstance(what, Fact)
        voice = Voice(language, day)
        post = slot_post(real_calendar(), what, voice, slot=slot, on=day)
        posts.append((slot, with_picture(post, real_calendar(), what, voice)))
    return posts


def next_dates(language: str) -> Sequence[NextDate]:
    """The next dates after today."""
    found = occurrences(real_calendar(), NOW.date(), date(2028, 1, 1))[:5]
    return [NextDate(one.date, title(real_calendar(), one, Voice(language, NOW.date()))) for one in found]


def few_commands(_: str) -> Sequence[tuple[str, str]]:
    """Some of the commands."""
    return [("today", "The posts of today"), ("prisoner", "Who is meant"), ("quiet", "Note it"), ("help", "Help")]


class Rehearsal:
    """A room with everything behind it; the bot's own commands may answer in the place of those here."""

    def __init__(
        self,
        answer: Callable[[Request], Awaitable[Reply]] | None = None,
        calendar: Callable[[], Calendar] = real_calendar,
    ) -> None:
        self.now = NOW
        self.transport = RoomTransport(lambda: self.now)
        self.commands = Commands()
        self.last_tick: datetime | None = NOW
        self.database_fails = False
        self.house = House(
            answer=answer or self.commands.answer,
            calendar=calendar,
            posts_on=posts_on,
            dates=lambda first, last: {one.date for one in occurrences(real_calendar(), first, last)},
            next_dates=next_dates,
            menu=menu if answer else few_commands,
            now=lambda: self.now,
            zone=UTC,
        )
        self.hourglass = Hourglass()
        self.leaving = Leaving(self.hourglass.time_s, self.hourglass.sleep)
        self.conversation = Conversation(self.transport, ADDRESS, self.leaving)
        self.health = Health(self._database, lambda: self.last_tick, lambda: NOW)
        self.room = Room(self.house, self.conversation, self.health)

    async def post(self, post: Post) -> int:
        """Post something of itself, as the outbox does at its hour."""
        return (await self.transport.send(ADDRESS, Parcel(post))).message_id

    async def _database(self) -> None:
        if self.database_fails:
            raise OSError("the disk is gone")
