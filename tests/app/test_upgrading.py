"""Groups that become supergroups while their posts are due go on without a gap."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chats.address import TELEGRAM, Address
from bot.chats.chat import Chat as KnownChat
from tests.app.process import running
from tests.app.scene import (
    PATIENCE_S,
    address_of,
    chats_in,
    followed_in,
    remembered_today,
    sealed_as,
    states_in,
    subscribe,
)
from tests.telegram import Chat, TelegramServer
from tests.telegram.faults import flood, late, slow

FOLLOWED, OTHER = "ihar-lednik", "ales-bialiatski"
# What becomes of each group's first request; the request of the last ones is not written yet when they change.
FATES = (late(1), slow(1), flood(1), late(1), slow(1), flood(1), None, None, None, None)
RATE = 8
ASKED_BEFORE = 6


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """A Telegram with groups, each of which the first request meets another fate."""
    with TelegramServer() as telegram:
        for number, fate in enumerate(FATES):
            group = telegram.people.add_group(f"Group {number}", telegram.people.add_user())
            telegram.faults.script(fate, method="sendPhoto", chat=group.id)
        yield telegram


@pytest.mark.parametrize("first_told_by", ["updates", "refusals"])
def test_groups_upgraded_while_posts_are_due_get_each_once_and_keep_everything(
    home: Path, tmp_path: Path, server: TelegramServer, first_told_by: str
) -> None:
    groups = _groups(server)
    subscribe(home, *map(address_of, groups), language="be", follows=[FOLLOWED])
    before = chats_in(home).values()
    with running(home, server, **remembered_today(tmp_path), send_rate=RATE) as process:
        server.wait(lambda: len(server.requests_of("sendPhoto")) >= ASKED_BEFORE, PATIENCE_S)
        if first_told_by == "refusals":
            server.updates.hold()
        large = {address_of(group): server.people.upgrade(group) for group in groups}
        server.wait(lambda: states_in(home) == ["sent"] * len(groups), PATIENCE_S)
        server.updates.release()
        server.wait(lambda: set(map(address_of, large.values())) == set(_of_telegram(home)), PATIENCE_S)
        assert process.stop()[0] == 0
        assert not any("error" in line for line in process.err)

    # The first day is forgotten once it has come.
    moved = [replace(chat, address=address_of(large[chat.address]), first_day=None) for chat in before]
    assert list(_of_telegram(home).values()) == moved
    posts = [len(server.texts(group.id)) + len(server.texts(large[address_of(group)].id)) for group in groups]
    assert posts == [1] * len(groups)
    assert 0 < sum(len(server.texts(group.id)) for group in groups) < len(groups)
    assert _known_messages(home) == [_only_id(server, large[address_of(group)]) for group in groups]
    follows = followed_in(home, [FOLLOWED, OTHER])
    assert [follows[chat.address] for chat in moved] == [{FOLLOWED}] * len(groups)
    assert not [address for address in large if _holds(home, sealed_as(home, address))]
    assert all(_holds(home, sealed_as(home, chat.address)) for chat in moved)


def _groups(server: TelegramServer) -> list[Chat]:
    return [chat for chat in server.state.chats.values() if chat.kind == "group"]


def _of_telegram(home: Path) -> dict[Address, KnownChat]:
    """The chats but for the room."""
    return {address: chat for address, chat in chats_in(home).items() if address.transport == TELEGRAM}


def _only_id(server: TelegramServer, chat: Chat) -> int | None:
    """The id of the post in a chat; null where none stands."""
    return next((message.id for message in server.messages(chat.id, by_bot=True)), None)


def _known_messages(home: Path) -> list[int | None]:
    """Which message each chat's post is in the database: an id of the former group would be somebody else's message."""
    with closing(sqlite3.connect(home / "vigil.sqlite")) as connection:
        return [number for (number,) in connection.execute("SELECT message_id FROM deliveries ORDER BY chat")]


def _holds(home: Path, sealed: bytes) -> bool:
    """Whether this stands in any byte of the database or of its write-ahead log."""
    return any(sealed in path.read_bytes() for path in home.glob("vigil.sqlite*"))
