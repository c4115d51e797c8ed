"""Rows of the tables as chats: the one query that reads them."""

from typing import Any, cast

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chats.address import Address, ChatKind
from bot.chats.channel_tables import channels
from bot.chats.chat import Chat, ChatState
from bot.chats.schedules import WISHED, wishes_of
from bot.chats.sealing import Seal
from bot.chats.tables import chats, schedules
from bot.chats.wording import time_of


def select_chats() -> Select[Any]:
    """Chats joined with their schedules; `chat_of` reads its rows."""
    wished = (schedules.c.zone, schedules.c.at, *WISHED)
    columns = [column for column in chats.c if column.name not in ("schedule", "changed")]
    around = (channels.c.opening, channels.c.signature)
    return select(*columns, *wished, *around).join_from(chats, schedules).outerjoin(channels)


def chat_of(seal: Seal, row: Row[Any]) -> Chat:
    """The chat of a row, its address opened; KeyFileError if it was sealed with another key."""
    opened = seal.open(row.transport, row.sealed)
    return Chat(
        id=row.id,
        address=Address(row.transport, opened, row.thread, ChatKind(row.kind)),
        language=row.language,
        zone=row.zone,
        at=time_of(row.at),
        wishes=wishes_of(row),
        state=cast(ChatState, row.state),
        pause_reason=row.pause_reason,
        first_day=row.first_day,
        discreet=row.discreet,
        silent=row.silent,
        pictures=row.pictures,
        opening=row.opening or "",
        signature=row.signature or "",
    )


async def chat_at(connection: AsyncConnection, seal: Seal, address: Address) -> Chat | None:
    """The chat at an address; None if it is unknown."""
    sealed = seal.seal(address.transport, address.chat)
    same = (chats.c.transport == address.transport, chats.c.sealed == sealed, chats.c.thread == address.thread)
    row = (await connection.execute(select_chats().where(*same))).first()
    return None if row is None else chat_of(seal, row)


async def chat_numbered(connection: AsyncConnection, seal: Seal, chat_id: int) -> Chat | None:
    """The chat of a number; None if there is none."""
    row = (await connection.execute(select_chats().where(chats.c.id == chat_id))).first()
    return None if row is None else chat_of(seal, row)
