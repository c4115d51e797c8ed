"""Chats in CSV files: columns `address,language,timezone,at,leads,topics` (design: the command line).

Pure: reads lines and makes lines. A bad row is told with its line and reason, and none hides another.
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from bot.agenda.wishes import Wishes
from bot.chats.address import ROOM, Address, ChatKind
from bot.chats.chat import DEFAULT_AT, DEFAULT_LANGUAGE, DEFAULT_ZONE, Chat
from bot.chats.notation import read_address, write_address
from bot.chats.wording import (
    SettingsError,
    hour_written,
    join_topics,
    read_leads,
    split_topics,
    write_leads,
    zone_named,
)
from bot.errors import VigilError
from bot.posts.translations import LANGUAGES

COLUMNS = ("address", "language", "timezone", "at", "leads", "topics")
_READERS = "private chats only with --with-readers: such a file is a list of readers"


class CsvError(VigilError):
    """A file that has not the columns of one."""


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat as a file has it; `line` is where, and `people` are whom it follows."""

    line: int
    address: Address
    language: str = DEFAULT_LANGUAGE
    zone: str = DEFAULT_ZONE
    at: time = DEFAULT_AT
    wishes: Wishes = field(default_factory=Wishes)
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Who may be in a file: `people` is everyone who can be followed."""

    people: frozenset[str]
    with_readers: bool = False


def read_rows(lines: Iterable[str], reading: Reading) -> tuple[list[ChatRow], list[BadRow]]:
    """Every row of a file, the good and the bad; CsvError where it is no such file at all."""
    rows: list[ChatRow] = []
    bad: list[BadRow] = []
    seen: dict[Address, int] = {}
    table = csv.DictReader(_without_mark(lines), strict=True)
    try:
        _check_columns(table.fieldnames or ())
        for fields in table:
            try:
                row = _row(table.line_num, fields, reading)
                if row.address in seen:
                    raise SettingsError("address", "the same", f"each once: it stands in line {seen[row.address]}")
            except VigilError as exc:
                bad.append(BadRow(table.line_num, str(exc)))
            else:
                seen[row.address] = row.line
                rows.append(row)
    except (csv.Error, UnicodeDecodeError) as exc:
        raise CsvError(f"line {table.line_num + 1}: no CSV in UTF-8: {exc}") from exc
    return rows, bad


def write_rows(chats: Iterable[tuple[Chat, frozenset[str]]], *, with_readers: bool) -> Iterator[list[str]]:
    """The header and a row for each subscribed chat with whom it follows; private ones only if asked for."""
    yield list(COLUMNS)
    for chat, people in chats:
        if chat.state == "unsubscribed" or (chat.kind is ChatKind.PRIVATE and not with_readers):
            continue
        yield list(row_of(chat, people).values())


def is_reader(chat: Chat) -> bool:
    """Whether somebody gets posts there in private, so that a list of such chats is a list of readers."""
    return chat.kind is ChatKind.PRIVATE and chat.address.transport != ROOM and chat.state != "unsubscribed"


def row_of(chat: Chat, people: frozenset[str]) -> dict[str, str]:
    """A chat and whom it follows as the columns of a file, the address in full."""
    return {
        "address": write_address(chat.address),
        "language": chat.language,
        "timezone": chat.zone,
        "at": f"{chat.at:%H:%M}",
        "leads": write_leads(chat.wishes.leads),
        "topics": join_topics(chat.wishes.topics, people),
    }


def row_from(fields: Mapping[str, str], reading: Reading) -> ChatRow:
    """One chat from the columns of a file; VigilError says what cannot be taken."""
    return _row(1, fields, reading)


def _row(line: int, fields: Mapping[Any, Any], reading: Reading) -> ChatRow:
    if None in fields:
        raise SettingsError("row", "more fields", f"{len(COLUMNS)} fields")
    given = {str(name): str(value or "").strip() for name, value in fields.items()}
    address = read_address(given["address"])
    if address.kind is ChatKind.PRIVATE and not reading.with_readers:
        raise VigilError(_READERS)
    language = given.get("language") or DEFAULT_LANGUAGE
    if language not in LANGUAGES:
        raise SettingsError("language", language, f"one of {', '.join(LANGUAGES)}")
    zone = given.get("timezone") or DEFAULT_ZONE
    zone_named(zone)
    at = hour_written(given["at"]) if given.get("at") else DEFAULT_AT
    topics, people = split_topics(given.get("topics", ""))
    if unknown := sorted(people - reading.people):
        raise SettingsError("topics", f"person:{unknown[0]}", "the id of a person in the calendar")
    return ChatRow(line, address, language, zone, at, Wishes(topics, read_leads(given.get("leads", ""))), people)


def _check_columns(found: Collection[str]) -> None:
    unknown = [name for name in found if name not in COLUMNS]
    if "address" not in found or unknown:
        named = ", ".join(found)[:80] or "nothing"
        raise CsvError(f"line 1: found the columns {named}; expected {','.join(COLUMNS)}")


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    """The lines without the byte-order mark that spreadsheets put before the first."""
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line
