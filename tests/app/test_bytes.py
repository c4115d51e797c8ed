"""After a session with fifty chats, no byte that stays anywhere tells who they are or what they asked."""

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.chats.address import Address
from tests.app.process import Process, running
from tests.app.scene import PATIENCE_S, address_of, chats_in, remembered_today, subscribe
from tests.app.traces import find
from tests.cli.vigil import vigil
from tests.telegram import Chat, TelegramServer, User
from tests.telegram.faults import INTERNAL_ERROR

READERS, GROUPS, TOPICS, CHANNELS = 28, 8, 7, 7
# Telegram's ids of today have ten digits; these do not fit into four bytes either.
FIRST_ID = 7_345_918_266
FOLLOWED = ("ales-bialiatski", "Ales Bialiatski")
SECRET = "Zinaïda Ščorsava+Quux"
NUMBER = 5_550_123_457


@dataclass
class Session:
    """What happened: the secrets, and every byte that was left, while the bot ran and after."""

    root: Path
    server: TelegramServer
    secrets: list[str | int] = field(default_factory=list)
    places: dict[str, bytes] = field(default_factory=dict)
    addresses: list[Address] = field(default_factory=list)
    readers: list[User] = field(default_factory=list)
    groups: list[tuple[Chat, User]] = field(default_factory=list)
    sealed: bytes = b""

    @property
    def home(self) -> Path:
        return self.root / "home"

    def secret(self, text: str) -> str:
        """The text, to be looked for at the end."""
        self.secrets.append(text)
        return text

    def keep(self, when: str) -> None:
        """Take down every byte of every file there is."""
        for folder in ("home", "tmp", "elsewhere", "backup"):
            for path in (self.root / folder).rglob("*"):
                if path.is_file():
                    self.places[f"{when}: {path.relative_to(self.root)}"] = path.read_bytes()

    def bytes_of(self, when: str) -> bytes:
        return b"\0".join(content for place, content in self.places.items() if place.startswith(when))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A bot through which fifty chats got posts and talked; one was forgotten, and a backup made."""
    root = tmp_path_factory.mktemp("bytes")
    for folder in ("home", "tmp", "elsewhere", "backup"):
        (root / folder).mkdir(mode=0o700)
    rates = {"send_rate": 500, "chat_rate": 500, "group_rate": 5000}
    settings: dict[str, Any] = {**remembered_today(root / "records"), **rates}
    with TelegramServer() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(root / "tmp"))
        made = Session(root, server, secrets=[server.token, *FOLLOWED])
        _gather(made)
        subscribe(made.home, *made.addresses)
        # One post fails once, and one answer does.
        server.faults.script(INTERNAL_ERROR, kind="private", method="sendPhoto")
        with running(made.home, server, **settings) as process:
            _talk(made)
            made.keep("talking")
            _forget_one(made)
            made.keep("running")
            made.places["metrics"] = process.get("metrics").encode()
            backup = vigil(made.home, "backup", "--with-readers", str(root / "backup" / "copy"), **settings)
            assert backup.status == 0, backup.err
            _end(made, process, backup.out + backup.err)
        yield made


def _gather(session: Session) -> None:
    """Fifty chats, each with a number and names of its own, none of them told by chance."""
    people, state = session.server.people, session.server.state
    state.last_group_id, state.last_channel_id = 4_669_201_609, 2_718_281_828
    owners = [_reader(session, number) for number in range(READERS)]
    session.readers = owners
    found = [(session.server.chat(reader.id), 0) for reader in owners]
    for number, owner in enumerate(owners[:GROUPS]):
        title = session.secret(f"Суполка Ўздзенская-{number}")
        make = people.add_group if number % 2 else people.add_supergroup
        group = make(title, owner)
        session.groups.append((group, owner))
        found.append((group, 0))
    forum = people.add_supergroup(session.secret("Форум Жэжмарыўскі"), owners[0], forum=True)
    people.add_history(forum, 5)
    topics = [people.add_topic(forum, session.secret(f"Тэма Цыркуноўская-{n}")) for n in range(TOPICS)]
    for number in range(CHANNELS):
        name = session.secret(f"kanal_zhuprany_{number}")
        found.append(
            (people.add_channel(session.secret(f"Канал Жупранскі-{number}"), owners[number], username=name), 0)
        )
    session.addresses = [address_of(chat) for chat, _ in found] + [address_of(forum, topic) for topic in topics]
    for address in session.addresses:
        session.secrets += {int(address.chat), abs(int(address.chat)), int(address.chat.removeprefix("-100"))}


def _reader(session: Session, number: int) -> User:
    first, name = session.secret(f"Zbigniewa-{number}-Łukjańska"), session.secret(f"zbl_quokka_{number}")
    return session.server.people.add_user(FIRST_ID + 7919 * number, first_name=first, username=name)


def _talk(session: Session) -> None:
    """Everybody is posted to; readers and groups talk; a channel's post and an update that cannot be read come."""
    server = session.server
    server.wait(lambda: len(server.requests_of("sendPhoto")) > len(session.addresses), PATIENCE_S)
    server.faults.script(INTERNAL_ERROR, INTERNAL_ERROR, method="sendMessage", chat=session.readers[1].id)
    asked = 0
    for texts in (["/follow Ales Bialiatski", "/prisoner {looked}"], ["/settings discreet on", "{said}", "/mydata"]):
        for number, reader in enumerate(session.readers):
            for text in texts:
                _say(session, reader, text, number)
        asked += len(texts)
        _wait_for_answers(session, asked)
    for number, (group, owner) in enumerate(session.groups):
        server.people.say(owner, "/settings facts daily", group)
        server.people.say(owner, session.secret(f"/prisoner Ыахцёр Дзьвінаўцаў{number}"), group)
    server.wait(lambda: all(len(server.messages(g.id, by_bot=True)) >= 3 for g, _ in session.groups), PATIENCE_S)
    unreadable = {"message_id": "x", "text": session.secret("Нечытэльная Абвестка"), "from": {"first_name": SECRET}}
    session.secret(SECRET)
    server.updates.push("message", unreadable)
    server.updates.push(
        "inline_query", {"id": "1", "from": session.readers[3].to_json(), "query": SECRET, "offset": ""}
    )
    server.wait(lambda: not server.updates.pending(), PATIENCE_S)


