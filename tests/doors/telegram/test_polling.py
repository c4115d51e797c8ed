"""Polling: nothing is confirmed before it is handled, and nothing stops it."""

import asyncio
from functools import partial

import pytest
from structlog.testing import capture_logs

from bot.commands.request import Request
from bot.outbox.transport import Fate, TransportError
from tests.doors.telegram.conftest import Porch
from tests.telegram import TelegramServer
from tests.telegram.faults import BAD_GATEWAY, CUT_AFTER, NOT_OK, TRUNCATED, Fault


async def test_update_is_confirmed_only_once_it_is_handled(porch: Porch) -> None:
    user, gate = porch.people.add_user(), asyncio.Event()

    async def wait(_: Request) -> None:
        await gate.wait()

    porch.script.meanwhile = wait
    porch.people.say(user, "/today")
    await porch.server.wait_for(lambda: porch.script.asked and porch.server.methods["getUpdates"] > 3)
    assert len(porch.server.updates.pending()) == 1
    gate.set()
    await porch.quiet()
    assert len(porch.script.asked) == 1


async def test_slow_chat_delays_no_other(porch: Porch) -> None:
    slow, quick, gate = porch.people.add_user(), porch.people.add_user(), asyncio.Event()

    async def wait(request: Request) -> None:
        if request.address.chat == str(slow.id):
            await gate.wait()

    porch.script.meanwhile = wait
    porch.people.say(slow, "/today")
    await porch.server.wait_for(lambda: porch.script.asked)
    porch.people.say(quick, "/today")
    await porch.server.wait_for(lambda: porch.server.texts(quick.id))
    assert porch.server.texts(slow.id) == []
    gate.set()
    await porch.quiet()


async def test_flood_of_one_person_gets_few_replies_and_all_settings(closed: Porch) -> None:
    user, other = closed.people.add_user(), closed.people.add_user()
    for number in range(60):
        closed.people.say(user, f"/prisoner {number}")
    closed.people.say(user, "/unsubscribe")
    closed.people.say(other, "/today")
    await closed.open()
    await closed.quiet()
    assert len(closed.server.texts(user.id)) <= 5
    assert "/unsubscribe" in closed.script.texts
    assert closed.server.texts(other.id) == ["You said /today"]


async def test_update_told_twice_is_handled_once(porch: Porch) -> None:
    user = porch.people.add_user()
    porch.people.say(user, "/today")
    await porch.quiet()
    porch.server.updates.replay(porch.server.updates.next_id - 1)
    await porch.quiet()
    assert porch.server.texts(user.id) == ["You said /today"]


@pytest.mark.parametrize(
    "payload", [{}, {"message_id": "x"}, {"message_id": 1, "date": "x", "chat": {"id": 5, "type": "odd"}, "text": "/a"}]
)
async def test_update_that_cannot_be_read_stops_nothing(porch: Porch, payload: dict[str, object]) -> None:
    user = porch.people.add_user()
    porch.server.updates.push("message", payload)
    porch.people.say(user, "/today")
    await porch.quiet()
    assert porch.server.texts(user.id) == ["You said /today"]


async def test_failing_command_stops_nothing_and_its_words_are_not_logged(porch: Porch) -> None:
    user = porch.people.add_user()
    porch.script.failures = 1
    with capture_logs() as logs:
        porch.people.say(user, "/prisoner Bialiatski")
        porch.people.say(user, "/today")
        await porch.quiet()
    assert porch.server.texts(user.id) == ["You said /today"]
    assert [log["error"] for log in logs] == ["RuntimeError"]


async def test_setting_is_not_lost_to_a_busy_database(porch: Porch) -> None:
    user = porch.people.add_user()
    porch.script.failures = 2
    porch.people.say(user, "/forget")
    await porch.quiet()
    assert porch.server.texts(user.id) == ["You said /forget"]


