"""What operators can order about posts already sent: see what would be corrected, and have it corrected."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.app.operators.actions import Actions, Offer, Told
from bot.app.operators.duties import NOTHING
from bot.app.operators.wording import CORRECT
from bot.database import Database
from bot.outbox.corrections import Correction, Found
from bot.outbox.holds import Holds, read_holds
from bot.outbox.outbox import Outbox
from bot.posts.post import Post

CORRECT_NOW: Final = "correct-now"

# A message holds 4,096 characters; the command line shows everything.
_MOST_SHOWN: Final = 3
_SHOWN_CHARS: Final = 450
_SHELL: Final = "`vigil correct --dry-run` shows all of it, and in which chats."
_OUTDATED: Final = (
    "Nothing was done: another process has read a newer calendar than the running bot. Restart the bot, so that it "
    "does not go on posting what is to be corrected."
)


class CorrectionDuties:
    """The actions about corrections. Carried out twice, they find nothing more to do."""

    def __init__(self, outbox: Outbox, database: Database) -> None:
        self._outbox = outbox
        self._database = database

    def add_to(self, actions: Actions) -> None:
        """Register them all."""
        actions.add(CORRECT, self._ask)
        actions.add(CORRECT_NOW, self._correct)

    async def _ask(self, _: str, __: datetime) -> Told:
        if not await self._outbox.has_read_last():
            return Told(_OUTDATED)
        found = await self._outbox.find_corrections()
        if not found.messages:
            return Told("Nothing is to be corrected any more.")
        held = await read_holds(self._database)
        shown = "\n\n".join(_shown(found.corrections[:_MOST_SHOWN], held))
        more = len(found.corrections) - _MOST_SHOWN
        rest = f"\n\nand {more} more." if more > 0 else ""
        number = found.messages
        return Told(
            f"{shown}{rest}\n\n{_SHELL}",
            ((Offer(f"Correct them in {number} messages", CORRECT_NOW),), (Offer("No, leave them", NOTHING),)),
        )

    async def _correct(self, _: str, __: datetime) -> Told:
        found = await self._outbox.correct_all()
        if found is None:
            return Told(_OUTDATED)
        if not found.messages:
            return Told("Nothing is to be corrected any more.")
        return Told(f"{ordered(found)} What came of it follows here.")


def ordered(found: Found) -> str:
    """How much is to be corrected, in words."""
    return f"To be corrected: {len(found.corrections)} posts in {found.messages} messages."


def _shown(corrections: Sequence[Correction], held: Holds) -> Iterator[str]:
    for one in corrections:
        stated = one.stated
        where = f"{stated.on}, {stated.slot}, {stated.language}: {one.messages} messages."
        stands = "(not repeated here: somebody asked for silence)" if _is_held(one, held) else _cut(Post(one.html))
        yield f"{where}\nThere stands: {stands}\nThere is to stand: {_cut(one.post)}"


def _is_held(correction: Correction, held: Holds) -> bool:
    ids = {claimed.record.partition(":")[2] for claimed in correction.stated.claims}
    return bool(held.sources or ids & (held.people | held.events))


def _cut(post: Post) -> str:
    text = " ".join(post.text.split())
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"
