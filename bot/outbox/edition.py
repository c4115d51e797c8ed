"""What the outbox asks of the calendar. `app` gives it: the calendar as it stands, holds taken out.

Planning and composing ask the same edition, so that they agree.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.agenda.occurrence import Slot
from bot.agenda.wishes import Wishes
from bot.chats.address import ChatKind
from bot.posts.post import Post
from bot.posts.stated import Stated


@dataclass(frozen=True, slots=True)
class ChatView:
    """What a post depends on of the chat that gets it: equal views get one and the same post.

    Here `wishes.followed` is filled in.
    """

    language: str
    wishes: Wishes
    kind: ChatKind
    discreet: bool = False
    pictures: bool = True
    opening: str = ""
    signature: str = ""


class Edition(Protocol):
    """The calendar at one revision. Every method is pure and quick, and may be called in a thread."""

    @property
    def revision(self) -> str:
        """Equal revisions say the same things."""

    @property
    def people(self) -> Collection[str]:
        """The ids of everyone who can be followed."""

    def slots(self, wishes: Wishes, on: date) -> frozenset[Slot]:
        """The slots in which a chat with these wishes hears something on its day `on`."""

    def concerned(self, wishes: Wishes, on: date) -> Mapping[Slot, frozenset[str]]:
        """Whom that day's occurrences concern, by slot, at the leads of these wishes and whatever their topics."""

    def compose(self, view: ChatView, slot: Slot, on: date) -> Post | None:
        """The post for such a chat; None where nothing is left to say (held since, say)."""

    def stands(self, stated: Stated) -> bool:
        """Whether all that a sent post stated could still be said."""

    def corrected(self, stated: Stated, corrected_on: date) -> Post | None:
        """The post in place of one that stated this; None where a reader would see no difference."""
