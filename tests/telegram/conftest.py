"""A server in the test's loop, and a client that calls its methods."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.telegram import TelegramServer
from tests.telegram.caller import Caller


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def call(server: TelegramServer) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(server, session)
