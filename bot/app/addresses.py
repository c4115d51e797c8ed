"""From an address as an operator writes it to one that can be stored: `@name` becomes an id, by asking Telegram."""

import asyncio
from dataclasses import dataclass

from bot.app.telegram import Telegram
from bot.chats.address import TELEGRAM, Address
from bot.chats.notation import is_name
from bot.errors import VigilError
from bot.outbox.transport import Fate, TransportError

_PATIENCE_S = 10


@dataclass(frozen=True, slots=True)
class Known:
    """An address that can be stored, and what an operator should know of it, null if nothing."""

    address: Address
    warning: str | None = None


async def made_known(address: Address, telegram: Telegram | None) -> Known:
    """The address with its id and kind; VigilError where a name cannot be resolved.

    An id needs no token: where Telegram cannot be asked it is taken as it stands.
    """
    if address.transport != TELEGRAM:
        return Known(address)
    if telegram is None:
        if is_name(address):
            raise VigilError(
                "an @name has to be looked up at Telegram, which needs VIGIL_TELEGRAM_TOKEN; a numeric id does not"
            )
        return Known(address)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await _asked(address, telegram)
    except TimeoutError as exc:
        if is_name(address):
            raise VigilError("Telegram does not answer; try again, or give the numeric id") from exc
        return Known(address, "Telegram does not answer: is the bot a member of this chat?")
    except TransportError as exc:
        if is_name(address) or exc.fate is Fate.STOP:
            raise VigilError(_why_not(exc)) from exc
        return Known(address, f"Telegram could not confirm this chat ({exc.reason}): is the bot a member there?")


async def _asked(address: Address, telegram: Telegram) -> Known:
    found = await telegram.transport.resolve(address.chat, address.thread)
    rights = await telegram.transport.rights(found)
    if rights.post:
        return Known(found)
    return Known(found, "the bot may not post there yet: make it administrator with the right to post messages")


def _why_not(exc: TransportError) -> str:
    if exc.fate is Fate.STOP:
        return "VIGIL_TELEGRAM_TOKEN: Telegram refuses this token; expected the one that BotFather shows"
    if exc.fate is Fate.CHAT_GONE:
        return "Telegram knows no such chat, or does not show it to this bot; expected the @name of a channel or group"
    return f"Telegram cannot be asked for this name now ({exc.reason}); try again, or give the numeric id"
