"""Commands about chats from the operator's side: chats add, list, remove, import, export."""

import asyncio
import csv
import sys
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import note, print_json, print_lines, print_table
from bot.cli.parameters import LANGUAGES, Json, read_language
from bot.cli.shelf import opened
from bot.cli.streams import given
from bot.errors import VigilError
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.agenda.wishes import Wishes
    from bot.app.telegram import Telegram
    from bot.chats.chat import ChatSettings
    from bot.chats.chats import Chats
    from bot.chats.csv_files import ChatRow, Reading
    from bot.chats.sealing import Seal
    from bot.database import Database

chats_app = typer.Typer(name="chats", help="Where Vigil posts.", no_args_is_help=True, rich_markup_mode=None)

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS", help="telegram:@name, telegram:<chat id>, with /<thread id> for a topic; - reads it."
    ),
]
_LANGUAGE = f"Language of the texts (at first en): {', '.join(LANGUAGES)}."
WithReaders = Annotated[bool, typer.Option("--with-readers", help="Private chats too: people who read in private.")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.add_typer(chats_app)


@dataclass(frozen=True, slots=True)
class _Desk:
    database: "Database"
    seal: "Seal"
    chats: "Chats"
    telegram: "Telegram | None"


@chats_app.command("add")
def add(
    address: Address,
    language: Annotated[str | None, typer.Option(help=_LANGUAGE, parser=read_language)] = None,
    timezone: Annotated[str | None, typer.Option(help="IANA name, such as Europe/Minsk (at first UTC).")] = None,
    at: Annotated[str | None, typer.Option(help="The hour of posts, HH:MM (at first 09:00).")] = None,
    leads: Annotated[
        str | None, typer.Option(help="Days before, such as '7 1'; 0 for none; empty for the defaults.")
    ] = None,
    topics: Annotated[
        str | None,
        typer.Option(help="all, days, country:XX, person:<id>, in place of what it hears of; empty for all."),
    ] = None,
) -> None:
    """Post in a chat from its next hour on; of one that is known, change only what is given."""
    settings = read_settings()
    options = {"language": language, "timezone": timezone, "at": at, "leads": leads, "topics": topics}
    wished = {name: value for name, value in options.items() if value is not None}
    asyncio.run(_add(settings, {"address": _given(address)} | wished))


@chats_app.command("list")
def list_(with_readers: WithReaders = False, as_json: Json = False) -> None:
    """List the chats, addresses masked."""
    rows, hidden = asyncio.run(_list(read_settings(), with_readers))
    if as_json:
        print_json(rows)
    elif rows:
        columns = ("address", "kind", "state", "language", "timezone", "at", "leads", "topics")
        print_table(columns, ([str(row[column]) for column in columns] for row in rows))
    else:
        print_lines(["No chat."])
    if hidden:
        note(f"{hidden} private chats are not shown; --with-readers shows them.")


@chats_app.command("remove")
def remove(address: Address) -> None:
    """Forget a chat: nothing is posted there any more, and nothing kept of it."""
    asyncio.run(_remove(read_settings(), _given(address)))


@chats_app.command("import")
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE.csv", help="- reads standard input.")],
    with_readers: WithReaders = False,
    all_or_nothing: Annotated[bool, typer.Option("--all-or-nothing", help="One bad row keeps out all.")] = False,
) -> None:
    """Add the chats of a CSV file: address,language,timezone,at,leads,topics."""
    bad = asyncio.run(_import(read_settings(), file, with_readers, all_or_nothing))
    raise typer.Exit(1 if bad else 0)


@chats_app.command("export")
def export(with_readers: WithReaders = False) -> None:
    """Print the chats as CSV, addresses in full. Keep the file as you keep the key."""
    asyncio.run(_export(read_settings(), with_readers))


async def _add(settings: Settings, fields: dict[str, str]) -> None:
    from bot.agenda.wishes import Wishes  # noqa: PLC0415
    from bot.app.addresses import made_known  # noqa: PLC0415 (SQLAlchemy and more: not for --help)
    from bot.chats.notation import masked  # noqa: PLC0415

    row = _one_row(settings, fields)
    async with _at_desk(settings) as desk:
        known = await made_known(row.address, desk.telegram)
        before = await desk.chats.get(known.address)
        changes = _changes(row, fields, before.wishes if before is not None else Wishes())
        chat = await desk.chats.subscribe(known.address, now=datetime.now(UTC), **changes)
        if "topics" in fields:
            await desk.chats.follow_only(chat.id, row.people)
    if known.warning:
        note(known.warning)
    done = "Added" if before is None else "Changed"
    print_lines([f"{done} {masked(known.address)}: posts at {chat.at:%H:%M} {chat.zone}, in {chat.language}."])


def _changes(row: "ChatRow", options: Collection[str], wishes: "Wishes") -> "ChatSettings":
    """What the options that were given change; `wishes` are the chat's own, of which those not given stay."""
    from dataclasses import replace  # noqa: PLC0415

    changes: ChatSettings = {}
    if "language" in options:
        changes["language"] = row.language
    if "timezone" in options:
        changes["zone"] = row.zone
    if "at" in options:
        changes["at"] = row.at
    if "topics" in options:
        wishes = replace(wishes, topics=row.wishes.topics)
    if "leads" in options:
        wishes = replace(wishes, leads=row.wishes.leads)
    changes["wishes"] = wishes
    return changes


