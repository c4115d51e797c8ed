"""People talk with the bot in Telegram: whatever they write, what is answered is never refused."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from bot.chats.chat import Chat
from tests.app.process import running
from tests.app.scene import PATIENCE_S, address_of, answer, chats_in
from tests.telegram import TelegramServer, User

USER_ID = 5_550_123_457
ODD = [
    "<b>Леднік</b> & <script>alert(1)</script>",
    "Л" * 4000,
    "</blockquote>&amp;\u202e\ud7ff",
    "'; DROP TABLE chats;--",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("talking") / "home"


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[TelegramServer]:
    """A Telegram with a bot that runs, shared: each test brings a person of its own."""
    with TelegramServer() as telegram, running(home, telegram, chat_rate=50) as process:
        yield telegram
        assert process.stop()[0] == 0
        assert process.err == []


@pytest.fixture
def reader(server: TelegramServer) -> Iterator[User]:
    """Somebody to whom nothing was sent that Telegram refuses."""
    person = server.people.add_user(started=False, known=False)
    yield person
    server.wait(lambda: any(request.status for request in server.requests_of(chat_id=person.id)), PATIENCE_S)
    answered = [request for request in server.requests_of(chat_id=person.id) if request.status is not None]
    assert {request.description for request in answered} == {None}
    assert set(server.statuses) == {200}


def stored(home: Path, server: TelegramServer, reader: User) -> Chat | None:
    return chats_in(home).get(address_of(server.chat(reader.id)))


def test_who_only_looks_around_is_not_written_down(home: Path, server: TelegramServer, reader: User) -> None:
    assert "nothing about this chat is written down" in answer(server, reader, "/start")
    assert "Ihar Lednik" in answer(server, reader, "/prisoner Ihar Lednik")
    assert stored(home, server, reader) is None


def test_settings_are_kept_from_the_first_word_to_the_last(home: Path, server: TelegramServer, reader: User) -> None:
    answer(server, reader, "/subscribe")
    answer(server, reader, "/time 07:30")
    answer(server, reader, "/language be")
    server.people.say(reader, "/timezone Мінск")
    server.wait(lambda: (kept := stored(home, server, reader)) is not None and kept.zone == "Europe/Minsk", PATIENCE_S)
    chat = stored(home, server, reader)
    assert chat is not None
    assert (chat.at, chat.language, chat.zone, chat.state) == (time(7, 30), "be", "Europe/Minsk", "active")

    server.people.say(reader, "/forget")
    server.wait(
        lambda: any("/forget yes" in str(m.buttons) for m in server.messages(reader.id, by_bot=True)), PATIENCE_S
    )
    confirmation = server.messages(reader.id, by_bot=True)[-1]
    pressed = server.people.press(reader, confirmation, confirmation.buttons[0]["text"])
    server.wait(lambda: pressed.id in server.answers, PATIENCE_S)
    server.wait(lambda: stored(home, server, reader) is None, PATIENCE_S)


@pytest.mark.parametrize("asked", ["Ігар Леднік", "Леднік", "лядник", "Игорь Ледник", "IHAR LEDNIK"])
def test_somebody_is_found_in_any_spelling(server: TelegramServer, reader: User, asked: str) -> None:
    assert "Ihar Lednik" in answer(server, reader, f"/prisoner {asked}")


@pytest.mark.parametrize("asked", [*ODD, "", " ", "\n\n"])
def test_an_odd_name_gets_a_polite_answer(server: TelegramServer, reader: User, asked: str) -> None:
    text = answer(server, reader, f"/prisoner {asked}")

    assert text
    assert "Traceback" not in text


@pytest.mark.parametrize(
    "asked", ["/language xx", "/timezone Nowhere", "/time 25:61", "/why nothing-like-it", "/unknown"]
)
def test_what_cannot_be_understood_is_answered(server: TelegramServer, reader: User, asked: str) -> None:
    assert answer(server, reader, asked)


def test_the_database_does_not_show_who_subscribed(home: Path, server: TelegramServer) -> None:
    person = server.people.add_user(USER_ID, first_name="Zinaida", username="zinaida_reads")
    answer(server, person, "/subscribe")
    assert stored(home, server, person) is not None

    files = [path for path in home.iterdir() if path.name.startswith("vigil.sqlite")]
    kept = b"".join(path.read_bytes() for path in files)
    assert len(kept) > 10_000
    for trace in (str(USER_ID).encode(), USER_ID.to_bytes(6, "big"), USER_ID.to_bytes(8, "little"), b"inaida"):
        assert trace not in kept
