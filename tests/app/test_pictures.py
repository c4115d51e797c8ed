"""Pictures over the real wire: uploaded once for each content, sent by their name after that, a restart included."""

import sqlite3
from pathlib import Path

from tests.app.process import running
from tests.app.scene import PATIENCE_S, address_of, remembered_today, subscribe
from tests.telegram import Message, TelegramServer

LANGUAGES = ("en", "be", "ru")
EACH = 6


def test_a_picture_is_uploaded_once_and_again_only_when_telegram_has_lost_it(home: Path, tmp_path: Path) -> None:
    records = remembered_today(tmp_path) | {"send_rate": 1000}
    with TelegramServer() as server:
        _broadcast(server, home, records)
        assert server.state.uploads == len(LANGUAGES)

        _broadcast(server, home, records)
        assert server.state.uploads == len(LANGUAGES)
        assert {request.status for request in server.requests_of("sendPhoto")} == {200}

        _spoil_names(home)
        _broadcast(server, home, records)
        assert server.state.uploads == 2 * len(LANGUAGES)

        refused = _refused(server)
        _broadcast(server, home, records)
        assert server.state.uploads == 2 * len(LANGUAGES)
        assert _refused(server) == refused

    assert all(len({message.photo.sha256 for message in posts if message.photo}) == 1 for posts in _by_text(server))


def _broadcast(server: TelegramServer, home: Path, records: dict[str, object]) -> None:
    """Run the bot until so many more channels, and readers, in each language have the post of the day."""
    before = len(_posts(server))
    for language in LANGUAGES:
        places = [server.people.add_channel(f"{language} {number}") for number in range(EACH)]
        places += [server.chat(server.people.add_user().id) for _ in range(EACH)]
        subscribe(home, *map(address_of, places), language=language)
    with running(home, server, **records) as process:
        server.wait(lambda: len(_posts(server)) == before + 2 * EACH * len(LANGUAGES), PATIENCE_S)
        assert process.stop()[0] == 0


def _refused(server: TelegramServer) -> int:
    return sum(request.status == 400 for request in server.requests_of("sendPhoto"))


def _spoil_names(home: Path) -> None:
    """Telegram takes the names no more under which it has the pictures."""
    with sqlite3.connect(home / "vigil.sqlite") as connection:
        spoilt = connection.execute("UPDATE contents SET picture_ref = 'AgACAgIA-gone' WHERE picture_ref IS NOT NULL")
        assert spoilt.rowcount >= len(LANGUAGES)
    connection.close()


def _posts(server: TelegramServer) -> list[Message]:
    return [message for message in server.sent if message.photo is not None and not message.deleted]


def _by_text(server: TelegramServer) -> list[list[Message]]:
    texts = {message.text for message in _posts(server)}
    return [[message for message in _posts(server) if message.text == text] for text in texts]
