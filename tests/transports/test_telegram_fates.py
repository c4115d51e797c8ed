"""What the transport says of a send is true of the server, whatever happens on the way."""

import asyncio
import logging

import pytest

from bot.outbox.transport import Fate, Parcel, TransportError
from bot.posts.post import Post
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_wire import Wire
from tests.telegram import TelegramServer, User, faults
from tests.transports.conftest import address_of

SHARES = (
    (faults.INTERNAL_ERROR, 0.08),
    (faults.BAD_GATEWAY, 0.08),
    (faults.BAD_GATEWAY_BUT_SENT, 0.05),
    (faults.UNAVAILABLE, 0.08),
    (faults.GATEWAY_TIMEOUT, 0.08),
    (faults.NOT_OK, 0.08),
    (faults.TRUNCATED, 0.08),
    (faults.CUT_BEFORE, 0.08),
    (faults.CUT_AFTER, 0.08),
    (faults.flood(0.001), 0.08),
)


async def outcome(transport: TelegramTransport, user: User, number: int) -> Fate | int:
    try:
        return (await transport.send(address_of(user), Parcel(Post(f"post {number}")))).message_id
    except TransportError as exc:
        return exc.fate


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_sent_stands_once_and_passing_stands_nowhere(
    server: TelegramServer, telegram: TelegramTransport, seed: int
) -> None:
    server.faults.seed = seed
    for fault, share in SHARES:
        server.faults.chance(fault, share, method="sendMessage")
    users = [server.people.add_user() for _ in range(200)]
    outcomes = await asyncio.gather(*(outcome(telegram, user, number) for number, user in enumerate(users)))
    assert set(outcomes) >= {Fate.PASSING, Fate.LOOK_FIRST, Fate.UNCERTAIN}
    for user, result in zip(users, outcomes, strict=True):
        standing = [message.id for message in server.messages(user.id)]
        if isinstance(result, int):
            assert standing == [result]
        elif result is Fate.PASSING:
            assert standing == []
        else:
            assert result in {Fate.LOOK_FIRST, Fate.UNCERTAIN}
    assert server.doubled() == []


async def test_nothing_that_tells_of_chats_is_logged(
    server: TelegramServer, wire: Wire, telegram: TelegramTransport, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    user = server.people.add_user()
    for fault in (None, faults.TRUNCATED, faults.CUT_AFTER, faults.BAD_GATEWAY):
        server.faults.script(fault, method="sendMessage")
        await outcome(telegram, user, 1)
    await wire.updates(0, wait_s=0, kinds=["message"])
    for secret in (server.token, server.token.partition(":")[2], str(user.id), "post 1"):
        assert secret not in caplog.text
