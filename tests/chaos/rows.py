"""What a file of this folder offers to the long form: `LONG`, rows of the table that `python -m tests.chaos` prints."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import tests.chaos


@dataclass(frozen=True, slots=True)
class Row:
    """A measure and its goal. `run` is given an empty folder and returns the figure reached in words.

    It raises AssertionError where the goal is not reached.
    """

    measure: str
    goal: str
    run: Callable[[Path], str]


def all_rows() -> Iterator[Row]:
    """The rows of every `test_….py` of this folder, in the order of the files' names."""
    for module in sorted(iter_modules(tests.chaos.__path__), key=lambda found: found.name):
        if module.name.startswith("test_"):
            rows: Sequence[Row] = getattr(import_module(f"tests.chaos.{module.name}"), "LONG", ())
            yield from rows
