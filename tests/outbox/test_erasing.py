"""What is kept, for how long, and what forgetting leaves."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, text

from bot.chats.address import Address, ChatKind
from bot.chats.chats import Chats
from bot.outbox.erasing import erase
from bot.outbox.tables import contents, waves
from bot.outbox.transport import Fate
from tests.outbox.stage import DAY, Stage, channel, failing, private


async def test_message_ids_of_private_chats_are_kept_48_hours_and_of_channels_a_year(on_either: Stage) -> None:
    stage = on_either
    reader = await stage.subscribe(private())
    public = await stage.subscribe(channel())
    await stage.run()
    ends_at = (await stage.rows("expires_at"))[0]

    await erase(stage.database, ends_at + timedelta(hours=47))
    assert await stage.rows("chat") == [reader.id, public.id]
    await erase(stage.database, ends_at + timedelta(hours=48))
    assert await stage.rows("chat") == [public.id]
    await erase(stage.database, ends_at + timedelta(days=365))
    assert await stage.rows("chat") == [public.id]
    await erase(stage.database, ends_at + timedelta(days=367))

    assert await stage.rows("chat") == []


async def test_texts_go_with_the_last_message_that_had_them(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private())
    await stage.run()
    assert await _count(stage, contents) == 1
    later = stage.clock() + timedelta(days=6)

    await erase(stage.database, later)

    assert await _count(stage, contents) == 0


async def test_texts_that_a_channel_s_post_still_has_are_kept(stage: Stage) -> None:
    await stage.subscribe(channel())
    await stage.run()

    await erase(stage.database, stage.clock() + timedelta(days=6))

    assert await _count(stage, contents) == 1


async def test_erasing_happens_within_ticks_once_an_hour(stage: Stage) -> None:
    await stage.subscribe(private())
    await stage.run()
    stage.edition.heard = lambda wishes, on: frozenset()

    for _ in range(4):
        stage.clock.advance(days=1)
        await stage.tick()

    assert await stage.rows("day") == []


async def test_forgetting_leaves_nothing_and_deletes_the_messages(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private())
    await stage.run()

    assert await stage.outbox.forget(private(), stage.clock())

    assert await stage.chats.get(private()) is None
    assert await stage.rows("day") == []
    assert stage.transport.deleted == [(private(), 1001)]
    assert await _count(stage, waves) == 0
    assert not await stage.outbox.forget(private(), stage.clock())


async def test_forgetting_succeeds_though_the_messages_cannot_be_deleted(stage: Stage) -> None:
    await stage.subscribe(private())
    await stage.run()

    async def refuse(*_: object, **__: object) -> None:
        raise failing(Fate.CHAT_GONE, "blocked")

    stage.transport.delete = refuse  # type: ignore[method-assign]  # in place of the script

    assert await stage.outbox.forget(private(), stage.clock())


async def test_forgetting_just_before_the_request_is_written_keeps_it_back(stage: Stage) -> None:
    await stage.subscribe(private(1), private(2))
    one = private(1)

    async def forget_the_other(address: object) -> None:
        stage.transport.before_answer = None
        other = private(2) if address == one else one
        await Chats(stage.database, stage.seal, erasers=stage.chats._erasers).forget(other)

    stage.outbox = Stage(stage.database, workers=1).outbox
    stage.transport.before_answer = forget_the_other
    single = Stage(stage.database, workers=1)
    single.transport = stage.transport
    single.outbox = single.new_outbox()
    await single.run()
    await single.stop()

    assert len(stage.transport.texts()) == 1


async def test_forgetting_leaves_other_chats_alone(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private(1), private(2))
    await stage.run()

    await stage.outbox.forget(private(1), stage.clock())

    assert await stage.rows("state", "day") == [("sent", DAY)]
    assert await stage.chats.get(private(2)) is not None


async def test_no_trace_of_a_forgotten_chat_is_left_in_the_file(stage: Stage) -> None:
    await stage.subscribe(private(1), zone="Asia/Vladivostok")
    await stage.run()
    assert stage.database.path is not None
    folder = stage.database.path

    await stage.outbox.forget(private(1), stage.clock())

    whole = b"".join(path.read_bytes() for path in folder.parent.glob(f"{folder.name}*"))
    sealed = stage.seal.seal("telegram", private(1).chat)
    assert sealed not in whole
    assert b"Vladivostok" not in whole
    async with stage.database.read() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM deliveries")) == 0


async def _count(stage: Stage, table: Any) -> int:
    async with stage.database.read() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def test_an_hour_that_nobody_has_any_more_is_erased_with_its_waves(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private())
    await stage.tick()
    await stage.chats.forget(private())
    assert await _count(stage, waves) > 0

    await erase(stage.database, stage.clock())

    assert await _count(stage, waves) == 0


async def test_a_group_that_moved_has_no_message_of_ours_under_its_old_ids(on_either: Stage) -> None:
    stage = on_either
    old = Address("telegram", "-77", kind=ChatKind.GROUP)
    group = await stage.subscribe(old)
    await stage.subscribe(private())
    await stage.run()

    await stage.chats.migrate(old, Address("telegram", "-1001000000077", kind=ChatKind.SUPERGROUP))

    kept = dict(await stage.rows("chat", "message_id"))
    assert (kept.pop(group.id), len(kept), None in kept.values()) == (None, 1, False)
