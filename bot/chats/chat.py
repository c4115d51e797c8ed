"""One chat and its settings, as the rest of the program sees it. Pure data."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal, TypedDict

from bot.agenda.wishes import Wishes
from bot.chats.address import Address, ChatKind

# `unsubscribed` keeps the settings of somebody who reads without reminders.
# Why an active chat gets nothing before its first day: it asked for a rest.
UNTIL = "until"
ChatState = Literal["active", "paused", "unsubscribed"]

DEFAULT_LANGUAGE = "en"
DEFAULT_ZONE = "UTC"
DEFAULT_AT = time(9)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat with its address opened. `at` is the hour of its post in `zone`.

    `wishes.followed` is always empty here: follows are stored as hashes, and only asked about
    (`Chats.following`). `first_day` is the first day with a post, null once that day has come; with the
    reason `until` an active chat rests until that day. `opening` and `signature` stand around a channel's posts.
    """

    id: int
    address: Address
    language: str = DEFAULT_LANGUAGE
    zone: str = DEFAULT_ZONE
    at: time = DEFAULT_AT
    wishes: Wishes = field(default_factory=Wishes)
    state: ChatState = "active"
    pause_reason: str | None = None
    first_day: date | None = None
    discreet: bool = False
    silent: bool = False
    pictures: bool = True
    opening: str = ""
    signature: str = ""

    @property
    def rests_until(self) -> date | None:
        """The day before which it asked to hear nothing; null where it did not, or that day has come."""
        return self.first_day if self.state == "active" and self.pause_reason == UNTIL else None

    @property
    def kind(self) -> ChatKind:
        """What sort of place it is."""
        return self.address.kind


class ChatSettings(TypedDict, total=False):
    """What can be set about a chat; of `wishes` all but the people followed."""

    language: str
    zone: str
    at: time
    wishes: Wishes
    discreet: bool
    silent: bool
    pictures: bool
