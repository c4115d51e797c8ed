"""Both transports, over a local Telegram server and over nothing."""

from collections.abc import AsyncIterator

import pytest

from bot.chats.address import Address, ChatKind
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_wire import Wire
from tests.telegram import Chat, TelegramServer, User
from tests.transports.pacers import FreePacer


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def wire(server: TelegramServer) -> AsyncIterator[Wire]:
    async with Wire(server.token, server.api) as opened:
        yield opened


@pytest.fixture
def pacer() -> FreePacer:
    return FreePacer()


@pytest.fixture
def telegram(wire: Wire, pacer: FreePacer) -> TelegramTransport:
    return TelegramTransport(wire, pacer)


def address_of(place: Chat | User, thread: int = 0) -> Address:
    """The address of a chat or person of the local server."""
    kind = ChatKind.PRIVATE if isinstance(place, User) else ChatKind(place.kind)
    return Address("telegram", str(place.id), thread, kind)
