"""The command that finds people: find."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import print_json, print_json_line, print_lines, print_table
from bot.cli.parameters import Json
from bot.cli.shelf import read_calendar
from bot.cli.streams import given
from bot.records.collection import Calendar
from bot.records.custody import custody
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.names.index import Index

_MOST = 100


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command("find")(find)


def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any spelling; - reads one a line.")],
    limit: Annotated[int, typer.Option(min=1, max=_MOST)] = 10,
    as_json: Json = False,
) -> None:
    """Find people by any spelling of their names, best first."""
    from bot.names.index import Index  # noqa: PLC0415 (numpy and rapidfuzz)

    settings = read_settings()
    calendar = read_calendar(settings)
    index = Index.of(calendar)
    if name == "-":
        # Read as bytes: a line that is no UTF-8 must not end the reading of those after it.
        for raw in given().buffer:
            query = raw.decode("utf-8", "replace").rstrip("\r\n")
            print_json_line(_rows(index, calendar, settings, query, limit))
        return
    rows = _rows(index, calendar, settings, name, limit)
    if as_json:
        print_json(rows)
    elif not rows:
        print_lines(["Nobody by a name like that."])
    else:
        cells = ((row["match"], row["name"], row["id"], _reported(row)) for row in rows)
        print_table(("match", "name", "id", "last reported"), cells)


def _rows(index: "Index", calendar: Calendar, settings: Settings, query: str, limit: int) -> list[dict[str, Any]]:
    today = datetime.now(UTC).date()
    rows = []
    for match in index.find(query, limit=limit):
        last = custody(calendar, match.person_id, on=today, shelf_life_days=settings.shelf_life_days)
        rows.append(
            {
                "id": match.person_id,
                "name": match.name,
                "score": round(match.score, 1),
                "match": match.match,
                "custody": last.status,
                "as_of": str(last.as_of) if last.as_of else None,
                "fresh": last.fresh,
            }
        )
    return rows


def _reported(row: dict[str, Any]) -> str:
    if row["custody"] == "unknown":
        return "nothing"
    return f"{row['custody']} ({row['as_of'] or 'undated'}{'' if row['fresh'] else ', may be out of date'})"
