"""Each command in each language and each kind of chat, over the wire: answered where `docs/commands.md` says so,
and nothing is said that Telegram would refuse."""

from collections.abc import Callable

import pytest

from bot.chats.chats import Chats
from bot.posts.translations import LANGUAGES
from tests.commands.asked import asked
from tests.doors.telegram.conftest import Porch
from tests.telegram import Chat, Message, Topic

# In private it is started; elsewhere somebody who administers, or who does not, writes.
PLACES = ("private", "group", "supergroup", "anonymous", "topic", "general", "member")


class Scene:
    """Somebody in a chat of one kind, where nothing but what she asks is answered."""

    def __init__(self, talk: Porch, place: str, language: str) -> None:
        people = talk.people
        self.talk, self.is_anonymous = talk, place == "anonymous"
        self.user = people.add_user(language_code=language)
        self.topic: Topic | None = None
        creator = people.add_user() if place == "member" else self.user
        made: dict[str, Callable[[], Chat | None]] = {
            "private": lambda: None,
            "group": lambda: people.add_group("Group", creator),
            "supergroup": lambda: people.add_supergroup("Group", creator),
            "anonymous": lambda: people.add_supergroup("Group", creator),
            "member": lambda: people.add_supergroup("Group", creator),
            "topic": lambda: people.add_supergroup("Forum", creator, forum=True),
            "general": lambda: people.add_supergroup("Forum", creator, forum=True),
        }
        self.chat = made[place]()
        if place == "topic":
            assert self.chat is not None
            self.topic = people.add_topic(self.chat, "Memory")

    async def say(self, text: str) -> list[Message]:
        """What the bot has written in that chat since she said this."""
        chat = self.user.id if self.chat is None else self.chat.id
        before = len(self.talk.server.messages(chat, by_bot=True))
        self.talk.people.say(self.user, text, self.chat, topic=self.topic, anonymous=self.is_anonymous)
        await self.talk.quiet()
        return self.talk.server.messages(chat, by_bot=True)[before:]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_command_is_answered_and_nothing_refused(
    talk: Porch, chats: Chats, language: str, place: str
) -> None:
    scene = Scene(talk, place, language)
    for text in asked():
        messages = await scene.say(text)
        assert messages, text
        assert {message.thread_id for message in messages} == {scene.topic.id if scene.topic else None}, text

    assert _refused(talk) == []
    if place == "member":
        assert await chats.listing() == []


async def test_a_channel_is_answered_nothing(talk: Porch, chats: Chats) -> None:
    channel = talk.people.add_channel("Memory")
    for text in asked():
        talk.people.post(channel, text)
    await talk.quiet()

    assert talk.server.sent == []
    assert await chats.listing() == []


def _refused(talk: Porch) -> list[str]:
    return [request.description or "" for request in talk.server.requests if request.told == "refused"]
