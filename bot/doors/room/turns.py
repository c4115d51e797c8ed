"""One turn of the conversation: what was said, and what is answered to it."""

import asyncio
from collections.abc import Sequence

import structlog
from markupsafe import Markup

from bot.commands.commands import DISCREET_S
from bot.commands.request import Reply, Request
from bot.commands.subscribing import CONFIRMED
from bot.commands.typed import read
from bot.doors.room.conversation import Conversation
from bot.doors.room.house import House
from bot.doors.room.pages import words
from bot.errors import VigilError
from bot.posts.cuts import shorter
from bot.posts.post import Post

_log = structlog.get_logger()


class Turns:
    """Takes one command after the other, so that each answer follows what it answers."""

    def __init__(self, house: House, conversation: Conversation) -> None:
        self._house = house
        self._conversation = conversation
        self._turn = asyncio.Lock()

    async def take(self, text: str, language: str, pressed: int | None) -> str | None:
        """Answer a command, typed or pressed on that message; the answer's short notice, if it has one."""
        async with self._turn:
            now = self._house.now()
            said = self._conversation.say(text, text, now=now) if pressed is None else None
            asked = Request(text, self._conversation.address, now, language_hint=language, pressed=pressed is not None)
            reply = await self._answer(asked, language)
            if _forgets(text):
                await self._conversation.forget()
                said = None
            elif pressed is not None and not reply.replaces:
                said = self._conversation.say(self._label(text, pressed), text, now=now)
            replaces = pressed if reply.replaces else None
            await self._conversation.answer(said, _posts(reply), replaces=replaces, gone_after_s=reply.gone_after_s)
            return reply.notice

    async def _answer(self, asked: Request, language: str) -> Reply:
        try:
            return await self._house.answer(asked)
        except VigilError as exc:
            return _passing(str(Markup.escape(str(exc))))
        except Exception as exc:  # the page goes on, whatever a command does
            _log.error("a command failed in the room", error=type(exc).__name__)
            sorry = words(language).gettext("Something went wrong with this command. Nothing was changed.")
            return _passing(sorry)

    def _label(self, text: str, pressed: int) -> str:
        """The label of the button that was pressed, as the post has it; else its command."""
        post = self._conversation.post(pressed)
        buttons = (button for row in post.buttons for button in row) if post is not None else ()
        return next((button.text for button in buttons if button.command == text), text)


def _passing(html: str) -> Reply:
    """An answer that goes in time: whether the room is discreet cannot be asked where the asking failed."""
    return Reply((Post(html),), gone_after_s=DISCREET_S)


def _posts(reply: Reply) -> Sequence[Post]:
    """The posts at a length that a message holds; a notice that stands alone is one, lest it be missed."""
    if not reply.posts and reply.notice:
        return (Post(str(Markup.escape(reply.notice))),)
    return [shorter(post) for post in reply.posts]


def _forgets(text: str) -> bool:
    """Whether this command deletes every trace: then the room's own memory goes with it."""
    typed = read(text)
    return typed.command == "forget" and typed.argument.lower() == CONFIRMED
