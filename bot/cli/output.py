"""Printing: JSON for programs, tables for people."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any


def print_json(data: Any) -> None:
    """One JSON value on standard output, letters of all scripts as they are."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def print_json_line(data: Any) -> None:
    """One JSON value on one line, flushed: for answers that are read as they come."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def print_lines(lines: Iterable[str]) -> None:
    """Plain lines on standard output."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def note(line: str) -> None:
    """A remark for the person, on standard error: what is printed stays data."""
    sys.stderr.write(f"{line}\n")


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for people; columns wrap to the terminal's width."""
    from rich.console import Console  # noqa: PLC0415 (not needed for JSON)
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        # Text from documents may hold brackets that rich would take for markup.
        table.add_row(*(_plain(cell) for cell in row))
    Console().print(table)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """A bar for a person at a terminal while something long is done, told of each step; elsewhere nothing."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda steps: progress.advance(task, steps)


def _plain(cell: str) -> Any:
    from rich.text import Text  # noqa: PLC0415

    return Text(cell)
