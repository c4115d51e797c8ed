"""Asking the commands as a person would: over a real database, with every reply checked as Telegram does."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bot.chats.address import Address, ChatKind
from bot.chats.chats import Chats
from bot.commands.asking import ChannelDesk
from bot.commands.commands import Commands
from bot.commands.request import Reply, Request
from bot.names import Index
from bot.posts.post import Button, Post
from bot.records.collection import Calendar
from tests.calendars import real_calendar
from tests.telegram.markup import check_inline
from tests.telegram.text import read_formatted

NOON = datetime(2027, 2, 21, 12, tzinfo=UTC)
_QUOTATION = re.compile(r"<blockquote>.*?</blockquote>", re.DOTALL)


class House:
    """The commands at a time of day, in a private chat unless told otherwise. `last` is the message last looked at."""

    def __init__(self, chats: Chats, channels: ChannelDesk | None = None) -> None:
        self.chats = chats
        self.calendar: Callable[[], Calendar] = real_calendar
        self.now = NOON
        self.language = "en"
        self.address = Address("room", "1")
        self.may_change_settings = True
        self.bot_name = "VigilBot"
        self.last = Post("")
        self.commands = Commands(self._calendar, chats, Index.of, contact="mistakes@example.org", channels=channels)

    def _calendar(self) -> Calendar:
        return self.calendar()

    def in_group(self, *, administrator: bool = False) -> None:
        """From now on speak in a group."""
        self.address = Address("telegram", "-100200300", kind=ChatKind.SUPERGROUP)
        self.may_change_settings = administrator

    async def ask(self, text: str, *, pressed: bool = False) -> Reply:
        """The reply to a text, after checking that Telegram would take it."""
        request = Request(
            text,
            self.address,
            self.now,
            language_hint=self.language,
            may_change_settings=self.may_change_settings,
            pressed=pressed,
            bot_name=self.bot_name,
        )
        reply = await self.commands.answer(request)
        for post in reply.posts:
            assert_telegram_takes(post)
        return reply

    async def press(self, command: str | None) -> Reply:
        """The reply to a pressed button."""
        assert command is not None
        return await self.ask(command, pressed=True)

    async def html(self, text: str) -> str:
        """The first post of the reply, as HTML."""
        (post, *_) = (await self.ask(text)).posts
        return post.html

    async def text(self, text: str) -> str:
        """The first post of the reply, without markup."""
        (post, *_) = (await self.ask(text)).posts
        return post.text

    async def pages(self, text: str) -> list[Post]:
        """Every page of a reply, leafed through with its buttons."""
        (post,) = (await self.ask(text)).posts
        pages = [post]
        while (more := button_with(pages[-1], "»")) is not None:
            reply = await self.press(more.command)
            assert reply.replaces
            pages += reply.posts
        return pages


def assert_telegram_takes(post: Post) -> None:
    """Fail where Telegram would refuse the message, by the rules of the local server."""
    text, entities = read_formatted(post.html, "HTML", None)
    assert 0 < len(text.encode("utf-16-le")) // 2 <= 4096
    assert len(entities) <= 100
    check_inline([[_wire(button) for button in row] for row in post.buttons])


def _wire(button: Button) -> dict[str, str]:
    if button.link is not None:
        return {"text": button.text, "url": button.link}
    return {"text": button.text, "callback_data": button.command or ""}


def own_voice(post: Post) -> str:
    """What Vigil says itself: the post without quotations."""
    return Post(_QUOTATION.sub("", post.html)).text


def buttons_of(post: Post) -> Iterator[Button]:
    """Its buttons, row after row."""
    for row in post.buttons:
        yield from row


def commands_of(post: Post) -> list[str]:
    """The commands behind its buttons."""
    return [button.command for button in buttons_of(post) if button.command is not None]


def button_with(post: Post, label: str) -> Button | None:
    """The first button whose text holds this; None if there is none."""
    return next((button for button in buttons_of(post) if label in button.text), None)
