"""Whom a chat follows, and the button under a person's page. Imports no transport."""

from bot.commands.asking import Asking
from bot.posts.post import Button


async def followed_here(asking: Asking) -> frozenset[str]:
    """The people this chat follows, of those in the calendar."""
    if asking.chat is None:
        return frozenset()
    return await asking.desk.chats.following(asking.chat.id, asking.calendar.people.keys())


async def follow_button(asking: Asking, person_id: str) -> Button:
    """The button under a person's page: to follow, or to end it."""
    if person_id in await followed_here(asking):
        return Button(asking.t.gettext("Unfollow"), f"/unfollow {person_id}")
    return Button(asking.t.gettext("Follow"), f"/follow {person_id}")
