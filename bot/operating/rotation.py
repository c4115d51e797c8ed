"""Changing the key: every address and follow is sealed anew under a fresh one, and the old key destroyed.

Whenever it is interrupted, one of the two key files opens the database; running it again finishes.
"""

from collections.abc import Callable, Collection
from enum import StrEnum
from pathlib import Path

from bot.chats.key_file import destroy, draft_next_key, fitting_key, next_to, spent, take_next_key
from bot.chats.rotating import Sealed, reseal, sealed_by
from bot.chats.sealing import Seal, fits, key_check
from bot.database import Database
from bot.errors import VigilError
from bot.operating.alone import alone, rewrite


class Rotated(StrEnum):
    """How a rotation ended."""

    DONE = "done"
    FINISHED = "finished"  # an interrupted one was taken to its end
    DECLINED = "declined"


async def rotate(
    database: Database,
    key_path: Path,
    people: Collection[str],
    *,
    agree: Callable[[Sealed], bool],
    progress: Callable[[int], None] = lambda chats: None,
) -> Rotated:
    """Seal everything anew. `agree` is told beforehand what there is and what would be lost.

    `people` are all whom the calendar knows, held ones too. AlreadyRunningError while another Vigil
    works on the database; KeyFileError where no key fits it, or the key file cannot be replaced.
    """
    check = await key_check(database)
    if check is None:
        raise VigilError("nothing is sealed in this database yet: there is no key to change")
    file, key = fitting_key(key_path, fits(check))
    if finish(key_path, file):
        await rewrite(database)
        return Rotated.FINISHED
    old = Seal(key)
    async with database.read() as connection:
        sealed = await sealed_by(connection, old, people)
    if not agree(sealed):
        return Rotated.DECLINED
    async with alone(database) as connection:
        new = Seal(draft_next_key(key_path))
        await reseal(connection, (old, new), people, progress)
    # From here on the next key alone opens the database.
    take_next_key(key_path)
    await rewrite(database)
    return Rotated.DONE


def finish(key_path: Path, fitting: Path) -> bool:
    """Finish or clear away what an interrupted rotation left; True if that one had resealed the database."""
    if fitting == next_to(key_path):
        take_next_key(key_path)
        return True
    destroy(next_to(key_path))
    return destroy(spent(key_path))
