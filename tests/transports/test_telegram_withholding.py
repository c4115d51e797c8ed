"""What is asked immediately before a request is written, over real sockets."""

import asyncio

import pytest
from telegram import InputFile

from bot.outbox.transport import Fate, TransportError
from bot.transports.telegram_request import written_after
from bot.transports.telegram_request_errors import WithheldError
from tests.transports.raw_client import OK, ask, client, data
from tests.transports.raw_server import answers, serving

LONG = 200 * 1024


async def test_it_is_asked_once_the_connection_stands() -> None:
    connected = asyncio.Event()

    async def scene(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        await answers(OK)(reader, writer)

    async with client() as request, serving(scene) as server:

        async def check() -> None:
            await asyncio.wait_for(connected.wait(), 5)

        with written_after(check):
            await ask(request, server)

        assert connected.is_set()


async def test_each_piece_of_a_long_request_may_be_withheld_and_then_the_whole_does_not_arrive() -> None:
    async with client() as request, serving(answers(OK)) as server:
        asked = []

        async def check() -> None:
            asked.append(len(server.bodies))
            if len(asked) == 4:
                raise TransportError(Fate.PASSING, "lease")

        with written_after(check), pytest.raises(WithheldError) as caught:
            await request.post(
                f"{server.api}/bot1:a/sendPhoto", data(photo=InputFile(b"x" * LONG, filename="card.png"))
            )

        assert caught.value.cause == "lease"
        assert asked == [0] * 4
        assert server.bodies == []


async def test_other_tasks_are_not_asked() -> None:
    async with client() as request, serving(answers(OK, OK)) as server:
        asked = []

        async def check() -> None:
            asked.append(1)

        async def elsewhere() -> None:
            await ask(request, server)

        other = asyncio.create_task(elsewhere())
        with written_after(check):
            await ask(request, server)
        await other

        assert asked == [1]
