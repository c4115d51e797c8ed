"""Updates brought by a webhook: handled once, and brought again only where that can help."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.chats.address import Address, ChatKind
from bot.commands.request import Request
from bot.database_errors import DatabaseError
from bot.doors.telegram.house import House
from bot.doors.telegram.intake import Intake
from bot.doors.telegram.taking import MOST_AT_ONCE, Taking
from bot.transports.telegram import TelegramTransport
from tests.doors.telegram.conftest import Porch
from tests.telegram import TelegramServer, User
from tests.telegram.faults import BAD_GATEWAY, late


class Desk:
    """A taking over a porch whose door stays closed: updates are brought by hand."""

    def __init__(self, porch: Porch, *, saying_s: float = 5.0) -> None:
        self.porch = porch
        transport = TelegramTransport(porch.wire, porch.pacer)
        house = House(porch.wire, transport, porch.pacer, porch.script, porch.record, porch.now, back_off_s=0.001)
        self.taking = Taking(Intake(house).accept, saying_s=saying_s)
        self._next_id = 500

    def update(self, user: User, text: str) -> dict[str, Any]:
        """What Telegram brings when somebody writes."""
        self._next_id += 1
        self.porch.people.say(user, text)
        (told,) = [u for u in self.porch.server.updates.pending() if u.payload["text"] == text]
        self.porch.server.updates.drop(told)
        return {"update_id": self._next_id, "message": told.payload}

    def shut(self) -> tuple[asyncio.Event, asyncio.Event]:
        """Have every command wait for a gate: what tells that one waits, and the gate."""
        asked, gate = asyncio.Event(), asyncio.Event()

        async def wait(_: Request) -> None:
            asked.set()
            await gate.wait()

        self.porch.script.meanwhile = wait
        return asked, gate


@pytest.fixture
async def desk(closed: Porch) -> AsyncIterator[Desk]:
    await closed.wire.start()
    made = Desk(closed)
    yield made
    await made.taking.close()


@pytest.fixture
def user(closed: Porch) -> User:
    return closed.people.add_user()


async def test_a_command_is_obeyed_and_said_before_it_counts_as_taken(desk: Desk, user: User) -> None:
    assert await desk.taking.take(desk.update(user, "/today"))
    assert desk.porch.server.texts(user.id) == ["You said /today"]


async def test_an_update_brought_again_is_answered_once(desk: Desk, user: User) -> None:
    update = desk.update(user, "/today")
    assert await desk.taking.take(update)
    assert await desk.taking.take(update)
    assert desk.porch.script.texts == ["/today"]


async def test_one_brought_again_meanwhile_waits_for_the_first(desk: Desk, user: User) -> None:
    (asked, gate), update = desk.shut(), desk.update(user, "/today")
    both = [asyncio.create_task(desk.taking.take(update)) for _ in range(2)]
    await asked.wait()
    gate.set()
    assert await asyncio.gather(*both) == [True, True]
    assert desk.porch.script.texts == ["/today"]


async def test_a_reply_that_waits_long_for_its_turn_does_not_keep_the_update(closed: Porch, user: User) -> None:
    await closed.wire.start()
    desk = Desk(closed, saying_s=0.01)
    closed.server.faults.script(late(0.2), method="sendMessage")
    assert await desk.taking.take(desk.update(user, "/today"))
    assert closed.server.texts(user.id) == []
    await closed.server.wait_for(lambda: closed.server.texts(user.id))
    await desk.taking.close()


async def test_what_the_database_could_not_take_is_brought_again(desk: Desk, user: User) -> None:
    update = desk.update(user, "/subscribe")
    desk.porch.script.error = DatabaseError("gone", "the database cannot be reached")
    desk.porch.script.failures = 3
    with capture_logs():
        assert not await desk.taking.take(update)
    assert await desk.taking.take(update)
    assert desk.porch.server.texts(user.id) == ["You said /subscribe"]


async def test_what_a_defect_keeps_from_being_done_is_not_brought_again(desk: Desk, user: User) -> None:
    desk.porch.script.failures = 1
    with capture_logs():
        assert await desk.taking.take(desk.update(user, "/today"))


async def test_what_means_nothing_is_taken(desk: Desk) -> None:
    assert await desk.taking.take({"update_id": 1, "poll": {}})


async def test_nothing_is_taken_while_telegram_cannot_say_who_the_bot_is(desk: Desk, user: User) -> None:
    update = desk.update(user, "/today")
    desk.porch.server.faults.script(BAD_GATEWAY, method="getMe")
    with capture_logs():
        assert not await desk.taking.take(update)
    assert await desk.taking.take(update)


async def test_more_than_telegram_brings_at_once_is_turned_away(desk: Desk, closed: Porch) -> None:
    _, gate = desk.shut()
    updates = [desk.update(closed.people.add_user(), f"/today {n}") for n in range(MOST_AT_ONCE + 1)]
    taking = [asyncio.create_task(desk.taking.take(update)) for update in updates]
    done, _ = await asyncio.wait(taking, return_when=asyncio.FIRST_COMPLETED)
    assert [task.result() for task in done] == [False]
    gate.set()
    assert sum(await asyncio.gather(*taking)) == MOST_AT_ONCE


async def test_what_is_under_way_ends_before_it_closes(desk: Desk, user: User) -> None:
    asked, gate = desk.shut()
    taking = asyncio.create_task(desk.taking.take(desk.update(user, "/today")))
    await asked.wait()
    closing = asyncio.create_task(desk.taking.close())
    await asyncio.sleep(0)
    assert not await desk.taking.take(desk.update(user, "/upcoming"))
    gate.set()
    assert await taking
    await closing
    assert desk.porch.server.texts(user.id) == ["You said /today"]


async def test_what_does_not_end_in_time_is_brought_again(
    desk: Desk, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.doors.telegram.taking._CLOSING_S", 0.05)
    asked, _ = desk.shut()
    taking = asyncio.create_task(desk.taking.take(desk.update(user, "/today")))
    await asked.wait()
    await desk.taking.close()
    assert not await taking


async def test_a_membership_is_taken_too(desk: Desk, closed: Porch) -> None:
    group = closed.people.add_group("Readers", closed.people.add_user())
    told = closed.server.updates.push("my_chat_member", _added(closed.server, group.id))
    assert told is not None
    assert await desk.taking.take(told.to_json())
    assert closed.record.memberships[-1].address == Address("telegram", str(group.id), kind=ChatKind.GROUP)


def _added(server: TelegramServer, chat_id: int) -> dict[str, Any]:
    bot = server.state.bot.to_json()
    member = {"user": bot, "status": "member"}
    chat = {"id": chat_id, "type": "group", "title": "Readers"}
    return {"chat": chat, "from": bot, "date": 1, "old_chat_member": member, "new_chat_member": member}
