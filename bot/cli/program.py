"""The program: its commands, and how a failure is shown: one line on standard error, status 1 or 2."""

import sys
from typing import Any, NoReturn

import typer
from typer.exceptions import Abort, Exit, TyperException

from bot.cli import backup, chats, correcting, doctor, people, records, rotate, running, silence
from bot.cli.streams import OutputError, drop_output, guard_output
from bot.errors import VigilError

OK, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="vigil",
    help="Vigil: dated reminders about political prisoners, every sentence tied to a quote.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
running.add_to(app)
records.add_to(app)
people.add_to(app)
chats.add_to(app)
silence.add_to(app)
correcting.add_to(app)
doctor.add_to(app)
backup.add_to(app)
rotate.add_to(app)


def main() -> NoReturn:
    """Run the command of this process's arguments and exit with its status."""
    guard_output()
    try:
        status = _status()
        # At Python's own end a failure to write would be a traceback.
        sys.stdout.flush()
    except OutputError as exc:
        drop_output()
        status = _failed(str(exc), FAILED)
    except BrokenPipeError:
        # The reader (`vigil upcoming | head`) has gone: not an error, and nothing more can be printed.
        drop_output()
        status = OK
    sys.exit(status)


def _status() -> int:
    try:
        status = app(standalone_mode=False)
    except Exit as exc:
        status = exc.exit_code
    except (Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except TyperException as exc:
        status = _failed(_said(exc), getattr(exc, "exit_code", MISUSED))
    except OutputError:
        raise
    except VigilError as exc:
        status = _failed(str(exc), FAILED)
    return status if isinstance(status, int) else OK


def _failed(message: str, status: int) -> int:
    print(f"vigil: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201 (this is where errors are shown)
    return status


def _said(exc: Any) -> str:
    format_message = getattr(exc, "format_message", None)
    return str(format_message()) if format_message is not None else str(exc)
