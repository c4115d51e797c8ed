"""Chats in CSV files, read strictly and written back."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from bot.agenda.wishes import Wishes
from bot.chats.address import Address, ChatKind
from bot.chats.bulk import read_chats, write_chats
from bot.chats.chats import Chats
from bot.chats.csv_files import CsvError, Reading, read_rows, write_rows
from bot.chats.sealing import Seal
from bot.database import Database

NOON = datetime(2027, 2, 20, 12, tzinfo=UTC)
HEADER = "address,language,timezone,at,leads,topics"
PEOPLE = frozenset({"jane-doe", "ihar-lednik"})
READERS = Reading(PEOPLE, with_readers=True)
FILE = [
    HEADER,
    "telegram:-1001234567890,be,Europe/Minsk,09:00,7 1,country:BY days",
    "telegram:-1001234567891/5,ru,Europe/Vilnius,18:30,0,person:jane-doe",
    "telegram:4711,,,,,",
]


def test_a_row_says_all_that_a_chat_wishes() -> None:
    rows, bad = read_rows(FILE, READERS)

    assert bad == []
    assert (rows[0].zone, rows[0].at, rows[0].wishes) == (
        "Europe/Minsk",
        time(9),
        Wishes(frozenset({"country:BY", "days"}), (7, 1)),
    )
    assert (rows[1].address.thread, rows[1].wishes.leads, rows[1].people) == (5, (), frozenset({"jane-doe"}))
    assert (rows[2].language, rows[2].zone, rows[2].at, rows[2].wishes) == ("en", "UTC", time(9), Wishes())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("nonsense,be,,,,", "address"),
        ("telegram:4712,xx,,,,", "language"),
        ("telegram:4712,be,Europe/Nowhere,,,", "timezone"),
        ("telegram:4712,be,,25:00,,", "at"),
        ("telegram:4712,be,,,soon,", "leads"),
        ("telegram:4712,be,,,,everything", "topics"),
        ("telegram:4712,be,,,,person:nobody-here", "topics"),
        ("telegram:4712,be,,,,,extra", "row"),
        ("telegram:4711,be,,,,", "stands in line 4"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_hides_no_other(row: str, reason: str) -> None:
    rows, bad = read_rows([*FILE, row, "telegram:4713,be,,,,"], READERS)

    assert [(b.line, reason in b.reason) for b in bad] == [(5, True)]
    assert len(rows) == 4


def test_private_chats_come_only_when_asked_for() -> None:
    rows, bad = read_rows(FILE, Reading(PEOPLE))

    assert [row.address.kind for row in rows] == [ChatKind.CHANNEL, ChatKind.SUPERGROUP]
    assert [b.line for b in bad] == [4]


def test_a_spreadsheet_s_mark_and_its_order_of_columns_are_no_trouble() -> None:
    rows, bad = read_rows(["\ufeffat,address", "10:15,telegram:4711"], READERS)

    assert (bad, rows[0].at) == ([], time(10, 15))


@pytest.mark.parametrize(
    "lines", [[], ["name,phone"], ["address;language"], [HEADER + ",phone"], [HEADER, 'telegram:1,"be']]
)
def test_what_is_no_such_file_is_refused(lines: list[str]) -> None:
    with pytest.raises(CsvError):
        read_rows(lines, READERS)


async def test_a_file_comes_out_as_it_went_in(either: Database, seal: Seal) -> None:
    rows, _ = read_rows(FILE, READERS)
    await write_chats(either, seal, rows, now=NOON)

    out = write_rows([pair async for pair in read_chats(either, seal, PEOPLE)], with_readers=True)

    written = [",".join(row) for row in out]
    assert written[:3] == [HEADER, "telegram:-1001234567890,be,Europe/Minsk,09:00,7 1,country:BY days", FILE[2]]
    assert written[3] == "telegram:4711,en,UTC,09:00,,"


async def test_an_export_leaves_private_chats_out(either: Database, seal: Seal) -> None:
    rows, _ = read_rows(FILE, READERS)
    await write_chats(either, seal, rows, now=NOON)

    out = list(write_rows([pair async for pair in read_chats(either, seal, PEOPLE)], with_readers=False))

    assert len(out) == 3


async def test_importing_twice_adds_nothing(either: Database, seal: Seal) -> None:
    rows, _ = read_rows(FILE, READERS)

    first = await write_chats(either, seal, rows, now=NOON)
    again = await write_chats(either, seal, rows, now=NOON)

    assert (first.added, first.found, again.added, again.found) == (3, 0, 0, 3)


async def test_whoever_unsubscribed_is_not_subscribed_by_a_file(either: Database, seal: Seal) -> None:
    chats = Chats(either, seal)
    reader = Address("telegram", "4711")
    await chats.subscribe(reader, now=NOON)
    await chats.unsubscribe(reader)
    rows, _ = read_rows(FILE, READERS)

    await write_chats(either, seal, rows, now=NOON)

    chat: Any = await chats.get(reader)
    assert chat.state == "unsubscribed"


async def test_a_paused_chat_that_an_operator_imports_begins_again(either: Database, seal: Seal) -> None:
    chats = Chats(either, seal)
    chat = await chats.subscribe(Address("telegram", "4711"), now=NOON)
    await chats.pause(chat.id, "blocked")
    rows, _ = read_rows(FILE, READERS)

    await write_chats(either, seal, rows, now=NOON)

    resumed: Any = await chats.by_id(chat.id)
    assert (resumed.state, resumed.pause_reason, resumed.first_day is not None) == ("active", None, True)