async def _list(settings: Settings, with_readers: bool) -> tuple[list[dict[str, Any]], int]:
    from bot.chats.address import ROOM, ChatKind  # noqa: PLC0415
    from bot.chats.bulk import read_chats  # noqa: PLC0415
    from bot.chats.csv_files import row_of  # noqa: PLC0415
    from bot.chats.notation import masked  # noqa: PLC0415

    rows: list[dict[str, Any]] = []
    hidden = 0
    people = _people(settings)
    async with _at_desk(settings) as desk:
        async for chat, followed in read_chats(desk.database, desk.seal, people):
            if chat.kind is ChatKind.PRIVATE and chat.address.transport != ROOM and not with_readers:
                hidden += 1
                continue
            known = {"address": masked(chat.address), "kind": str(chat.kind), "state": chat.state}
            rows.append(known | {k: v for k, v in row_of(chat, followed).items() if k != "address"})
    return rows, hidden


async def _remove(settings: Settings, text: str) -> None:
    from bot.app.addresses import made_known  # noqa: PLC0415
    from bot.chats.notation import masked, read_address  # noqa: PLC0415

    async with _at_desk(settings) as desk:
        address = (await made_known(read_address(text), desk.telegram)).address
        if not await desk.chats.forget(address):
            raise VigilError(f"{masked(address)}: no such chat; `vigil chats list` shows which there are")
    print_lines([f"Removed {masked(address)}."])


async def _import(settings: Settings, file: str, with_readers: bool, all_or_nothing: bool) -> int:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from bot.chats.bulk import write_chats  # noqa: PLC0415
    from bot.chats.csv_files import BadRow, read_rows  # noqa: PLC0415

    rows, bad = read_rows(_lines(file), _reading(settings, with_readers))
    async with _at_desk(settings) as desk:
        rows, unknown = await _all_known(rows, desk.telegram)
        bad = sorted([*bad, *(BadRow(line, reason) for line, reason in unknown)], key=lambda row: row.line)
        for row in bad:
            note(f"line {row.line}: {row.reason}")
        if bad and all_or_nothing:
            raise VigilError(f"nothing was imported: {len(bad)} rows cannot be used")
        console = Console(stderr=True)
        # In a file or a log a bar would only be noise.
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("Importing chats", total=len(rows))
            written = await write_chats(
                desk.database, desk.seal, rows, now=datetime.now(UTC), progress=lambda n: progress.advance(task, n)
            )
    print_lines([f"{written.added} added, {written.found} known already, {len(bad)} not used."])
    return len(bad)


async def _export(settings: Settings, with_readers: bool) -> None:
    from bot.chats.bulk import read_chats  # noqa: PLC0415
    from bot.chats.csv_files import is_reader, write_rows  # noqa: PLC0415

    async with _at_desk(settings) as desk:
        chats = [pair async for pair in read_chats(desk.database, desk.seal, _people(settings))]
    csv.writer(sys.stdout, lineterminator="\n").writerows(write_rows(chats, with_readers=with_readers))
    left_out = sum(is_reader(chat) for chat, _ in chats)
    if left_out and not with_readers:
        note(f"Left out: {left_out} private chats. They are people who read in private; --with-readers takes them too.")
    if with_readers:
        note("This lists people who read in private: whoever finds it can prove that they do. Delete it after use.")


async def _all_known(
    rows: "list[ChatRow]", telegram: "Telegram | None"
) -> "tuple[list[ChatRow], list[tuple[int, str]]]":
    """The rows with names resolved, and the lines where that failed; ids are taken as they stand."""
    from dataclasses import replace  # noqa: PLC0415

    from bot.app.addresses import made_known  # noqa: PLC0415
    from bot.chats.notation import is_name  # noqa: PLC0415

    known: list[ChatRow] = []
    unknown: list[tuple[int, str]] = []
    for row in rows:
        try:
            address = (await made_known(row.address, telegram)).address if is_name(row.address) else row.address
            known.append(replace(row, address=address))
        except VigilError as exc:
            unknown.append((row.line, str(exc)))
    return known, unknown


@asynccontextmanager
async def _at_desk(settings: Settings) -> AsyncIterator[_Desk]:
    from bot.app.telegram import open_telegram  # noqa: PLC0415
    from bot.chats.chats import Chats  # noqa: PLC0415
    from bot.chats.sealing import open_seal  # noqa: PLC0415
    from bot.outbox.erasing import erase_chat, forget_messages  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened(settings))
        seal = await open_seal(database, settings.key_path)
        telegram = open_telegram(settings)
        if telegram is not None:
            await telegram.wire.start()
            stack.push_async_callback(telegram.wire.stop)
        yield _Desk(database, seal, Chats(database, seal, erasers=(erase_chat,), movers=(forget_messages,)), telegram)


def _one_row(settings: Settings, fields: dict[str, str]) -> "ChatRow":
    """The settings of one chat, checked as a row of a file is."""
    from bot.chats.csv_files import row_from  # noqa: PLC0415

    return row_from(fields, _reading(settings, with_readers=True))


def _reading(settings: Settings, with_readers: bool) -> "Reading":
    from bot.chats.csv_files import Reading  # noqa: PLC0415

    return Reading(_people(settings), with_readers)


def _people(settings: Settings) -> frozenset[str]:
    from bot.records.loading import known_people  # noqa: PLC0415

    return known_people(settings.calendar, settings.seeds)


def _given(address: str) -> str:
    """The address as typed, or the first line of standard input: a shell keeps what is typed."""
    return given().readline().strip() if address == "-" else address


def _lines(file: str) -> list[str]:
    try:
        if file == "-":
            return given().read().splitlines(keepends=True)
        with Path(file).open(encoding="utf-8", newline="") as opened_file:
            return list(opened_file)
    except OSError as exc:
        raise VigilError(f"{file}: the file cannot be read: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise VigilError(f"{file}: no CSV in UTF-8") from exc
