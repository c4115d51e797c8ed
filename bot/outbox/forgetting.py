"""Forgetting a chat altogether: every row of it, and our messages of the last 48 hours in it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.chats.address import Address
from bot.outbox.erasing import erase_waves_without_chats, messages_of
from bot.outbox.place import Place
from bot.outbox.transport import Transport, TransportError

# For so long a bot may delete its own messages.
_DELETABLE = timedelta(hours=48)


async def forget_chat(place: Place, transports: Iterable[Transport], address: Address, now: datetime) -> bool:
    """Erase every trace of a chat, and our messages of the last 48 hours in it; False if it was unknown."""
    chat = await place.chats.get(address)
    if chat is None:
        return False
    async with place.database.write() as connection:
        ids = await messages_of(connection, chat.id, now - _DELETABLE)
        await place.chats.delete_in(connection, chat.id)
        await erase_waves_without_chats(connection)
    await place.database.scrub()
    await _delete_messages(transports, address, ids)
    return True


async def _delete_messages(transports: Iterable[Transport], address: Address, ids: Sequence[int]) -> None:
    for transport in transports:
        if transport.name == address.transport:
            for message_id in ids:
                with suppress(TransportError):
                    await transport.delete(address, message_id)
