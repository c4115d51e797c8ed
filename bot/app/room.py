"""The room's side of the house: its transport, its one chat, and the page that shows them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.agenda.occurrences import Rules, occurrences
from bot.app.greeting import ahead
from bot.app.shelf import Shelf
from bot.chats.address import ROOM, Address
from bot.commands.commands import Commands
from bot.commands.menu import menu
from bot.doors.health import Health
from bot.doors.room.house import House, NextDate
from bot.transports.room import RoomTransport

if TYPE_CHECKING:
    from bot.doors.room.server import RoomServer

ADDRESS = Address(ROOM, "room")
_NEXT = 6


def open_room(
    shelf: Shelf, commands: Commands, transport: RoomTransport, health: Health, *, rules: Rules, listen: str
) -> "RoomServer":
    """The page of the room, served on `listen` once started."""
    from bot.doors.room.app import Room  # noqa: PLC0415 (Starlette: only `vigil run` needs it)
    from bot.doors.room.conversation import Conversation  # noqa: PLC0415
    from bot.doors.room.server import RoomServer  # noqa: PLC0415

    house = House(
        answer=commands.answer,
        calendar=shelf.calendar,
        posts_on=lambda day, language: shelf.edition.posts_on(day, language),
        dates=lambda first, last: _days(shelf, first, last, rules),
        next_dates=lambda language: _next_dates(shelf, language, health.now, rules),
        menu=menu,
        now=health.now,
    )
    return RoomServer(Room(house, Conversation(transport, ADDRESS), health), listen)


def _days(shelf: Shelf, first: date, last: date, rules: Rules) -> frozenset[date]:
    return frozenset(occurrence.date for occurrence in occurrences(shelf.calendar(), first, last, rules))


def _next_dates(shelf: Shelf, language: str, now: Callable[[], datetime], rules: Rules) -> list[NextDate]:
    today = now().astimezone().date()
    return ahead(shelf.calendar(), shelf.edition.voice(language, today), rules, most=_NEXT)
