"""Writing what a chat wishes, within a transaction of the caller's."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.agenda.wishes import Wishes
from bot.chats.address import Address
from bot.chats.chat import DEFAULT_AT, DEFAULT_LANGUAGE, DEFAULT_ZONE, UNTIL, Chat, ChatSettings, ChatState
from bot.chats.first_day import first_day
from bot.chats.schedules import drop_if_empty, schedule_id
from bot.chats.sealing import Seal
from bot.chats.tables import chats
from bot.chats.wording import zone_named
from bot.database import insert_into

_OWN = ("language", "discreet", "silent", "pictures")


async def make_chat(
    connection: AsyncConnection, seal: Seal, address: Address, settings: ChatSettings, *, subscribed_at: datetime | None
) -> None:
    """Add a chat, subscribed from its next hour on, or (null) known but unsubscribed."""
    zone, at = settings.get("zone", DEFAULT_ZONE), settings.get("at", DEFAULT_AT)
    subscribed = subscribed_at is not None
    row: dict[str, Any] = {
        "transport": address.transport,
        "sealed": seal.seal(address.transport, address.chat),
        "thread": address.thread,
        "kind": address.kind,
        "language": DEFAULT_LANGUAGE,
        "schedule": await schedule_id(connection, zone, at, settings.get("wishes", Wishes())),
        "state": "active" if subscribed else "unsubscribed",
        "first_day": None if subscribed_at is None else first_day(zone_named(zone), at, subscribed_at),
        "changed": subscribed,
    }
    await connection.execute(insert_into(connection, chats).values(row | _own(settings)).on_conflict_do_nothing())


async def take_settings(
    connection: AsyncConnection, chat: Chat, settings: ChatSettings, *, now: datetime, subscribe: bool
) -> None:
    """Change a chat's settings, and with `subscribe` begin again where it was paused or unsubscribed.

    A new hour can bring a first day that is still to come forward, never put it off: whoever was to
    get today's post at an hour to come gets it at once where the new hour is already past.
    """
    zone, at = settings.get("zone", chat.zone), settings.get("at", chat.at)
    old = await connection.scalar(select(chats.c.schedule).where(chats.c.id == chat.id))
    new = await schedule_id(connection, zone, at, settings.get("wishes", chat.wishes))
    values: dict[str, Any] = {**_own(settings), "schedule": new}
    begins = subscribe and (chat.state != "active" or chat.rests_until is not None)
    if begins:
        values |= {"state": "active", "pause_reason": None}
        values["first_day"] = first_day(zone_named(zone), at, now)
    elif chat.first_day is not None and chat.rests_until is None and new != old:
        values["first_day"] = min(chat.first_day, first_day(zone_named(zone), at, now))
    if begins or new != old:
        values["changed"] = True
    await connection.execute(update(chats).where(chats.c.id == chat.id).values(values))
    if old is not None and new != old:
        await drop_if_empty(connection, old)


async def set_state(connection: AsyncConnection, chat_id: int, state: ChatState, reason: str | None) -> None:
    """End or pause the posts of a chat; its first day, if still to come, is forgotten."""
    values = {"state": state, "pause_reason": reason, "first_day": None, "changed": False}
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(values))


async def rest(connection: AsyncConnection, chat_id: int, first_day: date) -> None:
    """Post nothing to a chat before that day of its own; what was due is dropped."""
    values = {"state": "active", "pause_reason": UNTIL, "first_day": first_day, "changed": False}
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(values))


async def mark_changed(connection: AsyncConnection, chat_id: int) -> None:
    """Have the planner look at this chat by itself."""
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(changed=True))


def _own(settings: ChatSettings) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name in _OWN}
