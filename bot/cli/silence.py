"""Commands of silence: hold, unhold, holds."""

import asyncio
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, cast

import typer
from pydantic import TypeAdapter, ValidationError

from bot.cli.output import print_json, print_lines
from bot.cli.parameters import Json
from bot.cli.shelf import opened
from bot.errors import VigilError
from bot.records.collection import Calendar
from bot.records.loading import load
from bot.records.vocabulary import Slug
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.outbox.holds import HoldKind, Holds

_KINDS = ("person", "event", "source")
_SHOWN = 60
Kind = Annotated[str, typer.Argument(metavar="person|event|source")]
RecordId = Annotated[str, typer.Argument(metavar="ID")]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command("hold")(hold)
    app.command("unhold")(unhold)
    app.command("holds")(holds)


def hold(
    kind: Kind,
    record_id: RecordId,
    unknown: Annotated[bool, typer.Option("--unknown", help="Hold an id that no record has yet.")] = False,
) -> None:
    """Say nothing of a person, event or source: in posts, answers, lists and pictures, within a tick."""
    settings = read_settings()
    if kind not in _KINDS:
        raise typer.BadParameter(f"found {kind!r}, expected person, event or source")
    if unknown:
        _refuse_impossible(record_id)
    else:
        # A broken calendar must not keep a family waiting: what can be read of it is enough here.
        _refuse_unknown(load(settings.calendar, settings.seeds).calendar, kind, record_id)
    is_new = asyncio.run(_hold(settings, kind, record_id))
    print_lines([f"Held: {kind} {record_id}." if is_new else f"Held already: {kind} {record_id}."])


def unhold(kind: Kind, record_id: RecordId) -> None:
    """End a hold: posts about it begin again with the next one due."""
    if not asyncio.run(_unhold(read_settings(), kind, record_id)):
        raise VigilError(f"{kind} {record_id}: nothing held by that id; `vigil holds` lists what is")
    print_lines([f"No longer held: {kind} {record_id}."])


def holds(as_json: Json = False) -> None:
    """List what is held. The list would harm those on it: keep it to yourself."""
    held = asyncio.run(_read(read_settings()))
    rows = [
        {"kind": kind, "id": record_id}
        for kind, ids in (("person", held.people), ("event", held.events), ("source", held.sources))
        for record_id in sorted(ids)
    ]
    if as_json:
        print_json(rows)
    else:
        print_lines([f"{row['kind']} {row['id']}" for row in rows] or ["Nothing is held."])


def _refuse_impossible(record_id: str) -> None:
    try:
        TypeAdapter(Slug).validate_python(record_id)
    except ValidationError as exc:
        found = repr(record_id) if len(record_id) <= _SHOWN else f"{len(record_id)} characters"
        expected = "an id as records have them: at most 40 small letters, digits and hyphens, such as ihar-losik"
        raise typer.BadParameter(f"found {found}, expected {expected}") from exc


def _refuse_unknown(calendar: Calendar, kind: str, record_id: str) -> None:
    ids = {
        "person": list(calendar.people),
        "event": [*calendar.events, *calendar.observances],
        "source": list(calendar.sources),
    }[kind]
    if record_id not in ids:
        near = get_close_matches(record_id, ids, n=3)
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        raise VigilError(f"no {kind} has the id {record_id!r}; {hint}`--unknown` holds an id that no record has yet")


# SQLAlchemy takes a third of a second to import: `vigil --help` must not wait for it.


async def _hold(settings: Settings, kind: str, record_id: str) -> bool:
    from bot.outbox.holds import hold as hold_in  # noqa: PLC0415

    async with opened(settings) as database:
        return await hold_in(database, cast("HoldKind", kind), record_id)


async def _unhold(settings: Settings, kind: str, record_id: str) -> bool:
    from bot.outbox.holds import unhold as unhold_in  # noqa: PLC0415

    async with opened(settings) as database:
        return await unhold_in(database, cast("HoldKind", kind), record_id)


async def _read(settings: Settings) -> "Holds":
    from bot.outbox.holds import read_holds  # noqa: PLC0415

    async with opened(settings) as database:
        return await read_holds(database)