def _say(session: Session, reader: User, text: str, number: int) -> None:
    for kind, word in (
        ("{looked}", f"Ждановічэўна Квяцінская {number}"),
        ("{said}", f"Пытаньне Ўсхваляванае {number}"),
    ):
        if kind in text:
            text = text.replace(kind, session.secret(word))
    session.server.people.say(reader, text)


def _wait_for_answers(session: Session, count: int) -> None:
    """Until everybody has so many, besides the post; but for her whose answers were refused."""
    readers = [reader for number, reader in enumerate(session.readers) if number != 1]
    messages = session.server.messages
    session.server.wait(lambda: all(len(messages(one.id, by_bot=True)) > count for one in readers), PATIENCE_S)


def _forget_one(session: Session) -> None:
    """One reader has everything deleted; what her address was sealed as is read before."""
    reader = session.readers[5]
    chat = chats_in(session.home)[address_of(session.server.chat(reader.id))]
    with closing(sqlite3.connect(session.home / "vigil.sqlite")) as connection:
        ((session.sealed,),) = connection.execute("SELECT sealed FROM chats WHERE id = ?", (chat.id,))
    session.server.people.say(reader, "/forget yes")
    session.server.wait(lambda: any("is deleted" in text for text in session.server.texts(reader.id)), PATIENCE_S)


def _end(session: Session, process: Process, printed: str) -> None:
    assert process.stop()[0] == 0
    session.keep("ended")
    session.places["printed"] = "\n".join([*process.out, *process.err, printed]).encode()


def _chats_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM chats WHERE transport = 'telegram'").fetchone()[0])


def test_nothing_that_stays_tells_who_reads_or_what_they_asked(session: Session) -> None:
    assert len(session.addresses) == READERS + GROUPS + TOPICS + CHANNELS == 50
    assert {"talking: home/vigil.sqlite", "talking: home/vigil.sqlite-wal", "running: home/vigil.sqlite-shm"} <= set(
        session.places
    )
    assert _chats_in(session.root / "backup" / "copy") == 49
    assert b"could not be read" in session.places["printed"]
    assert b"vigil_sends_total" in session.places["metrics"]

    assert find(session.places, session.secrets) == []


def test_of_a_forgotten_chat_not_even_the_ciphertext_is_left(session: Session) -> None:
    assert len(session.sealed) >= 16
    assert session.sealed in session.bytes_of("talking")

    for when in ("running", "ended", "printed", "metrics"):
        assert session.sealed not in session.bytes_of(when), when


@pytest.mark.parametrize(
    ("secret", "planted"),
    [
        (SECRET, SECRET.encode()),
        (SECRET, SECRET.lower().encode()),
        (SECRET, SECRET.encode("utf-16-le")),
        (SECRET, SECRET.encode().hex().encode()),
        (SECRET, base64.b64encode(b"a" + SECRET.encode() + b"z")),
        (SECRET, base64.urlsafe_b64encode(b"ab" + SECRET.encode() + b"z")),
        (SECRET, hashlib.sha256(SECRET.encode()).digest()),
        (NUMBER, b"5550123457"),
        (NUMBER, base64.b64encode(b"abc" + str(NUMBER).encode())),
        (NUMBER, NUMBER.to_bytes(6, "big")),
        (NUMBER, NUMBER.to_bytes(8, "little")),
        (-NUMBER, (-NUMBER).to_bytes(6, "big", signed=True)),
        (NUMBER, hashlib.md5(str(NUMBER).encode(), usedforsecurity=False).hexdigest().encode()),
        (NUMBER, hashlib.sha1(NUMBER.to_bytes(8, "big"), usedforsecurity=False).digest()),
        (NUMBER, base64.b64encode(hashlib.sha256(NUMBER.to_bytes(8, "little")).digest())),
    ],
)
def test_the_search_finds_what_was_planted(secret: str | int, planted: bytes) -> None:
    (place,) = {trace.place for trace in find({"a": bytes(1000), "b": bytes(77) + planted + bytes(9)}, [secret])}

    assert place == "b"


def test_the_search_finds_a_number_in_a_database(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "planted.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, chat INTEGER)")
        connection.execute("INSERT INTO t VALUES (1, ?)", (NUMBER,))

    found = find({"planted": (tmp_path / "planted.sqlite").read_bytes()}, [NUMBER, NUMBER + 1])

    assert {(trace.secret, trace.form) for trace in found} == {(NUMBER, "6 bytes, big end first")}
