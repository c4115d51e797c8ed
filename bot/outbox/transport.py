"""What the outbox asks of a transport, and how a transport sorts its errors.

The outbox knows transports by this protocol alone and is given them by `app`.
"""

from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.chats.address import Address
from bot.errors import VigilError
from bot.posts.post import Post


@dataclass(frozen=True, slots=True)
class Sent:
    """Proof of a message: its id in the chat, and the transport's name for an uploaded picture."""

    message_id: int
    picture_ref: str | None = None


# Why a message cannot be edited, where it matters which: nobody sees it any more, or it stays as it is.
MESSAGE_MISSING = "message_missing"
NOT_EDITABLE = "not_editable"


class Fate(StrEnum):
    """The one decision an error carries (design, section 6)."""

    CHAT_GONE = "chat_gone"  # permanent for the chat: pause it
    POST_BAD = "post_bad"  # permanent for the post: mend it for everyone
    MIGRATED = "migrated"  # the chat has a new id
    PASSING = "passing"  # certainly not delivered: try again later
    LOOK_FIRST = "look_first"  # 500-503: passing in private chats, looked at first in channels
    UNCERTAIN = "uncertain"  # may have been delivered
    STOP = "stop"  # the token is no longer ours: nothing more may be sent


class Mend(StrEnum):
    """What to change about a post that the transport refuses."""

    PLAIN_TEXT = "plain_text"
    SHORTER = "shorter"
    NO_BUTTONS = "no_buttons"
    NO_PICTURE = "no_picture"


class TransportError(VigilError):
    """A refused, lost or doubtful request, sorted once.

    `reason` is a short code safe to log and show (`blocked`, `http_502`, `read_timeout`); it never
    holds an id, a name or a text. `retry_after_s` is the transport's own wish (a 429). `knows_us` says
    that only a chat that had met this very bot answers so: it blocked it, say.
    """

    def __init__(
        self,
        fate: Fate,
        reason: str,
        *,
        retry_after_s: float | None = None,
        migrate_to: str | None = None,
        mend: Mend | None = None,
        knows_us: bool = False,
    ) -> None:
        super().__init__(reason)
        self.fate = fate
        self.reason = reason
        self.retry_after_s = retry_after_s
        self.migrate_to = migrate_to
        self.mend = mend
        self.knows_us = knows_us


@dataclass(frozen=True, slots=True)
class Limits:
    """Characters as UTF-16 code units after parsing; rates as the other side counts them."""

    text_chars: int
    caption_chars: int


BeforeWriting = Callable[[], Awaitable[None]]


async def at_once() -> None:
    """Nothing is to be done before a request is written."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One request in the making: the post, what is known of its picture, and how to send it.

    `answers` is the id of the message of this chat that it replies to; without that message it is not sent.
    `before_writing` is awaited immediately before the request is written, and before each piece of a
    long one. Whatever it raises is raised by `send`, and nothing has been sent then.

    A `free` one is never paid for, whatever was set for broadcasts: an answer to a person.
    """

    post: Post
    picture_ref: str | None = None
    silent: bool = False
    protected: bool = False
    answers: int | None = None
    free: bool = False
    before_writing: BeforeWriting = at_once


class Transport(Protocol):
    """Carries parcels. Every method raises TransportError and nothing else for a failed request."""

    name: str
    limits: Limits

    async def send(self, address: Address, parcel: Parcel) -> Sent:
        """Make exactly one message of the parcel: with its picture where the text fits a caption."""

    async def edit(self, address: Address, message_id: int, post: Post) -> None:
        """Replace a message sent earlier by this text and these buttons (its picture stays)."""

    async def replace(self, address: Address, message_id: int, parcel: Parcel) -> Sent:
        """Put the parcel's post in the place of a message sent earlier, its picture too.

        A message that already says so is no error. POST_BAD where it can no longer be changed or is not there.
        """

    async def delete(self, address: Address, message_id: int) -> None:
        """Take a message sent earlier away; one already gone is no error."""

    async def look(
        self, address: Address, after_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        """Find our message with this text among ids after `after_id`, sent at `since` or later.

        Its id, or None if it surely does not stand there. TransportError with UNCERTAIN where this
        chat cannot be looked into. `others` are ids of which it is known that they are not ours.
        """

    async def look_back(
        self, address: Address, before_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        """The same among ids before `before_id`, the newest first."""
