"""A broadcast in full flow: who asks meanwhile is answered, and what Telegram asks to wait for is waited for."""

import asyncio
import time
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from bot.outbox.tables import waits
from tests.app.process import running
from tests.app.scene import PATIENCE_S, address_of, answer, subscribe
from tests.databases import opened, sqlite_url
from tests.telegram import TelegramServer, User
from tests.telegram.faults import flood

RATE = 30
PAID = 60
FLOOD_S = 4


def readers(server: TelegramServer, home: Path, number: int) -> list[User]:
    """So many people who wait for what falls on today."""
    people = [server.people.add_user() for _ in range(number)]
    subscribe(home, *(address_of(server.chat(person.id)) for person in people))
    return people


def waits_in(home: Path) -> int:
    """How many waits are written down."""

    async def read() -> int:
        async with opened(sqlite_url(home)) as database, database.read() as connection:
            return await connection.scalar(select(func.count()).select_from(waits)) or 0

    return asyncio.run(read())


def test_who_asks_in_a_broadcast_is_answered_within_a_second(home: Path, records: dict[str, object]) -> None:
    with TelegramServer(limits=True) as server:
        readers(server, home, 4 * RATE)
        people = [server.people.add_user() for _ in range(3)]
        with running(home, server, **records) as process:
            server.wait(lambda: server.sent_count >= RATE // 2, PATIENCE_S)
            waited = []
            for person in people:
                asked_at = time.monotonic()
                answer(server, person, "/privacy")
                waited.append(time.monotonic() - asked_at)
            is_under_way = server.methods["sendPhoto"] < 4 * RATE
            assert process.stop()[0] == 0

        assert is_under_way
        assert median(waited) < 1
        assert server.limits.refused == 0


def test_only_a_broadcast_is_paid_for_and_then_goes_faster(home: Path, records: dict[str, object]) -> None:
    with TelegramServer(limits=True) as server:
        readers(server, home, PAID)
        person = server.people.add_user()
        with running(home, server, **records, paid_broadcast=1) as process:
            answer(server, person, "/privacy")
            server.wait(lambda: server.methods["sendPhoto"] == PAID, PATIENCE_S)
            assert process.stop()[0] == 0

        sent_at = [request.at for request in server.requests_of("sendPhoto")]
        assert max(sent_at) - min(sent_at) < PAID / RATE / 2
        assert server.limits.paid_messages == PAID
        assert not any(request.parameters.flag("allow_paid_broadcast") for request in server.requests_of("sendMessage"))
        assert server.limits.refused == 0


def test_what_an_answer_was_asked_to_wait_is_waited_for_after_a_kill(home: Path, records: dict[str, object]) -> None:
    with TelegramServer() as server:
        [reader] = readers(server, home, 1)
        with running(home, server, **records) as process:
            server.wait(lambda: server.texts(reader.id), PATIENCE_S)
            server.faults.script(flood(FLOOD_S), method="sendMessage", chat=reader.id)
            server.people.say(reader, "/privacy")
            server.wait(lambda: 429 in server.statuses, PATIENCE_S)
            until = time.monotonic() + PATIENCE_S
            while not waits_in(home):
                assert time.monotonic() < until
            process.kill()
        with running(home, server, **records) as process:
            answer(server, reader, "/privacy")
            assert process.stop()[0] == 0

        assert server.statuses[429] == 1
