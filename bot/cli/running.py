"""The command that runs the bot: run."""

import asyncio
from typing import Annotated

import typer

from bot.cli.output import note
from bot.settings import read_settings, unknown_settings


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command("run")(run)


def run(
    trust_clock: Annotated[
        bool, typer.Option("--trust-clock", help="The clock is right now, and stood in the future before.")
    ] = False,
) -> None:
    """Run the bot: scheduler, delivery, commands, the room, and Telegram where a token is set."""
    from rich.console import Console  # noqa: PLC0415

    from bot.app.logs import set_up_logs  # noqa: PLC0415 (everything below is needed by this command alone)
    from bot.records.showing import load_calendar  # noqa: PLC0415

    settings = read_settings()
    _tell_unknown()
    set_up_logs()
    console = Console(highlight=False, soft_wrap=True)
    with console.status("Reading the documents and checking what is said of them"):
        calendar = load_calendar(settings.calendar, settings.seeds)
        from bot.app.running import run as run_bot  # noqa: PLC0415

    def say(line: str) -> None:
        console.print(line, markup=False)

    asyncio.run(run_bot(settings, calendar, say, trust=trust_clock))


def _tell_unknown() -> None:
    unknown = unknown_settings()
    if unknown:
        told = (f"{name} (did you mean {near}?)" if near else name for name, near in unknown.items())
        note(f"vigil: no settings of Vigil's, and ignored: {', '.join(told)}")
