"""getUpdates and the queue behind it."""

import asyncio

from tests.telegram import TelegramServer
from tests.telegram.caller import Caller
from tests.telegram.methods.polling import OTHER_POLLER, WEBHOOK_ACTIVE

DAY_S = 86_400


async def test_poll_waits_for_an_update(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user(language_code="be")
    polling = asyncio.create_task(call.ok("getUpdates", timeout=30))
    await server.wait_for(lambda: server.state.journal.open)
    server.people.say(user, "/today")
    (update,) = await polling
    assert update["message"]["from"]["language_code"] == "be"
    assert update["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]


async def test_update_comes_again_until_confirmed(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    for text in ("a", "b", "c"):
        server.people.say(user, text)
    first = await call.ok("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["a", "b"]
    assert await call.ok("getUpdates", limit=2) == first
    rest = await call.ok("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["c"]
    assert await call.ok("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_negative_offset_keeps_the_last(server: TelegramServer, call: Caller) -> None:
    for text in ("a", "b", "c"):
        server.people.say(server.people.add_user(), text)
    assert [update["message"]["text"] for update in await call.ok("getUpdates", offset=-1)] == ["c"]
    assert len(await call.ok("getUpdates")) == 1


async def test_second_poller_ends_the_first(server: TelegramServer, call: Caller) -> None:
    first = asyncio.create_task(call.refused("getUpdates", timeout=30))
    await server.wait_for(lambda: len(server.requests) == 1)
    second = asyncio.create_task(call.ok("getUpdates", timeout=30))
    assert await first == f"Conflict: {OTHER_POLLER}"
    server.people.say(server.people.add_user(), "x")
    assert len(await second) == 1


async def test_webhook_ends_polling_and_forbids_it(server: TelegramServer, call: Caller) -> None:
    polling = asyncio.create_task(call.refused("getUpdates", timeout=30))
    await server.wait_for(lambda: server.state.journal.open)
    await call.ok("setWebhook", url="http://127.0.0.1:9/hook")
    assert await polling == "Conflict: terminated by setWebhook request"
    assert await call.refused("getUpdates") == f"Conflict: {WEBHOOK_ACTIVE}"
    await call.ok("deleteWebhook")
    assert await call.ok("getUpdates") == []


async def test_kinds_that_were_not_asked_for_are_never_queued(server: TelegramServer, call: Caller) -> None:
    user, channel = server.people.add_user(), server.people.add_channel()
    await call.ok("getUpdates", allowed_updates=["message"])
    server.people.post(channel, "x")
    server.people.say(user, "y")
    assert [list(update)[1] for update in await call.ok("getUpdates")] == ["message"]


async def test_updates_expire_after_a_day(server: TelegramServer, call: Caller) -> None:
    server.people.say(server.people.add_user(), "x")
    server.clock.advance(DAY_S + 1)
    assert await call.ok("getUpdates") == []


async def test_update_can_be_replayed_and_have_an_old_date(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    server.people.say(user, "/forget", at=server.clock.today() - DAY_S)
    (update,) = await call.ok("getUpdates")
    await call.ok("getUpdates", offset=update["update_id"] + 1)
    server.updates.replay(update["update_id"])
    assert await call.ok("getUpdates") == [update]


async def test_updates_held_back_come_in_the_order_given(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    server.updates.hold()
    for text in ("a", "b", "c"):
        server.people.say(user, text)
    assert await call.ok("getUpdates") == []
    server.updates.release([2, 0, 1])
    updates = await call.ok("getUpdates")
    assert [update["message"]["text"] for update in updates] == ["c", "a", "b"]
    assert [update["update_id"] for update in updates] == sorted(update["update_id"] for update in updates)


async def test_own_posts_are_not_echoed(server: TelegramServer, call: Caller) -> None:
    channel = server.people.add_channel()
    await call.ok("sendMessage", chat_id=channel.id, text="x")
    assert await call.ok("getUpdates") == []
