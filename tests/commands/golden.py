"""The replies that readers meet most, as they stand: `python -m tests.commands.golden` writes them anew.

A change of wording or of the calendar shows as a difference in `golden/`, to be read before it is kept.
"""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.chats.chats import Chats
from bot.chats.sealing import Seal
from bot.commands.request import Reply
from bot.database import migrate, open_database
from bot.posts.translations import LANGUAGES
from tests.commands.house import House

FOLDER = Path(__file__).parent / "golden"
MEMORIAL_DAY = datetime(2027, 2, 20, 12, tzinfo=UTC)
ASKED = (
    "/start",
    "/today",
    "/upcoming",
    "/prisoner Bialiatski",
    "/prisoner Lednik",
    "/prisoner Ales",
    "/remember",
    "/figures",
    "/calls release",
    "/sources",
    "/why ihar-lednik-death",
    "/subscribe country:BY",
    "/timezone Brest",
    "/privacy",
    "/forget yes",
)


async def transcript(house: House, language: str) -> str:
    """Everything asked and answered in a language on the day of a death, with the commands of the buttons."""
    house.now, house.language = MEMORIAL_DAY, language
    return "\n".join([f"> {text}\n\n{_written(await house.ask(text))}" for text in ASKED])


def _written(reply: Reply) -> str:
    lines = []
    for post in reply.posts:
        rows = (" ".join(f"[{button.text}: {button.command or 'link'}]" for button in row) for row in post.buttons)
        lines += [str(post.html), *rows, ""]
    return "\n".join(lines)


async def _write() -> None:
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            database = open_database(f"sqlite+aiosqlite:///{folder}/vigil.sqlite")
            await migrate(database)
            told = await transcript(House(Chats(database, Seal(b"k" * 32))), language)
            (FOLDER / f"{language}.txt").write_text(told, encoding="utf-8")
            await database.close()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(_write())
