"""What stands before a measurement: a death that is remembered today, and many chats that are to hear of it.

The chats' zone is one in which it is noon, so that no day ends in the middle of a run.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import update

from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import Rules
from bot.agenda.wishes import Wishes
from bot.app.shelf import Shelf
from bot.chats.address import TELEGRAM, Address, ChatKind
from bot.chats.bulk import write_chats
from bot.chats.csv_files import ChatRow
from bot.chats.sealing import open_seal
from bot.chats.tables import chats
from bot.outbox.edition import ChatView
from bot.posts.post import Post
from bot.records.showing import load_calendar
from tests.app.scene import remembered_today
from tests.databases import opened, sqlite_url

# The first of the people whom `python -m tests.telegram --users` makes.
FIRST_USER = 1001
_WISHES = Wishes(facts="never")
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Records:
    """The folders of a calendar and of its documents."""

    calendar: str
    seeds: str

    def shelf(self) -> Shelf:
        """The calendar, as the program holds it."""
        return Shelf(load_calendar(Path(self.calendar), Path(self.seeds)), Rules(), None)

    def settings(self) -> dict[str, object]:
        """The settings under which the program reads it."""
        return asdict(self)


def records_of_today(folder: Path) -> Records:
    """Records made in a folder, of which one falls on today: a death on this month and day."""
    settings = remembered_today(folder)
    return Records(str(settings["calendar"]), str(settings["seeds"]))


def post_of_today(records: Records) -> Post:
    """What a private chat without pictures is told today."""
    view = ChatView("en", _WISHES, ChatKind.PRIVATE, pictures=False)
    post = records.shelf().edition.compose(view, Slot.MEMORIAL, datetime.now(UTC).date())
    assert post is not None
    return post


def noon_zone(now: datetime) -> str:
    """A zone in which it is noon or a little later, on the day that it is in UTC."""
    east = 12 - now.hour
    # POSIX's signs: Etc/GMT-3 is three hours east.
    return "Etc/GMT" + (f"{-east:+d}" if east else "")


async def subscribe_readers(home: Path, users: Sequence[int], *, pictures: bool = False) -> None:
    """Private chats of these people in a new SQLite database, subscribed long enough to hear of today."""
    now = datetime.now(UTC)
    zone = noon_zone(now)
    rows = [
        ChatRow(line, Address(TELEGRAM, str(user)), "en", zone, at=_MIDNIGHT, wishes=_WISHES)
        for line, user in enumerate(users)
    ]
    async with opened(sqlite_url(home)) as database:
        seal = await open_seal(database, home / "vigil.key")
        await write_chats(database, seal, rows, now=now - timedelta(days=2))
        async with database.write() as connection:
            # As they are once the first tick has seen them; texts alone, where every peer is to send the same.
            await connection.execute(update(chats).values(pictures=pictures, changed=False))
