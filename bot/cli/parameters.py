"""Parameters that several commands share, and how their values are read."""

import re
from datetime import date
from typing import Annotated, get_args

import typer

from bot.records import vocabulary

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200
LANGUAGES: tuple[str, ...] = get_args(vocabulary.Language)


def read_date(value: str) -> date:
    """A day written YYYY-MM-DD; typer.BadParameter says what is expected."""
    try:
        if not _DAY.fullmatch(value):
            raise ValueError("not YYYY-MM-DD")
        day = date.fromisoformat(value)
    except ValueError as exc:
        raise typer.BadParameter(f"found {value!r}, expected a day that exists, such as 2027-05-21") from exc
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise typer.BadParameter(f"found the year {day.year}, expected one from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def read_language(value: str) -> str:
    """A language Vigil speaks; typer.BadParameter lists them."""
    if value not in LANGUAGES:
        raise typer.BadParameter(f"found {value!r}, expected one of {', '.join(LANGUAGES)}")
    return value


Json = Annotated[bool, typer.Option("--json", help="Print data as JSON.")]
Language = Annotated[str, typer.Option(help=f"Language of the texts: {', '.join(LANGUAGES)}.", parser=read_language)]
