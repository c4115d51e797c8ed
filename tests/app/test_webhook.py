"""Updates by webhook, as an operator sets it up: a process, a proxy before it, and Telegram."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app.webhook import webhook_of
from bot.errors import SettingError
from bot.settings import read_settings
from tests.app.front import PATH, Front, front
from tests.app.process import Process, running, started
from tests.app.scene import PATIENCE_S, address_of, answer, chats_in
from tests.telegram import TelegramServer
from tests.telegram.faults import late

SECRET = "s3-cret_of-ours"
ENDING_S = 5.0
TOKEN = "123456789:AAtest-token_of-the-local-server_0000"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@contextmanager
def hooked(home: Path, server: TelegramServer, before: Front, /, **settings: object) -> Iterator[Process]:
    """A bot with a webhook, behind that proxy."""
    server.webhook.retry_s = 0.05
    webhook = {"public": "127.0.0.1:0", "webhook_url": before.url, "webhook_secret": SECRET}
    with running(home, server, **webhook, **settings) as process:
        before.backends.append(public(process))
        server.wait(lambda: server.state.webhook.url, PATIENCE_S)
        yield process


def public(process: Process) -> str:
    """Where its public listener is."""
    line = next(line for line in process.out if line.startswith("Public: "))
    return line.split()[1]


def test_people_are_heard_by_webhook_and_nothing_else_is_there(home: Path) -> None:
    with TelegramServer() as server, front() as before:
        reader = server.people.add_user()
        server.people.say(reader, "/start")  # before it runs: nothing that waits is dropped
        with hooked(home, server, before, chat_rate=50) as process:
            server.wait(lambda: server.texts(reader.id), PATIENCE_S)
            assert "Ihar Lednik" in answer(server, reader, "/prisoner Ihar Lednik")
            answer(server, reader, "/subscribe")
            assert address_of(server.chat(reader.id)) in chats_in(home)
            base = public(process).rstrip("/")
            unknown = [_status(base, path) for path in ("/", PATH, "/healthz", "/metrics", "/day/2027-02-20")]
            forged = _status(base, PATH, {"update_id": 1}, secret="guess")
            malformed = _status(base, PATH, {"update_id": None}, secret=SECRET)
            assert process.stop()[0] == 0

        assert unknown == [404] * 5
        assert (forged, malformed) == (404, 400)
        assert server.methods["getUpdates"] == 0
        assert server.methods["setMyCommands"] > 0
        assert not any(SECRET in line for line in process.out + process.err)
        assert before.statuses[-1] == 200
        assert server.state.webhook.url  # left for the next start


def test_polling_ends_a_webhook_and_a_webhook_ends_polling_without_losing_anybody(home: Path) -> None:
    with TelegramServer() as server, front() as before:
        server.webhook.retry_s = 30
        server.run(_set_webhook(server, "http://127.0.0.1:9/gone"))
        reader, other = server.people.add_user(), server.people.add_user()
        server.people.say(reader, "/start")
        server.wait(lambda: server.state.webhook.last_error, PATIENCE_S)
        with running(home, server) as process:
            server.wait(lambda: server.texts(reader.id), PATIENCE_S)
            assert process.stop()[0] == 0
        server.people.say(other, "/start")
        with hooked(home, server, before) as process:
            server.wait(lambda: server.texts(other.id), PATIENCE_S)
            assert process.stop()[0] == 0

        assert server.statuses[409] == 0
        assert [len(server.texts(person.id)) for person in (reader, other)] == [1, 1]


def test_at_a_signal_what_can_be_answered_is_and_the_rest_is_brought_again(home: Path) -> None:
    with TelegramServer() as server, front() as before:
        people = [server.people.add_user() for _ in range(8)]
        unlucky = server.people.add_user()
        with hooked(home, server, before) as process:
            server.faults.script(late(60.0), method="sendMessage", chat=unlucky.id)
            server.faults.chance(late(1.0), 1.0, method="sendMessage")
            for person in [unlucky, *people]:
                server.people.say(person, "/start")
            server.wait(lambda: len(server.in_flight()) == len(people) + 1, PATIENCE_S)
            status, seconds = process.stop()
            before.backends.clear()
            answered = [len(server.texts(person.id)) for person in people]
            pending = [update.queue for update in server.updates.pending()]

        assert (status, process.err) == (0, [])
        assert seconds < ENDING_S
        assert answered == [1] * len(people)
        assert pending == [unlucky.id]


def test_the_public_listener_alone_serves_nothing(home: Path) -> None:
    with running(home, public="127.0.0.1:0") as process:
        base = public(process).rstrip("/")
        statuses = [_status(base, path) for path in ("/", PATH, "/healthz")]
        with started(home.parent / "other", public=base.removeprefix("http://")) as second:
            assert second.ended() == 1
        assert process.stop()[0] == 0

    assert any("serves nothing yet" in line for line in process.out)
    assert statuses == [404] * 3
    (line,) = second.err
    assert line.startswith("vigil: VIGIL_PUBLIC: found ")


WHOLE = {
    "VIGIL_TELEGRAM_TOKEN": TOKEN,
    "VIGIL_PUBLIC": "127.0.0.1:8081",
    "VIGIL_WEBHOOK_URL": "https://vigil.example/telegram",
    "VIGIL_WEBHOOK_SECRET": SECRET,
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VIGIL_TELEGRAM_TOKEN", ""),
        ("VIGIL_PUBLIC", ""),
        ("VIGIL_PUBLIC", "8081"),
        ("VIGIL_PUBLIC", "vigil.example:8081"),
        ("VIGIL_PUBLIC", "127.0.0.1:80810"),
        ("VIGIL_WEBHOOK_SECRET", ""),
        ("VIGIL_WEBHOOK_SECRET", "with spaces in it"),
        ("VIGIL_WEBHOOK_SECRET", "ключ"),
        ("VIGIL_WEBHOOK_SECRET", "a" * 257),
        ("VIGIL_WEBHOOK_URL", "http://vigil.example/telegram"),
        ("VIGIL_WEBHOOK_URL", "https://vigil.example:8080/telegram"),
        ("VIGIL_WEBHOOK_URL", "vigil.example/telegram"),
        ("VIGIL_WEBHOOK_URL", "https://"),
        ("VIGIL_WEBHOOK_URL", "https://user:password@vigil.example/telegram"),
        ("VIGIL_WEBHOOK_URL", "https://vigil.example/telegram#there"),
        ("VIGIL_WEBHOOK_URL", "https://vigil.example/{telegram}"),
    ],
)
def test_what_cannot_be_a_webhook_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for setting, its in (WHOLE | {name: value}).items():
        monkeypatch.setenv(setting, its)
    with pytest.raises(SettingError) as caught:
        webhook_of(read_settings())

    assert caught.value.name == name
    assert "\n" not in str(caught.value)
    assert name != "VIGIL_WEBHOOK_SECRET" or not value or value not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://vigil.example", "/"),
        ("https://vigil.example:8443/a/b-c_d", "/a/b-c_d"),
        ("https://203.0.113.7:88/x", "/x"),
        ("https://[2001:db8::7]/x", "/x"),
    ],
)
def test_the_path_of_the_address_is_where_it_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for setting, its in (WHOLE | {"VIGIL_WEBHOOK_URL": url}).items():
        monkeypatch.setenv(setting, its)
    hook = webhook_of(read_settings())

    assert hook is not None
    assert (hook.url, hook.path) == (url, path)


def _status(base: str, path: str, update: object = None, *, secret: str = "") -> int:
    data = None if update is None else json.dumps(update).encode()
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    try:
        with urllib.request.urlopen(urllib.request.Request(base + path, data, headers), timeout=PATIENCE_S) as response:
            return int(response.status)
    except urllib.error.HTTPError as exc:
        with exc:
            assert exc.read() == b""
            return exc.code


async def _set_webhook(server: TelegramServer, url: str) -> None:
    server.state.webhook.url = url
    server.webhook.restart()
