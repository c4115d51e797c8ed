"""What a person asks and what she is answered, knowing no transport. Pure data."""

from dataclasses import dataclass
from datetime import datetime

from bot.chats.address import Address
from bot.posts.post import Post


@dataclass(frozen=True, slots=True)
class Request:
    """A command as typed (`/prisoner Bialiatski`) or as carried by a button.

    `now` is aware UTC, read once at the door. `language_hint` is the client's own language code.
    `may_change_settings` is true in private chats and for administrators elsewhere; `pressed`
    marks a button. `bot_name` is the bot's user name without @, empty where it has none.
    """

    text: str
    address: Address
    now: datetime
    language_hint: str | None = None
    may_change_settings: bool = True
    pressed: bool = False
    bot_name: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Posts in order; `replaces` asks to edit the message whose button was pressed.

    `notice` is a short line for a transport that can show one beside a button. No post and no
    notice: stay silent. The posts are deleted after `gone_after_s` seconds where that is set.
    """

    posts: tuple[Post, ...] = ()
    replaces: bool = False
    notice: str | None = None
    gone_after_s: int | None = None
