"""Presses that nobody was offered: any data, in any chat, by anybody."""

import pytest

from tests.doors.telegram.conftest import Porch
from tests.telegram import Chat, User

ODD = ["", " ", "/", "/nothing", "x" * 64, "Ж" * 32, "\x00\x01", "/forget@other_bot yes", "/settings " + "9" * 54]


def forge(porch: Porch, user: User, chat: Chat, data: str) -> str:
    """Press a button of this data on a message of the bot's that never had it; the id of the press."""
    query = porch.server.state.new_query(user, 3600)
    message = {"message_id": 1, "date": porch.server.clock.today(), "chat": chat.to_json(), "text": "A"}
    payload = {"id": query.id, "from": user.to_json(), "message": message, "chat_instance": "1", "data": data}
    porch.server.updates.push("callback_query", payload, queue=user.id)
    return str(query.id)


@pytest.mark.parametrize("data", ODD)
async def test_forged_data_stops_nothing(porch: Porch, data: str) -> None:
    user = porch.people.add_user()
    forge(porch, user, porch.server.chat(user.id), data)
    porch.people.say(user, "/today")
    await porch.quiet()
    assert porch.server.texts(user.id)[-1] == "You said /today"
    assert 400 not in porch.server.statuses


@pytest.mark.parametrize("data", ["/forget yes", "/settings discreet on", "/unsubscribe", "/follow ihar-lednik"])
async def test_who_does_not_administer_a_group_sets_nothing_by_a_forged_press(porch: Porch, data: str) -> None:
    owner, user = porch.people.add_user(), porch.people.add_user()
    group = porch.people.add_supergroup("Group", owner, user)
    press = forge(porch, user, group, data)
    await porch.quiet()
    assert [request.may_change_settings for request in porch.script.asked] == [False]
    assert press in porch.server.answers


async def test_a_button_shown_to_an_administrator_does_not_obey_others(porch: Porch) -> None:
    owner, user = porch.people.add_user(), porch.people.add_user()
    group = porch.people.add_supergroup("Group", owner, user)
    forge(porch, owner, group, "/forget yes")
    forge(porch, user, group, "/forget yes")
    await porch.quiet()
    assert [request.may_change_settings for request in porch.script.asked] == [True, False]


async def test_a_press_told_twice_is_obeyed_once(porch: Porch) -> None:
    user = porch.people.add_user()
    forge(porch, user, porch.server.chat(user.id), "/forget yes")
    await porch.quiet()
    porch.server.updates.replay(porch.server.updates.next_id - 1)
    await porch.quiet()
    assert porch.script.texts == ["/forget yes"]
