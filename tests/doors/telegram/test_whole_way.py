"""The commands themselves behind the door: nothing they say is refused by Telegram."""

from datetime import timedelta

import pytest

from bot.commands.commands import DISCREET_S
from bot.commands.menu import menu
from bot.posts.translations import LANGUAGES
from tests.doors.telegram.conftest import Porch
from tests.telegram import Message, User


async def say(talk: Porch, user: User, text: str) -> list[Message]:
    """What stands in the chat after a person said something, one at a time as people do."""
    talk.people.say(user, text)
    await talk.quiet()
    return talk.server.messages(user.id, by_bot=True)


async def press_each(talk: Porch, user: User, messages: list[Message]) -> None:
    """Press every button but those that a press before has taken away."""
    for message in messages:
        for command in commands_of(message):
            if command in commands_of(message) and "forget" not in command:
                talk.people.press(user, message, command)
                await talk.quiet()


def commands_of(message: Message) -> list[str]:
    return [button["callback_data"] for button in message.buttons if "callback_data" in button]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_telegram_takes_every_reply_and_every_press_is_ended(talk: Porch, language: str) -> None:
    user = talk.people.add_user(language_code=language)
    for text in ("/start", *(f"/{name}" for name, _ in menu(language)), "/prisoner Bialiatski", "<b>", "\x00 x"):
        messages = await say(talk, user, text)
        await press_each(talk, user, messages[-1:])
    refused = [request.description or "" for request in talk.server.requests if request.told == "refused"]
    # Pressing the language one already has changes nothing.
    assert [words for words in refused if "message is not modified" not in words] == []
    assert set(talk.server.answers) == set(talk.server.state.queries)
    assert len(talk.server.texts(user.id)) > 30


async def test_channel_button_opens_what_it_says(talk: Porch) -> None:
    user = talk.people.add_user()
    [message] = await say(talk, user, "/start prisoner_ihar-lednik")
    assert "Lednik" in message.text


async def test_a_page_turned_in_discreet_mode_does_not_stay(talk: Porch) -> None:
    user = talk.people.add_user()
    await say(talk, user, "/subscribe")
    calls = (await say(talk, user, "/calls"))[-1]
    await say(talk, user, "/settings discreet on")
    talk.record.fleeting_ids.clear()

    talk.people.press(user, calls, "/calls 2")
    await talk.quiet()

    gone_at = talk.now() + timedelta(seconds=DISCREET_S)
    ((chat, ids, told_at),) = talk.record.fleeting_ids
    assert (chat, ids) == (str(user.id), [calls.id])
    assert abs(told_at - gone_at) < timedelta(minutes=1)
