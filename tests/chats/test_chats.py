"""Chats and what they wish, in both databases."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.agenda.wishes import Wishes
from bot.chats.address import Address, ChatKind
from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.chats.tables import chats as table
from bot.chats.tables import follows, schedules
from bot.chats.wording import SettingsError
from bot.database import Database

NOON = datetime(2027, 2, 20, 12, tzinfo=UTC)
READER = Address("telegram", "123456789")
MINSK: Any = {"zone": "Europe/Minsk", "language": "be"}


async def test_a_chat_is_found_again_with_what_it_chose(chats: Chats) -> None:
    made = await chats.subscribe(READER, now=NOON, **MINSK, at=time(7, 30), discreet=True)

    found = await chats.get(READER)

    assert found == made
    assert (made.zone, made.language, made.at, made.discreet) == ("Europe/Minsk", "be", time(7, 30), True)
    assert made.address == READER


async def test_an_unknown_chat_is_none(chats: Chats) -> None:
    assert await chats.get(READER) is None
    assert await chats.by_id(1) is None


async def test_topics_of_one_forum_are_chats_of_their_own(chats: Chats) -> None:
    topics = [Address("telegram", "-1001234567890", thread, ChatKind.SUPERGROUP) for thread in (0, 5)]

    numbers = {(await chats.subscribe(topic, now=NOON)).id for topic in topics}

    assert len(numbers) == 2


@pytest.mark.parametrize(
    ("at", "first"),
    [(time(14, 59), date(2027, 2, 21)), (time(15), date(2027, 2, 21)), (time(15, 1), date(2027, 2, 20))],
)
async def test_the_first_day_is_that_of_the_next_hour(sqlite: Database, seal: Seal, at: time, first: date) -> None:
    chat = await Chats(sqlite, seal).subscribe(READER, now=NOON, **MINSK, at=at)  # 15:00 in Minsk

    assert chat.first_day == first


async def test_a_new_hour_moves_a_first_day_still_to_come(chats: Chats) -> None:
    chat = await chats.subscribe(READER, now=NOON, **MINSK, at=time(9))

    moved = await chats.change(chat.id, now=NOON, at=time(20))

    assert moved is not None
    assert moved.first_day == date(2027, 2, 20)


async def test_subscribing_again_takes_settings_and_keeps_the_rest(chats: Chats) -> None:
    await chats.subscribe(READER, now=NOON, **MINSK, at=time(7))

    again = await chats.subscribe(READER, now=NOON, language="ru")

    assert (again.language, again.zone, again.at) == ("ru", "Europe/Minsk", time(7))


async def test_whoever_unsubscribed_and_comes_back_finds_her_settings(chats: Chats) -> None:
    await chats.subscribe(READER, now=NOON, **MINSK, at=time(7))
    assert await chats.unsubscribe(READER)
    assert not await chats.unsubscribe(READER)

    back = await chats.subscribe(READER, now=NOON)

    assert (back.state, back.at, back.first_day) == ("active", time(7), date(2027, 2, 21))


async def test_settings_can_be_kept_without_subscribing(chats: Chats) -> None:
    chat = await chats.settle(READER, now=NOON, language="be")

    assert (chat.state, chat.language, chat.first_day) == ("unsubscribed", "be", None)


async def test_a_paused_chat_resumes_at_its_next_hour(chats: Chats) -> None:
    chat = await chats.subscribe(READER, now=NOON, **MINSK)
    await chats.pause(chat.id, "blocked")
    paused = await chats.by_id(chat.id)

    resumed = await chats.resume(chat.id, now=NOON)

    assert paused is not None and resumed is not None
    assert (paused.state, paused.pause_reason) == ("paused", "blocked")
    assert (resumed.state, resumed.pause_reason, resumed.first_day) == ("active", None, date(2027, 2, 21))


async def test_equal_wishes_share_a_schedule_and_the_last_one_takes_it_along(either: Database, chats: Chats) -> None:
    others = [Address("telegram", str(n)) for n in (1, 2)]
    for address in others:
        await chats.subscribe(address, now=NOON, **MINSK)
    assert await _count(either, schedules) == 1

    for address in others:
        await chats.forget(address)

    assert await _count(either, schedules) == 0


async def test_a_change_of_hour_leaves_no_empty_schedule(either: Database, chats: Chats) -> None:
    chat = await chats.subscribe(READER, now=NOON, **MINSK)

    await chats.change(chat.id, now=NOON, at=time(22), wishes=Wishes(frozenset({"days"}), (), "never"))

    assert await _count(either, schedules) == 1
    changed = await chats.get(READER)
    assert changed is not None
    assert changed.wishes == Wishes(frozenset({"days"}), (), "never")


async def test_follows_can_only_be_asked_about(either: Database, chats: Chats) -> None:
    chat = await chats.subscribe(READER, now=NOON)
    await chats.follow(chat.id, "ihar-lednik")
    await chats.follow(chat.id, "ihar-lednik")

    assert await chats.following(chat.id, ["jane-doe", "ihar-lednik"]) == {"ihar-lednik"}
    async with either.read() as connection:
        [hashed] = await connection.scalars(select(follows.c.person))
    assert b"ihar" not in hashed

    assert await chats.unfollow(chat.id, "ihar-lednik")
    assert not await chats.unfollow(chat.id, "ihar-lednik")
    assert await chats.following(chat.id, ["ihar-lednik"]) == frozenset()


async def test_forgetting_deletes_every_row(either: Database, chats: Chats) -> None:
    chat = await chats.subscribe(READER, now=NOON)
    await chats.follow(chat.id, "ihar-lednik")

    assert await chats.forget(READER)
    assert not await chats.forget(READER)

    assert [await _count(either, t) for t in (table, follows, schedules)] == [0, 0, 0]


async def test_forgetting_leaves_no_byte_of_the_address_in_the_file(sqlite: Database, seal: Seal) -> None:
    chats = Chats(sqlite, seal)
    for number in range(300):
        await chats.subscribe(Address("telegram", str(number + 1)), now=NOON, at=time(number % 24))
    chat = await chats.subscribe(READER, now=NOON, zone="Asia/Vladivostok")
    await chats.follow(chat.id, "ihar-lednik")
    traces = [seal.seal("telegram", READER.chat), seal.follow_hash("ihar-lednik"), b"Asia/Vladivostok"]
    assert sqlite.path is not None
    assert all(trace in _bytes_of(sqlite.path) for trace in traces)

    await chats.forget(READER)

    assert [trace for trace in traces if trace in _bytes_of(sqlite.path)] == []


async def test_no_address_stands_in_the_file_as_it_is(sqlite: Database, seal: Seal) -> None:
    await Chats(sqlite, seal).subscribe(READER, now=NOON)

    assert sqlite.path is not None
    assert READER.chat.encode() not in _bytes_of(sqlite.path)
    assert int(READER.chat).to_bytes(4, "big") not in _bytes_of(sqlite.path)


async def test_a_chat_moves_with_all_its_topics(chats: Chats) -> None:
    old = [Address("telegram", "-77", thread, ChatKind.GROUP) for thread in (0, 3)]
    for address in old:
        await chats.subscribe(address, now=NOON, **MINSK)

    await chats.migrate(old[0], Address("telegram", "-10077", kind=ChatKind.SUPERGROUP))

    assert {chat.address for chat in await chats.listing()} == {
        Address("telegram", "-10077", thread, ChatKind.SUPERGROUP) for thread in (0, 3)
    }


async def test_a_chat_that_moves_to_a_known_one_gives_way(chats: Chats) -> None:
    old, new = Address("telegram", "-77", kind=ChatKind.GROUP), Address("telegram", "-10077", kind=ChatKind.SUPERGROUP)
    await chats.subscribe(old, now=NOON, language="be")
    await chats.subscribe(new, now=NOON, language="ru")

    await chats.migrate(old, new)

    assert [(chat.address, chat.language) for chat in await chats.listing()] == [(new, "ru")]


async def test_chats_are_counted_by_kind_and_state(chats: Chats) -> None:
    await chats.subscribe(READER, now=NOON)
    await chats.settle(Address("telegram", "2"), now=NOON)

    assert await chats.count() == {(ChatKind.PRIVATE, "active"): 1, (ChatKind.PRIVATE, "unsubscribed"): 1}


@pytest.mark.parametrize(
    "settings",
    [
        {"zone": "Europe/Nowhere"},
        {"zone": "../etc/passwd"},
        {"zone": "Europe"},
        {"zone": ""},
        {"wishes": Wishes(frozenset({"country:by"}))},
        {"wishes": Wishes(leads=(400,))},
    ],
)
async def test_a_setting_that_cannot_be_is_refused_and_nothing_is_written(
    sqlite: Database, seal: Seal, settings: Any
) -> None:
    chats = Chats(sqlite, seal)

    with pytest.raises(SettingsError):
        await chats.subscribe(READER, now=NOON, **settings)

    assert await chats.get(READER) is None


async def _count(database: Database, of: Any) -> int:
    async with database.read() as connection:
        return int(await connection.scalar(select(func.count()).select_from(of)) or 0)


def _bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


async def test_a_chat_that_rests_begins_again_on_its_day(chats: Chats) -> None:
    await chats.subscribe(READER, now=NOON, **MINSK)

    resting = await chats.rest(READER, date(2027, 3, 1))

    assert resting is not None
    assert (resting.state, resting.first_day, resting.rests_until) == ("active", date(2027, 3, 1), date(2027, 3, 1))


async def test_a_new_hour_does_not_end_a_rest(chats: Chats) -> None:
    chat = await chats.subscribe(READER, now=NOON, **MINSK)
    await chats.rest(READER, date(2027, 3, 1))

    moved = await chats.change(chat.id, now=NOON, at=time(20))

    assert moved is not None
    assert moved.rests_until == date(2027, 3, 1)


async def test_subscribing_again_ends_a_rest(chats: Chats) -> None:
    await chats.subscribe(READER, now=NOON, **MINSK)
    await chats.rest(READER, date(2027, 3, 1))

    chat = await chats.subscribe(READER, now=NOON)

    assert (chat.rests_until, chat.first_day) == (None, date(2027, 2, 21))


async def test_nobody_rests_who_is_not_subscribed(chats: Chats) -> None:
    assert await chats.rest(READER, date(2027, 3, 1)) is None