@pytest.mark.parametrize("fault", [BAD_GATEWAY, CUT_AFTER, TRUNCATED, NOT_OK])
async def test_outage_is_told_once_and_waited_out(closed: Porch, fault: Fault) -> None:
    user = closed.people.add_user()
    closed.people.say(user, "/today")
    closed.server.faults.script(*[fault] * 4, method="getUpdates")
    with capture_logs() as logs:
        await closed.open()
        await closed.quiet()
    assert closed.server.texts(user.id) == ["You said /today"]
    assert [log["event"][:22] for log in logs] == ["Telegram does not answ", "Telegram answers again"]


async def test_network_that_is_not_there_at_the_start_is_waited_for(closed: Porch) -> None:
    user = closed.people.add_user()
    closed.people.say(user, "/today")
    await closed.server.unplug()
    with capture_logs() as logs:
        running = await closed.open()
        while not logs:
            await asyncio.wait([running], timeout=0.001)
        await closed.server.plug()
        await closed.quiet()
    assert closed.server.texts(user.id) == ["You said /today"]


async def test_refused_token_ends_it_with_a_clear_line() -> None:
    async with TelegramServer() as server:
        porch = Porch(server)
        server.state.token = "123456789:another-token_0000000000000000000"
        with capture_logs() as logs:
            running = await porch.open()
            with pytest.raises(TransportError) as caught:
                await running
        await porch.close()
    assert caught.value.fate is Fate.STOP
    assert "VIGIL_TELEGRAM_TOKEN" in logs[0]["event"]


async def test_second_reader_is_reported_and_outlived(porch: Porch) -> None:
    user = porch.people.add_user()
    with capture_logs() as logs:
        for _ in range(3):
            before = porch.server.statuses[409]
            await porch.server.wait_for(porch.server.in_flight)
            rival = asyncio.create_task(porch.wire.updates(0, wait_s=1, kinds=["message"]))
            await porch.server.wait_for(partial(conflicts_beyond, porch.server, before))
            await asyncio.gather(rival, return_exceptions=True)
        porch.people.say(user, "/today")
        await porch.quiet()
    assert porch.server.texts(user.id) == ["You said /today"]
    assert any("another program reads" in log["event"] for log in logs)


async def test_webhook_of_an_earlier_set_up_is_removed(closed: Porch) -> None:
    user = closed.people.add_user()
    closed.server.state.webhook.url = "https://127.0.0.1:8443/hook"
    with capture_logs():
        await closed.open()
        await closed.server.wait_for(lambda: closed.server.methods["deleteWebhook"])
    closed.people.say(user, "/today")
    await closed.quiet()
    assert closed.server.texts(user.id) == ["You said /today"]


async def test_what_has_become_another_process_s_is_neither_taken_nor_confirmed(porch: Porch) -> None:
    user = porch.people.add_user()
    await porch.server.wait_for(porch.server.in_flight)
    porch.is_ours = False
    porch.people.say(user, "/today")
    await porch.server.wait_for(lambda: porch.server.methods["getUpdates"] > 2)
    await porch.close()
    assert porch.script.asked == []
    assert len(porch.server.updates.pending()) == 1


async def test_what_is_under_way_ends_and_is_confirmed_before_the_door_closes(porch: Porch) -> None:
    user = porch.people.add_user()

    async def stop(_: Request) -> None:
        assert porch.door is not None
        porch.door.stop()

    porch.script.meanwhile = stop
    porch.people.say(user, "/today")
    assert porch.running is not None
    await asyncio.wait([porch.running])
    assert porch.server.texts(user.id) == ["You said /today"]
    assert porch.server.updates.pending() == []


async def test_ids_that_begin_anew_are_taken(porch: Porch) -> None:
    user = porch.people.add_user()
    porch.people.say(user, "/today")
    await porch.quiet()
    porch.server.updates.next_id = 500
    porch.people.say(user, "/upcoming")
    await porch.server.wait_for(lambda: len(porch.server.texts(user.id)) == 2)


def conflicts_beyond(server: TelegramServer, before: int) -> bool:
    return server.statuses[409] > before
