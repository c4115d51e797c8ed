"""The room's side of the house: its transport, its one chat, and the page that shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import Rules, occurrences
from bot.app.greeting import ahead
from bot.app.shelf import Shelf
from bot.chats.address import ROOM, Address
from bot.commands.commands import Commands
from bot.commands.menu import menu
from bot.doors.health import Health
from bot.doors.room.house import House, NextDate
from bot.posts.post import Post
from bot.transports.room import RoomTransport

if TYPE_CHECKING:
    from bot.doors.room.server import RoomServer

ADDRESS = Address(ROOM, "room")
_NEXT = 6


@dataclass(frozen=True, slots=True)
class RoomParts:
    """What the page shows and asks."""

    shelf: Shelf
    commands: Commands
    transport: RoomTransport
    health: Health
    rules: Rules


def open_room(parts: RoomParts, listen: str) -> "RoomServer":
    """The page of the room, served on `listen` once started."""
    from bot.doors.room.app import Room  # noqa: PLC0415 (Starlette: only `vigil run` needs it)
    from bot.doors.room.conversation import Conversation  # noqa: PLC0415
    from bot.doors.room.server import RoomServer  # noqa: PLC0415

    shelf, rules, now = parts.shelf, parts.rules, parts.health.now

    def posts_on(day: date, language: str) -> list[tuple[Slot, Post]]:
        return shelf.edition.posts_on(day, language)  # asked each time: a hold replaces the edition

    house = House(
        answer=parts.commands.answer,
        calendar=shelf.calendar,
        posts_on=posts_on,
        dates=lambda first, last: _days(shelf, first, last, rules),
        next_dates=lambda language: _next_dates(shelf, language, now, rules),
        menu=menu,
        now=now,
    )
    return RoomServer(Room(house, Conversation(parts.transport, ADDRESS), parts.health), listen)


def _days(shelf: Shelf, first: date, last: date, rules: Rules) -> frozenset[date]:
    return frozenset(occurrence.date for occurrence in occurrences(shelf.calendar(), first, last, rules))


def _next_dates(shelf: Shelf, language: str, now: Callable[[], datetime], rules: Rules) -> list[NextDate]:
    today = now().astimezone().date()
    return ahead(shelf.calendar(), shelf.edition.voice(language, today), rules, most=_NEXT)
