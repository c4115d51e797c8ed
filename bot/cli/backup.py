"""Commands that keep what the database holds, and bring it back: backup, restore."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import counting, note, print_lines
from bot.cli.shelf import has_database, opened, rules_of
from bot.errors import VigilError
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.operating.backup import Backup
    from bot.operating.past import Restored

File = Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False)]


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    file: File,
    with_readers: Annotated[
        bool, typer.Option("--with-readers", help="Private chats too: people who read in private.")
    ] = False,
) -> None:
    """Write what the database holds to a new FILE, beside a running bot. Keep the key apart from it."""
    settings = read_settings()
    if not has_database(settings):
        raise VigilError(f"{settings.home}: there is no database yet; check VIGIL_HOME and VIGIL_DATABASE")
    made = asyncio.run(_backup(settings, file, with_readers))
    print_lines([f"Written: {file}; chats: {made.rows['chats']}, deliveries: {made.rows['deliveries']}."])
    if made.left_out:
        note(f"Private chats left out: {made.left_out}. --with-readers takes them along.")
    if file.stat().st_mode & 0o077:
        note(f"{file}: others on this machine can read it: its disk knows no modes. Take it to a safe place.")


def restore(
    file: File,
    replace: Annotated[bool, typer.Option("--replace", help="Delete the chats that are there.")] = False,
) -> None:
    """Put what FILE holds into the database; what was due before now counts as missed. End `vigil run` before."""
    settings = read_settings()
    restored = asyncio.run(_restore(settings, file, replace))
    print_lines([f"Restored from {file}; chats: {restored.chats}. Whoever left since it was made is among them again."])
    if restored.missed:
        days = ", ".join(f"{day}: {number}" for day, number in sorted(restored.missed.items()))
        print_lines([f"Counted as missed, since nobody knows whether they were sent ({days}). They are not sent."])
    if restored.uncertain:
        print_lines([f"Messages on their way when it was made, not sent again: {restored.uncertain}."])
    if restored.corrections:
        print_lines([f"Corrections under way when it was made: {restored.corrections}. Run `vigil correct` anew."])


async def _backup(settings: Settings, file: Path, with_readers: bool) -> "Backup":
    from bot.operating.backup import back_up  # noqa: PLC0415

    async with opened(settings) as database:
        with counting("Rows written") as progress:
            return await back_up(database, file, with_readers=with_readers, progress=progress)


async def _restore(settings: Settings, file: Path, over: bool) -> "Restored":
    from bot.app.shelf import Shelf  # noqa: PLC0415
    from bot.operating import restoring  # noqa: PLC0415
    from bot.operating.past import make_ready  # noqa: PLC0415
    from bot.outbox.holds import read_holds  # noqa: PLC0415
    from bot.records.showing import load_calendar  # noqa: PLC0415

    calendar = load_calendar(settings.calendar, settings.seeds)
    async with restoring.copy_of(file, settings.home) as copy, opened(settings) as database:
        await restoring.refuse_if_used(database, over=over)
        seal = await restoring.fitting_seal(copy, settings.key_path, file)
        shelf = Shelf(calendar, rules_of(settings), settings.contact or None)
        shelf.hold(await read_holds(copy) | await read_holds(database))
        restored = await make_ready(copy, seal, shelf.edition, datetime.now(UTC))
        with counting("Rows brought back") as progress:
            await restoring.replace(database, copy, over=over, progress=progress)
    return restored
