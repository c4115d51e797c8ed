"""The standard streams, and what a command says where one is closed or takes no more."""

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.errors import VigilError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class OutputError(VigilError):
    """Standard output takes no more: it goes to a full disk, for instance."""


class _Output(FileIO):
    """Standard output whose failure is told apart from that of any other file."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as exc:
            raise OutputError(f"standard output cannot be written: {exc.strerror}") from exc


def guard_output() -> None:
    """Have a failure to print raise OutputError; what is closed (`>&-`) takes everything, as for Python's `print`."""
    # The type checker takes them to be there; where the descriptor is closed they are None.
    out: TextIO | None = sys.stdout
    err: TextIO | None = sys.stderr
    if err is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (for the life of the process)
    if out is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    elif isinstance(out, TextIOWrapper):
        out.flush()
        buffer = BufferedWriter(_Output(out.fileno(), "w", closefd=False))
        sys.stdout = TextIOWrapper(
            buffer, out.encoding, out.errors, line_buffering=out.line_buffering or out.write_through
        )


def drop_output() -> None:
    """Let go of what could not be printed, so that Python does not try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def given() -> TextIO:
    """Standard input; VigilError where it is closed."""
    if not _is_open():
        raise VigilError("standard input is closed: there is nothing to read")
    return sys.stdin


def is_person_there() -> bool:
    """Whether somebody can be asked: standard input is a terminal."""
    return _is_open() and sys.stdin.isatty()


def _is_open() -> bool:
    stream: TextIO | None = sys.stdin
    return stream is not None
