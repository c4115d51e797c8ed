"""The whole way: a record becomes a post in a chat, once, whatever happens on the way."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app.ticking import TICK_S
from tests.app.process import REAL, Process, running, started
from tests.app.scene import (
    PATIENCE_S,
    ROOM_ADDRESS,
    address_of,
    answer,
    chats_in,
    states_in,
    subscribe,
)
from tests.cli.vigil import vigil
from tests.telegram import Message, TelegramServer, User, faults
from tests.telegram.faults import flood, late

CHANNELS = 30
NAME = "Ihar Lednik"


def test_a_death_is_remembered_once_in_every_kind_of_chat(home: Path, records: dict[str, object]) -> None:
    with TelegramServer(limits=True) as server:
        channel = server.people.add_channel("Memory")
        reader = server.people.add_user()
        forum = server.people.add_supergroup("Forum", forum=True)
        server.people.add_history(forum, 5)
        topic = server.people.add_topic(forum, "Dates")
        private = server.chat(reader.id)
        subscribe(home, address_of(channel), address_of(private), address_of(forum, topic), ROOM_ADDRESS)
        with running(home, server, **records) as process:
            server.wait(lambda: len(_posts(server)) == 3, PATIENCE_S)
            (second,) = _refusal(home, server, records)
            room = process.get()
            assert process.stop()[0] == 0

        assert second.startswith("vigil: ")
        assert "another vigil run" in second
        assert room.count("the death in custody of Ihar Lednik") >= 1
        assert room.count('class="entry post') == 1
        for place in (channel, private, forum):
            (message,) = server.messages(place.id, by_bot=True)
            assert "years since the death in custody of Ihar Lednik" in message.text
            assert "Ihar Lednik died in prison on 20 February 2024." in message.text
            assert "EaP CSF" in message.text
            assert "27 February 2024" in message.text
            assert message.photo is not None
        assert all("t.me/vigil_test_bot?start=" in b["url"] for b in _commands(server, channel.id))
        assert _commands(server, private.id)[0]["callback_data"].startswith("/why ")
        assert server.messages(forum.id, by_bot=True)[0].thread_id == topic.id

        later = server.people.add_channel("Later")
        subscribe(home, address_of(later))
        with running(home, server, **records) as process:
            server.wait(lambda: len(_posts(server)) == 4, PATIENCE_S)
            assert process.stop()[0] == 0
        assert len(_posts(server)) == 4
        assert server.doubled() == []
        assert set(server.statuses) == {200}
        assert states_in(home) == ["sent"] * 5


def test_nothing_is_sent_of_somebody_who_is_held(home: Path, records: dict[str, object]) -> None:
    with TelegramServer() as server:
        channel = server.people.add_channel("Memory")
        reader = server.people.add_user()
        subscribe(home, address_of(channel), ROOM_ADDRESS)
        assert vigil(home, "hold", "person", "ihar-lednik", given="", **records).status == 0
        with running(home, server, **records) as process:
            _tick_after(process, server, reader, datetime.now(UTC) - timedelta(seconds=TICK_S))
            assert "Lednik" not in process.get()
            assert process.stop()[0] == 0

        assert not any("Lednik" in line for line in process.out)
        assert server.texts(channel.id) == []
        assert "sent" not in states_in(home)


def test_a_hold_silences_a_running_bot_within_a_tick(home: Path, records: dict[str, object]) -> None:
    with TelegramServer() as server:
        reader = server.people.add_user()
        with running(home, server, REAL, **records) as process:
            today = f"day/{datetime.now(UTC):%Y-%m-%d}"
            shown = [
                answer(server, reader, "/upcoming"),
                answer(server, reader, "/prisoner Lednik"),
                process.get(today),
            ]
            assert all(NAME in text for text in shown)
            assert vigil(home, "hold", "person", "ihar-lednik", given="", **records).status == 0
            _tick_after(process, server, reader, datetime.now(UTC))
            shown = [
                answer(server, reader, "/upcoming"),
                answer(server, reader, "/prisoner Lednik"),
                process.get(today),
            ]
            assert not any(NAME in text for text in shown)
            assert process.stop()[0] == 0


def test_after_a_kill_no_channel_gets_it_twice_and_none_goes_without(home: Path, records: dict[str, object]) -> None:
    with TelegramServer(latency_s=0.1) as server:
        operators = server.people.add_user()
        channels = [server.people.add_channel(f"Channel {number}") for number in range(CHANNELS)]
        subscribe(home, *map(address_of, channels))
        settings = records | {"operators": f"telegram:{operators.id}", "send_rate": 200, "chat_rate": 100}
        with running(home, server, **settings) as process:
            # Carried out, and none of their answers written yet: the worst moment there is.
            server.wait(lambda: len(_posts(server)) >= 5, PATIENCE_S)
            process.kill()
            cut_off = [request for request in server.in_flight() if request.method == "sendPhoto"]
        with running(home, server, **settings) as process:
            server.wait(lambda: len({m.chat.id for m in _posts(server)}) == CHANNELS, PATIENCE_S)
            _settled(process, home)
            assert process.stop()[0] == 0

        assert cut_off
        assert [len(server.texts(channel.id)) for channel in channels] == [1] * CHANNELS
        assert server.texts(operators.id) == []
        assert states_in(home) == ["sent"] * CHANNELS


def test_what_goes_wrong_on_the_way_pauses_nobody_and_doubles_nothing(home: Path, records: dict[str, object]) -> None:
    troubles = [flood(1), faults.BAD_GATEWAY, faults.NOT_OK, faults.TRUNCATED, faults.BAD_GATEWAY_BUT_SENT]
    with TelegramServer() as server:
        operators = server.people.add_user()
        places = [server.people.add_channel(f"Channel {number}") for number in range(len(troubles))]
        places.append(server.chat(server.people.add_user().id))
        for place, trouble in zip(places, [*troubles, flood(1)], strict=True):
            server.faults.script(trouble, method="sendPhoto", chat=place.id)
        subscribe(home, *map(address_of, places))
        with running(home, server, **records, operators=f"telegram:{operators.id}", chat_rate=100) as process:
            server.wait(lambda: len({m.chat.id for m in _posts(server)}) == len(places), PATIENCE_S)
            _settled(process, home)
            assert process.stop()[0] == 0

        assert server.faults_met.total() == len(places)
        assert [len(server.texts(place.id)) for place in places] == [1] * len(places)
        assert {chat.state for chat in chats_in(home).values()} == {"active"}
        assert states_in(home) == ["sent"] * len(places)


def test_who_blocked_the_bot_is_paused_only_once_another_was_reached(home: Path, records: dict[str, object]) -> None:
    with TelegramServer() as server:
        gone, reader = (server.chat(server.people.add_user().id) for _ in range(2))
        server.state.users[gone.id].blocked = True
        server.faults.script(late(2), method="sendPhoto", chat=reader.id)
        # In two languages, so that neither waits for the other's picture, whoever comes first on this day.
        subscribe(home, address_of(gone))
        subscribe(home, address_of(reader), language="be")
        with running(home, server, **records) as process:
            server.wait(lambda: any(r.status == 403 for r in server.requests_of("sendPhoto", gone.id)), PATIENCE_S)
            before = chats_in(home)[address_of(gone)].state
            is_reached_before = bool(server.texts(reader.id))
            server.wait(lambda: server.texts(reader.id), PATIENCE_S)
            assert process.stop()[0] == 0

        assert (before, is_reached_before) == ("active", False)
        after = chats_in(home)
        assert (after[address_of(gone)].state, after[address_of(reader)].state) == ("paused", "active")


def test_a_group_that_became_a_supergroup_goes_on(home: Path, records: dict[str, object]) -> None:
    with TelegramServer() as server:
        group = server.people.add_group("Readers", server.people.add_user())
        old = address_of(group)
        large = server.people.upgrade(group)
        server.updates.hold()
        subscribe(home, old)
        with running(home, server, **records) as process:
            server.wait(lambda: server.texts(large.id), PATIENCE_S)
            assert process.stop()[0] == 0

        assert len(server.texts(large.id)) == 1
        assert address_of(large) in chats_in(home)
        assert old not in chats_in(home)


def _commands(server: TelegramServer, chat_id: int) -> list[dict[str, str]]:
    """The buttons of the only message in a chat, but the one that shares."""
    (message,) = server.messages(chat_id, by_bot=True)
    return [button for button in message.buttons if "t.me/share" not in button.get("url", "")]


def _posts(server: TelegramServer) -> list[Message]:
    return [message for message in server.sent if message.photo is not None and not message.deleted]


def _refusal(home: Path, server: TelegramServer, records: dict[str, object]) -> list[str]:
    with started(home, server, **records) as second:
        assert second.ended() == 1
        return second.err


def _tick_after(process: Process, server: TelegramServer, reader: User, moment: datetime) -> None:
    """Wait for a tick that began after a moment; what the limiter lets through sets the pace of asking."""
    while (ticked := process.health("readyz")[1]["last_tick"]) is None or datetime.fromisoformat(ticked) <= moment:
        assert datetime.now(UTC) - moment < timedelta(seconds=TICK_S + 3)
        answer(server, reader, "/privacy")


def _settled(process: Process, home: Path) -> None:
    """Wait until no delivery is on its way any more."""
    until = time.monotonic() + PATIENCE_S
    while set(states_in(home)) & {"due", "leased", "sending", "uncertain"}:
        assert time.monotonic() < until, (states_in(home), process.err)
