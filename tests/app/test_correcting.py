"""Corrections in a real run: a bot has posted, a record changes, and what stands in the chats follows."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from bot.app.correcting import CorrectionDesk
from bot.database import Database
from bot.outbox.lease import SenderLease
from bot.outbox.place import Place
from bot.outbox.single import SingleRun
from bot.settings import Settings
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_wire import Wire
from tests.app.process import running
from tests.app.scene import DEATH, PATIENCE_S, ROOM_ADDRESS, address_of, subscribe
from tests.calendars import ROOT
from tests.cli.vigil import environment, vigil
from tests.outbox.correcting import RIGHT, now_says, says
from tests.outbox.stage import Stage
from tests.telegram import Message, TelegramServer, User
from tests.transports.pacers import FreePacer

LINE = "this post replaces an earlier one."
READERS = 8


def posted(home: Path, server: TelegramServer, settings: dict[str, object], number: int) -> None:
    """A bot posts to everybody who has subscribed, and ends."""
    with running(home, server, **settings) as process:
        server.wait(lambda: sum(1 for message in server.sent if message.photo) == number, PATIENCE_S)
        assert process.stop()[0] == 0


def mend(records: dict[str, Any]) -> None:
    """The death was no death in custody, and in another year."""
    file = records["calendar"] / "events" / f"{DEATH}.yaml"
    words = file.read_text("utf-8")
    file.write_text(words.replace("in_custody: true", "in_custody: false").replace('"2024-', '"2020-'), "utf-8")


def texts(server: TelegramServer) -> set[str]:
    """Every text that ever stood in a message, the first ones left out."""
    found = (text for message in server.sent for text in [*message.earlier[1:], message.text] if message.earlier)
    return set(found)


def edits(server: TelegramServer) -> int:
    return sum(1 for request in server.requests if request.method.startswith("editMessage"))


def told(server: TelegramServer, chat: int, words: str) -> Message:
    """The message with these words, once it stands there."""
    server.wait(lambda: any(words in text for text in server.texts(chat)), PATIENCE_S)
    return next(message for message in server.messages(chat, by_bot=True) if words in message.text)


def press(server: TelegramServer, who: User, message: Message, button: str) -> str:
    """What somebody is shown who presses a button."""
    query = server.people.press(who, message, button)
    server.wait(lambda: query.id in server.answers, PATIENCE_S)
    return str(server.answers[query.id]["text"])


def in_every_kind_of_chat(home: Path, server: TelegramServer, records: dict[str, Any]) -> int:
    """A post stands in a channel, a topic and with readers, one of whom then blocked the bot: how many got it."""
    channel, gone = server.people.add_channel("Memory"), server.people.add_user()
    forum = server.people.add_supergroup("Forum", forum=True)
    server.people.add_history(forum, 5)
    topic = server.people.add_topic(forum, "Dates")
    readers = [server.people.add_user() for _ in range(READERS)]
    places = [channel, *(server.chat(user.id) for user in (gone, *readers))]
    subscribe(home, *map(address_of, places), address_of(forum, topic), ROOM_ADDRESS)
    posted(home, server, records, len(places) + 1)
    server.people.block(gone)
    return len(places) + 1


def test_nothing_is_edited_before_somebody_has_seen_it_and_agreed(
    home: Path, records: dict[str, Any], server: TelegramServer
) -> None:
    everyone = in_every_kind_of_chat(home, server, records)
    mend(records)
    token = {"telegram_token": server.token, "telegram_api": server.api}

    shown = vigil(home, "correct", "--dry-run", "--json", **records)
    refused = [
        vigil(home, "correct", given="n\n", **records, **token),
        vigil(home, "correct", "--yes", **records),
        vigil(home, "correct", "--yes", **records | token | {"telegram_token": f"{server.token}x"}),
    ]

    (row,) = shown.json["corrections"]
    assert (shown.status, row["messages"], row["private_chats_not_shown"]) == (0, everyone, READERS + 1)
    assert row["chats"] == ["telegram:…0001", "telegram:…0002/7"]
    assert "two years since the death in custody" in row["old"]
    assert row["new"].split("\n")[0].endswith(LINE)
    assert "six years since the death of Ihar Lednik" in row["new"]
    assert [(outcome.status, outcome.err.count("\n")) for outcome in refused] == [(1, 1)] * 3
    assert ["VIGIL_TELEGRAM_TOKEN" in outcome.err for outcome in refused] == [False, True, True]
    assert edits(server) == 0


def test_a_mended_record_is_mended_in_every_chat_though_the_command_was_killed(
    home: Path, records: dict[str, Any], server: TelegramServer
) -> None:
    everyone = in_every_kind_of_chat(home, server, records)
    mend(records)
    settings = records | {"telegram_token": server.token, "telegram_api": server.api}

    server.faults.latency_s = 0.2
    with _correcting(home, settings) as command:
        server.wait(lambda: edits(server) >= 3, PATIENCE_S)
        command.kill()
    server.faults.latency_s = 0
    done = vigil(home, "correct", "--yes", **settings)
    again = vigil(home, "correct", "--yes", "--with-readers", "--json", **settings)

    assert (done.status, "private chats: blocked (1)" in done.out) == (0, True)
    assert [row["reason"] for row in again.json["unreached"]] == ["blocked"]
    (text,) = texts(server)
    corrected = [message for message in server.sent if message.text == text]
    assert len(corrected) == everyone - 1
    assert len({message.photo.sha256 for message in corrected if message.photo}) == 1
    assert server.state.uploads == 2
    assert {message.buttons[0].get("callback_data") for message in corrected} == {None, "/why ihar-lednik-death"}


def test_a_running_bot_tells_the_operators_and_corrects_at_a_press_or_a_command(
    home: Path, records: dict[str, Any], server: TelegramServer
) -> None:
    channel, operator = server.people.add_channel("Memory"), server.people.add_user()
    subscribe(home, address_of(channel), address_of(server.chat(server.people.add_user().id)))
    settings = records | {"operators": f"telegram:{operator.id}"}
    posted(home, server, settings, 2)
    mend(records)

    with running(home, server, **settings) as process:
        notice = told(server, operator.id, "Posts already sent state what the calendar does not say any more")
        assert press(server, operator, notice, "Correct them …").startswith("Ordered")
        asked = told(server, operator.id, "There is to stand: Correction, ")
        assert edits(server) == 0
        assert press(server, operator, asked, "Correct them in 2 messages").startswith("Ordered")
        server.wait(lambda: sum(1 for message in server.sent if message.earlier) == 2, PATIENCE_S)
        first = texts(server)

        assert vigil(home, "hold", "person", "ihar-lednik", given="", **records).status == 0
        withdrawn = vigil(home, "correct", "--yes", "--json", **records)
        nothing = vigil(home, "correct", "--yes", **records)
        assert process.stop()[0] == 0

    assert (nothing.status, nothing.out.count("\n"), nothing.out.startswith("Nothing to correct")) == (0, 1, True)
    assert len(first) == 1
    assert LINE in next(iter(first))
    assert (withdrawn.json["edited"], withdrawn.json["waiting"]) == (2, 0)
    (text,) = {message.text for message in server.sent if message.earlier}
    assert text.endswith(f"{LINE} What that one stated is withdrawn.")
    assert not any("Lednik" in str(message.buttons) for message in server.sent if message.earlier)
    pictures = {message.photo.sha256 for message in server.sent if message.earlier and message.photo}
    assert len(pictures) == 1


async def test_a_command_waits_for_who_sends_and_takes_over_from_who_ended(either: Database) -> None:
    async with TelegramServer() as server, Wire(server.token, server.api) as wire:
        channel = server.people.add_channel()
        stage = Stage(either)
        stage.outbox = stage.new_outbox(transport=TelegramTransport(wire, FreePacer()))
        stage.edition.post = says("wrong")
        await stage.subscribe(address_of(channel))
        await stage.run()
        await stage.stop()
        now_says(stage, RIGHT)
        desk = _desk(stage, server, patience_s=0.2)
        found = await desk.find()
        planned = await desk.plan(found)

        async with _somebody_sends(either):
            waiting = await desk.carry_out(planned, lambda left: None)
            assert server.texts(channel.id) == [f"wrong of {found.corrections[0].stated.on}"]
        done = await desk.carry_out(planned, lambda left: None)

        assert (waiting.edited, waiting.waiting) == (0, 1)
        assert (done.edited, done.waiting, done.unreached) == (1, 0, ())
        assert server.texts(channel.id) == ["Correction 2027-02-20: right"]


@contextmanager
def _correcting(home: Path, settings: dict[str, object]) -> Iterator["subprocess.Popen[bytes]"]:
    """A `vigil correct --yes` under way, ended by its own id."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "correct", "--yes"],
        cwd=home.parent / "elsewhere", env=environment(home, **settings) | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE_S)


def _desk(stage: Stage, server: TelegramServer, patience_s: float) -> CorrectionDesk:
    settings = Settings(telegram_token=server.token, telegram_api=server.api)
    place = Place(stage.database, stage.seal, stage.chats, lambda: stage.edition, stage.clock, lambda notice: None)
    return CorrectionDesk(settings, place, patience_s)


@asynccontextmanager
async def _somebody_sends(database: Database) -> AsyncIterator[None]:
    """Another process has the lease, and does nothing with it."""
    with SingleRun(database.path) if database.path is not None else nullcontext():
        lease = SenderLease(database, exclusive=database.is_sqlite)
        assert await lease.take()
        yield
        await lease.release()
