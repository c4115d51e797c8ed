"""`vigil chats` as operators run it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.vigil import Outcome, vigil
from tests.telegram import TelegramServer

CHANNEL = "telegram:-1001234567890"
READER = "telegram:5550123457"
ROWS = f"""address,language,timezone,at,leads,topics
{CHANNEL},be,Europe/Minsk,07:30,7 1,country:BY
telegram:-1001234567891,xx,UTC,09:00,,
telegram:-1001234567892,en,Europe/Atlantis,09:00,,
telegram:-1001234567893,en,UTC,25:61,,
telegram:-1001234567894,en,UTC,09:00,,person:nobody-at-all
{READER},ru,UTC,09:00,0,
nonsense,en,UTC,09:00,,
{CHANNEL},en,UTC,09:00,,
telegram:-1001234567895/77,en,UTC,,,days person:ihar-lednik
"""
BAD = {3: "language", 4: "zone", 5: "at", 6: "nobody-at-all", 7: "--with-readers", 8: "address", 9: "line 2"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as telegram:
        yield telegram


def the_one_line(outcome: Outcome) -> str:
    assert outcome.status in (1, 2), outcome
    assert outcome.out == ""
    (line,) = outcome.err.splitlines()
    return line


def test_a_chat_added_by_its_id_is_listed_masked_and_removed(home: Path) -> None:
    options = ("--language", "be", "--timezone", "Europe/Minsk", "--at", "07:30", "--leads", "7 1", "--topics", "days")
    added = vigil(home, "chats", "add", CHANNEL, *options)
    table, rows = vigil(home, "chats", "list"), vigil(home, "chats", "list", "--json").json

    assert added.status == 0
    assert added.out == "Added telegram:…7890: posts at 07:30 Europe/Minsk, in be.\n"
    assert "telegram:…7890" in table.out
    assert rows == [
        {
            "address": "telegram:…7890", "kind": "channel", "state": "active", "language": "be",
            "timezone": "Europe/Minsk", "at": "07:30", "leads": "7 1", "topics": "days",
        }
    ]  # fmt: skip
    assert "1234567890" not in added.out + table.out + str(rows)

    assert vigil(home, "chats", "remove", CHANNEL).out == "Removed telegram:…7890.\n"
    assert vigil(home, "chats", "list").out == "No chat.\n"
    assert "no such chat" in the_one_line(vigil(home, "chats", "remove", CHANNEL))


def the_only_row(home: Path) -> dict[str, str]:
    (row,) = vigil(home, "chats", "list", "--json").json
    return dict(row)


def test_adding_a_known_chat_again_keeps_what_is_not_given(home: Path) -> None:
    options = ("--language", "be", "--timezone", "Europe/Minsk", "--leads", "3", "--topics", "days person:ihar-lednik")
    vigil(home, "chats", "add", CHANNEL, *options)
    before = the_only_row(home)

    again = vigil(home, "chats", "add", CHANNEL)
    assert again.out == "Changed telegram:…7890: posts at 09:00 Europe/Minsk, in be.\n"
    assert the_only_row(home) == before

    vigil(home, "chats", "add", CHANNEL, "--at", "07:30")
    assert the_only_row(home) == before | {"at": "07:30"}


def test_topics_given_for_a_known_chat_take_the_place_of_whom_it_followed(home: Path) -> None:
    vigil(home, "chats", "add", CHANNEL, "--leads", "3", "--topics", "person:ihar-lednik")
    vigil(home, "chats", "add", CHANNEL, "--topics", "days")
    assert (the_only_row(home)["topics"], the_only_row(home)["leads"]) == ("days", "3")

    vigil(home, "chats", "add", CHANNEL, "--topics", "person:ales-bialiatski")
    assert the_only_row(home)["topics"] == "person:ales-bialiatski"


def test_a_name_is_looked_up_and_stored_as_an_id(home: Path, server: TelegramServer) -> None:
    channel = server.people.add_channel("Memory", username="memory_by")
    telegram = {"telegram_api": server.api, "telegram_token": server.token}

    assert vigil(home, "chats", "add", "telegram:@memory_by", given="", **telegram).status == 0
    exported = vigil(home, "chats", "export").out
    assert exported.splitlines()[1].startswith(f"telegram:{channel.id},en,UTC,09:00")
    unknown = vigil(home, "chats", "add", "telegram:@nobody_there", given="", **telegram)
    assert "Telegram knows no such chat" in the_one_line(unknown)
    assert server.sent == []


def test_a_chat_where_the_bot_may_not_post_is_added_with_a_warning(home: Path, server: TelegramServer) -> None:
    server.people.add_channel("Memory", username="memory_by", bot="member")
    telegram = {"telegram_api": server.api, "telegram_token": server.token}
    added = vigil(home, "chats", "add", "telegram:@memory_by", given="", **telegram)

    assert added.status == 0
    assert "administrator" in added.err


def test_an_address_on_standard_input_stays_out_of_the_shell(home: Path) -> None:
    assert vigil(home, "chats", "add", "-", given=f"{READER}\n").out.startswith("Added telegram:…57: ")
    hidden = vigil(home, "chats", "list")
    assert hidden.out == "No chat.\n"
    assert "--with-readers" in hidden.err
    assert [row["address"] for row in vigil(home, "chats", "list", "--with-readers", "--json").json] == ["telegram:…57"]
    exported = vigil(home, "chats", "export")
    assert exported.out.count("\n") == 1
    assert "Left out: 1 private chats" in exported.err
    assert READER in vigil(home, "chats", "export", "--with-readers").out
    assert vigil(home, "chats", "remove", "-", given=f"{READER}\n").status == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("telegram:@memory_by",), "VIGIL_TELEGRAM_TOKEN"),
        ((CHANNEL, "--language", "xx"), "en, be, ru"),
        ((CHANNEL, "--timezone", "Europe/Atlantis"), "Europe/Atlantis"),
        ((CHANNEL, "--leads", "soon"), "soon"),
        (("",), "address"),
        (("telegram:5550123457/7",), "topic"),
    ],
)
def test_a_mistake_gets_one_clear_line(home: Path, arguments: tuple[str, ...], named: str) -> None:
    assert named in the_one_line(vigil(home, "chats", "add", *arguments))


def test_a_file_gives_its_good_rows_and_the_reasons_of_the_bad(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "chats.csv"
    file.write_text(ROWS, "utf-8")
    refused = vigil(home, "chats", "import", str(file), "--all-or-nothing")
    assert refused.status == 1
    assert refused.err.splitlines()[-1].endswith(f"nothing was imported: {len(BAD)} rows cannot be used")
    assert vigil(home, "chats", "list").out == "No chat.\n"

    taken = vigil(home, "chats", "import", str(file))
    assert taken.status == 1
    assert taken.out == f"2 added, 0 known already, {len(BAD)} not used.\n"
    told = [line for line in taken.err.splitlines() if "line " in line]
    assert len(told) == len(BAD)
    for line, (number, reason) in zip(told, BAD.items(), strict=True):
        assert f"line {number}: " in line
        assert reason in line
    assert "5550123457" not in taken.err

    exported = vigil(home, "chats", "export").out
    assert f"{CHANNEL},be,Europe/Minsk,07:30,7 1,country:BY" in exported.splitlines()
    again = vigil(home, "chats", "import", "-", given=exported)
    assert (again.status, again.out) == (0, "0 added, 2 known already, 0 not used.\n")
    assert vigil(home, "chats", "export").out == exported


def test_readers_are_imported_only_when_asked_for(home: Path) -> None:
    rows = f"address\n{READER}\n"
    assert vigil(home, "chats", "import", "-", given=rows).out == "0 added, 0 known already, 1 not used.\n"
    assert vigil(home, "chats", "import", "-", "--with-readers", given=rows).status == 0


@pytest.mark.parametrize("content", [b"", b"name,zone\n", b"\xff\xfe\x00", b'address\n"telegram:-100'])
def test_what_is_no_such_file_gets_one_line(home: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "chats.csv"
    file.write_bytes(content)
    the_one_line(vigil(home, "chats", "import", str(file)))


def test_a_missing_file_gets_one_line(home: Path, tmp_path: Path) -> None:
    assert "missing.csv" in the_one_line(vigil(home, "chats", "import", str(tmp_path / "missing.csv")))
