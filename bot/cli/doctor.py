"""The command that looks after everything: doctor."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import note, print_json, print_lines
from bot.cli.parameters import Json
from bot.cli.shelf import opened
from bot.cli.streams import is_person_there
from bot.errors import SettingError, VigilError
from bot.settings import Settings, read_settings, unknown_settings

if TYPE_CHECKING:
    from bot.operating.finding import Finding
    from bot.operating.rebinding import Moved

_MOVING = (
    "The database will belong to the bot of VIGIL_TELEGRAM_TOKEN. Its private chats are paused until each reader "
    "starts the new bot; posts sent so far cannot be corrected any more; every channel and group has to let the new "
    "bot in."
)


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command("doctor")(doctor)


def doctor(
    chats: Annotated[bool, typer.Option("--chats", help="Ask Telegram about each channel and group too.")] = False,
    rebind: Annotated[bool, typer.Option("--rebind", help="Move the database to the bot of this token.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --rebind: do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Look at everything Vigil needs, one line each; status 1 if something keeps it from working."""
    if rebind:
        _move(read_settings(), yes)
        return
    findings = asyncio.run(_examined(chats, as_json))
    if as_json:
        print_json([finding.as_dict() for finding in findings])
    raise typer.Exit(1 if any(finding.mark == "problem" for finding in findings) else 0)


async def _examined(chats: bool, quiet: bool) -> "list[Finding]":
    from bot.operating.doctor import examine  # noqa: PLC0415
    from bot.operating.finding import problem, warning  # noqa: PLC0415

    findings: list[Finding] = []

    def tell(finding: "Finding") -> None:
        findings.append(finding)
        if not quiet:
            print_lines([str(finding)])

    try:
        settings = read_settings()
    except SettingError as exc:
        tell(problem("settings", str(exc), "see docs/operating.md; nothing else was looked at"))
        return findings
    for name, nearest in unknown_settings().items():
        advice = f"did you mean {nearest}?" if nearest else "docs/operating.md lists every setting"
        tell(warning("settings", f"{name} is none of Vigil's, and does nothing", advice))
    async for finding in examine(settings, lambda: datetime.now(UTC), rights=chats):
        tell(finding)
    return findings


def _move(settings: Settings, yes: bool) -> None:
    if settings.telegram_token is None:
        raise VigilError("VIGIL_TELEGRAM_TOKEN: found none, expected the token of the bot to move to")
    note(_MOVING)
    if not yes and not (is_person_there() and typer.confirm("Go on?", err=True)):
        raise VigilError("nothing was changed; --yes goes on without asking")
    moved = asyncio.run(_moved(settings))
    if moved is None:
        print_lines(["The database belongs to this bot; nothing had to be moved."])
    else:
        print_lines([f"The database belongs to @{moved.username} now. Private chats paused: {moved.readers}."])


async def _moved(settings: Settings) -> "Moved | None":
    from bot.app.telegram import open_telegram  # noqa: PLC0415
    from bot.chats.sealing import open_seal  # noqa: PLC0415
    from bot.operating.rebinding import move  # noqa: PLC0415
    from bot.outbox.transport import TransportError  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened(settings))
        seal = await open_seal(database, settings.key_path)
        telegram = open_telegram(settings)
        if telegram is None:
            return None
        await telegram.wire.start()
        stack.push_async_callback(telegram.wire.stop)
        try:
            return await move(database, seal, telegram)
        except TransportError as exc:
            raise VigilError(f"Telegram does not confirm this token ({exc.reason}): nothing was changed") from exc
