"""The command that changes the key: rotate."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import counting, note, print_lines
from bot.cli.shelf import has_database, opened
from bot.cli.streams import is_person_there
from bot.errors import VigilError
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.chats.rotating import Sealed

_AFTERWARDS = (
    "Backups made until now open only with the old key: delete them, and make a new one (`vigil backup FILE`).",
    "Delete every copy of the old key, and bring the new one to wherever else Vigil runs on this database.",
)


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command("rotate")(rotate)


def rotate(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, though follows would be lost.")] = False,
) -> None:
    """Change the key: seal every address and follow anew, and destroy the old key. End `vigil run` before."""
    settings = read_settings()
    if not has_database(settings):
        raise VigilError(f"{settings.home}: there is no database yet, and no key to change")
    if asyncio.run(_rotate(settings, yes)):
        print_lines([f"Everything is sealed under a new key: {settings.key_path}. The old one is destroyed."])
    else:
        print_lines([f"An interrupted change of the key was finished: {settings.key_path}."])
    print_lines(_AFTERWARDS)


async def _rotate(settings: Settings, yes: bool) -> bool:
    """Change the key; False if an interrupted change was to be finished instead."""
    from bot.operating import rotation  # noqa: PLC0415
    from bot.records.loading import known_people  # noqa: PLC0415

    async with opened(settings) as database:
        if await rotation.finish(database, settings.key_path):
            return False
        # The whole calendar: a follow of somebody who is held must not be lost.
        people = known_people(settings.calendar, settings.seeds)
        if not _agreed(await rotation.to_be_sealed(database, settings.key_path, people), yes):
            raise VigilError("nothing was changed")
        with counting("Chats sealed anew") as progress:
            await rotation.rotate(database, settings.key_path, people, progress=progress)
    return True


def _agreed(sealed: "Sealed", yes: bool) -> bool:
    note(f"To be sealed anew: {sealed.chats} chats, {sealed.follows} follows.")
    if not sealed.lost:
        return True
    note(
        f"{sealed.lost} follows are of people whom the calendar does not know (any more): they are stored as hashes "
        "that cannot be opened, and will be lost."
    )
    if yes:
        return True
    if not is_person_there():
        note("Put the people back into the calendar, or run it with --yes.")
        return False
    return typer.confirm("Go on and lose them?", err=True)
