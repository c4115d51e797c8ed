"""Operators press their buttons, in a real run: each is obeyed once, and only in their own chat."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chats.address import TRANSPORTS
from bot.outbox.looking import count_left
from tests.app.process import running
from tests.app.scene import PATIENCE_S, address_of, answer, chats_in, states_in, subscribe
from tests.calendars import copy_of_the_records
from tests.cli.vigil import vigil
from tests.databases import opened, sqlite_url
from tests.telegram import Message, TelegramServer, User, faults

GONE = 20
IN_DOUBT = 2
LEADERS = "viasna-leaders-arrest"
NAMES = ("Ales Bialiatski", "Valentsin Stefanovich", "Uladzimir Labkovich")


def told(server: TelegramServer, chat: int, words: str) -> Message:
    """The message with these words, once it stands there."""
    server.wait(lambda: any(words in text for text in server.texts(chat)), PATIENCE_S)
    return next(message for message in server.messages(chat, by_bot=True) if words in message.text)


def press(server: TelegramServer, who: User, message: Message, button: str) -> str:
    """What somebody is shown who presses a button."""
    query = server.people.press(who, message, button)
    server.wait(lambda: query.id in server.answers, PATIENCE_S)
    return str(server.answers[query.id]["text"])


def forged(server: TelegramServer, who: User, message: Message, data: str) -> str:
    """What somebody is shown whose client sends what no button of the message holds."""
    button = {"text": "forged", "callback_data": data}
    message.reply_markup = {"inline_keyboard": [[button]]}
    return press(server, who, message, "forged")


def test_a_stop_is_told_once_and_a_button_resumes_it(
    home: Path, records: dict[str, object], server: TelegramServer
) -> None:
    operator, stranger = server.people.add_user(), server.people.add_user()
    gone = [server.people.add_user(known=False) for _ in range(GONE)]
    subscribe(home, *(address_of(server.chat(user.id)) for user in gone))
    with running(home, server, **records, operators=f"telegram:{operator.id}", chat_rate=100) as process:
        stop = told(server, operator.id, "Sending over telegram has stopped (breaker after 20 refusals)")
        data = stop.buttons[0]["callback_data"]
        assert answer(server, stranger, "/privacy")
        seen = server.messages(stranger.id, by_bot=True)[-1]
        before = server.sent_count

        # A stranger with a client of his own: the very data, from his own chat and from a message he cannot have.
        assert forged(server, stranger, seen, data) == ""
        assert press(server, stranger, stop, "Resume sending") == ""
        assert forged(server, operator, stop, "order guessed") == "This button is too old: nothing was done."
        stop.reply_markup = {"inline_keyboard": [[{"text": "Resume sending", "callback_data": data}]]}
        assert server.sent_count == before

        for user in gone:
            user.known = True
        assert press(server, operator, stop, "Resume sending") == "Ordered. What came of it follows here."
        told(server, operator.id, "Sending over telegram goes on.")
        assert press(server, operator, stop, "Resume sending") == "Already done."
        server.wait(lambda: all(server.texts(user.id) for user in gone), PATIENCE_S)
        assert process.stop()[0] == 0

    assert len(server.texts(operator.id)) == 2
    assert {chat.state for chat in chats_in(home).values()} == {"active"}
    assert states_in(home) == ["sent"] * GONE


def test_what_was_left_uncertain_is_sent_again_after_a_second_press(
    home: Path, records: dict[str, object], server: TelegramServer
) -> None:
    operators = server.people.add_channel("Operators")
    operator = server.people.add_user()
    readers = [server.people.add_user() for _ in range(IN_DOUBT)]
    for reader in readers:
        server.faults.script(faults.CUT_AFTER, method="sendPhoto", chat=reader.id)
    subscribe(home, *(address_of(server.chat(reader.id)) for reader in readers))
    settings = records | {"operators": f"telegram:{operators.id}", "chat_rate": 100}
    with running(home, server, **settings) as process:
        server.wait(lambda: all(server.texts(reader.id) for reader in readers), PATIENCE_S)
        until(lambda: left_in(home) == IN_DOUBT)
        process.kill()
    # Nobody was told yet: the next run tells.
    with running(home, server, **settings) as process:
        left = told(server, operators.id, f"wait for your decision: {IN_DOUBT}.")
        press(server, operator, left, "Send them again …")
        asked = told(server, operators.id, f"Send {IN_DOUBT} messages again?")
        assert [len(server.texts(reader.id)) for reader in readers] == [1] * IN_DOUBT

        press(server, operator, asked, f"Yes, send {IN_DOUBT} again")
        told(server, operators.id, f"Messages that are being sent again: {IN_DOUBT}.")
        assert press(server, operator, asked, f"Yes, send {IN_DOUBT} again").startswith(("Ordered already", "Already"))
        server.wait(lambda: all(len(server.texts(reader.id)) == 2 for reader in readers), PATIENCE_S)
        assert process.stop()[0] == 0

    assert [len(server.texts(reader.id)) for reader in readers] == [2] * IN_DOUBT
    assert states_in(home) == ["sent"] * IN_DOUBT


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Settings with one anniversary, in three days, of an arrest whose reports of custody are old; it is past nine."""
    now = datetime.now(UTC)
    monkeypatch.setenv("TZ", f"Etc/GMT{now.hour - 12:+d}")
    calendar, seeds = copy_of_the_records(tmp_path)
    for other in [*(calendar / "events").glob("*.yaml"), *(calendar / "observances").glob("*.yaml")]:
        if other.stem != LEADERS:
            other.unlink()
    arrest = calendar / "events" / f"{LEADERS}.yaml"
    words = arrest.read_text("utf-8")
    assert words.count('"2021-07-14"') == 1
    on = (now + timedelta(days=3)).replace(year=2020)
    arrest.write_text(words.replace('"2021-07-14"', f'"{on:%Y-%m-%d}"'), "utf-8")
    return {"calendar": calendar, "seeds": seeds}


def test_the_week_ahead_is_listed_once_and_somebody_in_it_is_held(
    home: Path, week: dict[str, object], server: TelegramServer
) -> None:
    operator, reader = server.people.add_user(), server.people.add_user()
    settings = week | {"operators": f"telegram:{operator.id}", "chat_rate": 100}
    with running(home, server, **settings) as process:
        listed = told(server, operator.id, "as the calendar stands now")
        assert all(name in listed.text for name in NAMES)
        assert listed.text.count("To be rechecked: the shelf life is 30 days") == len(NAMES)
        assert press(server, operator, listed, "1: rechecked, post")
        told(server, operator.id, "Rechecked: ")

        press(server, operator, listed, "1: hold …")
        asked = told(server, operator.id, "Say nothing more of whom, or of what?")
        press(server, operator, asked, f"Hold {NAMES[0]}")
        told(server, operator.id, "Held: person ales-bialiatski.")
        assert process.stop()[0] == 0
    assert vigil(home, "holds", given="", **week).out.split() == ["person", "ales-bialiatski"]

    before = len(server.texts(operator.id))
    with running(home, server, **settings) as process:
        until(lambda: process.health("readyz")[0] == 200)
        assert NAMES[0] not in answer(server, reader, f"/prisoner {NAMES[0]}")
        assert process.stop()[0] == 0
    assert len(server.texts(operator.id)) == before


def until(holds: Callable[[], bool]) -> None:
    """Ask until it is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline


def left_in(home: Path) -> int:
    """How many deliveries wait for a person's decision."""

    async def read() -> int:
        async with opened(sqlite_url(home)) as database:
            return await count_left(database, TRANSPORTS)

    return asyncio.run(read())
