"""Changing the key: every address and follow is sealed anew under a fresh one, and the old key destroyed.

Whenever it is interrupted, one of the two key files opens the database, and `finish` goes on.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from bot.chats.key_file import destroy, draft_next_key, fitting_key, next_to, spent, take_next_key
from bot.chats.rotating import Sealed, reseal, sealed_by
from bot.chats.sealing import Seal, fits, key_check
from bot.database import Database
from bot.errors import VigilError
from bot.operating.alone import alone, rewrite


async def finish(database: Database, key_path: Path) -> bool:
    """Finish a rotation that was interrupted after it had resealed the database; False if there is none.

    What an earlier interruption left is cleared away. KeyFileError where no key fits.
    """
    file, _ = await _fitting(database, key_path)
    if file == next_to(key_path):
        take_next_key(key_path)
    else:
        destroy(next_to(key_path))
        if not destroy(spent(key_path)):
            return False
    await rewrite(database)
    return True


async def to_be_sealed(database: Database, key_path: Path, people: Collection[str]) -> Sealed:
    """What there is to be sealed anew, and what of it would be lost; `people` are all whom the calendar knows."""
    _, key = await _fitting(database, key_path)
    async with database.read() as connection:
        return await sealed_by(connection, Seal(key), people)


async def rotate(
    database: Database,
    key_path: Path,
    people: Collection[str],
    *,
    progress: Callable[[int], None] = lambda chats: None,
) -> None:
    """Seal everything anew; `people` as above.

    AlreadyRunningError while another Vigil works on the database; KeyFileError where no key fits it, or
    the key file cannot be replaced.
    """
    _, key = await _fitting(database, key_path)
    async with alone(database) as connection:
        new = Seal(draft_next_key(key_path))
        await reseal(connection, (Seal(key), new), people, progress)
    # From here on the next key alone opens the database.
    take_next_key(key_path)
    await rewrite(database)


async def _fitting(database: Database, key_path: Path) -> tuple[Path, bytes]:
    check = await key_check(database)
    if check is None:
        raise VigilError("nothing is sealed in this database yet: there is no key to change")
    return fitting_key(key_path, fits(check))
