"""Several processes on one PostgreSQL: one sends and polls, the others stand by and take over."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.ticking import TICK_S
from bot.chats.address import Address
from bot.chats.belonging import keep_bot
from bot.chats.chats import Chats
from bot.chats.sealing import open_seal
from tests.app.front import front
from tests.app.process import Process, started
from tests.app.scene import (
    MIDNIGHT,
    PATIENCE_S,
    ROOM_ADDRESS,
    address_of,
    answer,
    remembered_today,
    states_in,
    subscribe,
)
from tests.app.test_webhook import SECRET, public
from tests.databases import empty_database, opened
from tests.telegram import TelegramServer

TAKES_OVER_S = 5.0
CHANNELS = 12
LATE_TONIGHT = MIDNIGHT.replace(hour=23, minute=59)


@pytest.fixture
def url(postgresql_server: str) -> Iterator[str]:
    """A database nobody has used yet."""
    with empty_database(postgresql_server) as made:
        yield made


@contextmanager
def two(home: Path, server: TelegramServer, url: str, /, **settings: object) -> Iterator[tuple[Process, Process]]:
    """Two processes that are started at once: the one that sends, and the one that stands by."""
    with ExitStack() as stack:
        both = [stack.enter_context(started(home, server, database=url, **settings)) for _ in range(2)]
        for process in both:
            process.wait_until_ready()
        standby = [process for process in both if any(line.startswith("Standing by") for line in process.out)]
        assert len(standby) == 1, [process.out for process in both]
        yield next(process for process in both if process not in standby), standby[0]


def test_a_standby_takes_over_polling_and_a_broadcast_within_five_seconds(home: Path, url: str, tmp_path: Path) -> None:
    with TelegramServer(latency_s=0.05) as server:
        operators, reader = server.people.add_user(), server.people.add_user()
        channels = [server.people.add_channel(f"Channel {number}") for number in range(CHANNELS)]
        subscribe(home, *map(address_of, channels), url=url)
        settings = remembered_today(tmp_path) | {"operators": f"telegram:{operators.id}", "send_rate": 10}
        with two(home, server, url, **settings) as (sender, standby):
            assert answer(server, reader, "/start")
            server.wait(lambda: _posts(server) >= 3, PATIENCE_S)
            before = _posts(server)
            sender.kill()
            killed_at = time.monotonic()
            server.wait(lambda: server.methods["getWebhookInfo"] == 2, PATIENCE_S)  # whoever begins to poll asks for it
            took_over_after_s = time.monotonic() - killed_at
            assert answer(server, reader, "/privacy")
            server.wait(lambda: _posts(server) > before, PATIENCE_S)
            at_work_after_s = time.monotonic() - killed_at
            server.wait(lambda: len({m.chat.id for m in server.sent if m.photo}) == CHANNELS, PATIENCE_S)
            _settled(home, url)
            assert standby.stop()[0] == 0

        assert took_over_after_s < TAKES_OVER_S
        assert at_work_after_s < TAKES_OVER_S + 1
        assert [len(server.texts(channel.id)) for channel in channels] == [1] * CHANNELS
        assert states_in(home, url) == ["sent"] * CHANNELS
        assert any("sends from now on" in line for line in standby.err)


def test_by_webhook_every_process_hears_and_what_one_is_told_the_other_obeys(
    home: Path, url: str, tmp_path: Path
) -> None:
    with TelegramServer() as server, front() as before:
        reader, other = server.people.add_user(), server.people.add_user()
        server.webhook.retry_s = 0.05
        subscribe(home, *(address_of(server.chat(person.id)) for person in (reader, other)), at=LATE_TONIGHT, url=url)
        webhook = {"public": "127.0.0.1:0", "webhook_url": before.url, "webhook_secret": SECRET, "chat_rate": 50}
        with two(home, server, url, **remembered_today(tmp_path), **webhook) as (sender, standby):
            before.backends.append(public(standby))
            server.wait(lambda: server.state.webhook.url, PATIENCE_S)
            answer(server, reader, "/time 00:00")
            server.wait(lambda: any(m.photo for m in server.messages(reader.id)), TICK_S + 3)
            _settled(home, url)
            before.backends[:] = [public(sender), public(standby)]
            sender.kill()
            killed_at = time.monotonic()
            answer(server, other, "/time 00:00")
            heard_after_s = time.monotonic() - killed_at
            server.wait(lambda: any(m.photo for m in server.messages(other.id)), TICK_S + TAKES_OVER_S)
            assert standby.stop()[0] == 0

        assert heard_after_s < 2
        assert server.methods["getUpdates"] == 0
        assert [sum(m.photo is not None for m in server.messages(person.id)) for person in (reader, other)] == [1, 1]
        assert states_in(home, url) == ["sent"] * 2


async def test_what_starts_together_makes_tables_key_and_room_once(home: Path, url: str) -> None:
    async def begun() -> Address:
        async with opened(url) as database:
            seal = await open_seal(database, home / "vigil.key")
            await keep_bot(database, seal, "123456789")
            return (await Chats(database, seal).subscribe(ROOM_ADDRESS, now=datetime.now(UTC), zone="UTC")).address

    assert await asyncio.gather(*(begun() for _ in range(4))) == [ROOM_ADDRESS] * 4


def test_a_sender_that_ends_hands_over_at_once(home: Path, url: str) -> None:
    with TelegramServer() as server:
        reader = server.people.add_user()
        with two(home, server, url) as (sender, standby):
            answer(server, reader, "/start")
            assert sender.stop()[0] == 0
            ended_at = time.monotonic()
            answer(server, reader, "/privacy")
            heard_after_s = time.monotonic() - ended_at
            assert standby.stop()[0] == 0

        assert heard_after_s < 2
        assert len(server.texts(reader.id)) == 2
        assert server.statuses[409] == 0


def _posts(server: TelegramServer) -> int:
    return sum(message.photo is not None for message in server.sent)


def _settled(home: Path, url: str) -> None:
    """Wait until no delivery is on its way any more."""
    until = time.monotonic() + PATIENCE_S
    while set(states_in(home, url)) & {"due", "leased", "sending", "uncertain"}:
        assert time.monotonic() < until, states_in(home, url)
