"""/follow, /unfollow and /following: whose dates come whatever else is subscribed to.

A follow is stored as a keyed hash: names are shown only after a second tap, and are gone in a minute.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace

from bot.agenda.hearing import FOLLOWS_ONLY
from bot.chats.chat import ChatSettings
from bot.commands.asking import Asking
from bot.commands.fields import FIELDS
from bot.commands.finder import Match
from bot.commands.followed import followed_here
from bot.commands.people import MOST_NAMES, find
from bot.commands.replies import Row, button, reply, rows_of, show
from bot.commands.request import Reply
from bot.commands.typed import LONGEST_ARGUMENT
from bot.posts.post import Button
from bot.posts.wording import name_of

NAMES = "names"
# What somebody looking over a shoulder could read is not to stay.
NAMES_GONE_S = 60
_ONLY, _ALL = "only", "all"

_Act = Callable[[Asking, str], Awaitable[Reply]]


async def follow(asking: Asking) -> Reply:
    """Send this chat what concerns a person from now on; who has no subscription chooses one first."""
    name, _, choice = asking.argument.rpartition(" ")
    if choice in (_ONLY, _ALL) and name in asking.calendar.people:
        return await _subscribed_for(asking, name, only=choice == _ONLY)
    return await _of_one(asking, "/follow", _followed)


async def unfollow(asking: Asking) -> Reply:
    """End a follow; without a name, the people followed one tap away."""
    if not asking.argument:
        return await following(asking)
    return await _of_one(asking, "/unfollow", _unfollowed, among=await followed_here(asking))


async def following(asking: Asking) -> Reply:
    """How many are followed; with `names` who they are, for a minute."""
    people = sorted(await followed_here(asking))
    t = asking.t
    if asking.argument != NAMES or not people:
        html = t.ngettext("People followed here: %(count)s", "People followed here: %(count)s", len(people))
        row: Row = (Button(t.gettext("Show names for a minute"), f"/following {NAMES}"),)
        return reply(html % {"count": len(people)}, *((row,) if people else ()))
    names = [name_of(asking.calendar.people[person], asking.language) for person in people]
    ends = (
        button(t.gettext("End: %(name)s") % {"name": n}, f"/unfollow {p}") for p, n in zip(people, names, strict=True)
    )
    shown = reply(show(asking, "following", names=names), *list(rows_of(ends, 1))[:MOST_NAMES])
    return replace(shown, gone_after_s=NAMES_GONE_S)


async def _of_one(asking: Asking, command: str, act: _Act, *, among: Collection[str] | None = None) -> Reply:
    """The act on the person meant, the only one of a like name `among` some; else a button for each who may be."""
    name = asking.argument
    if name.lower() in asking.calendar.people:
        return await act(asking, name.lower())
    if not name or len(name) > LONGEST_ARGUMENT:
        return reply(asking.t.gettext("Send the name after the command: %(command)s NAME") % {"command": command})
    matches = [match for match in find(asking, name) if match.person_id in asking.calendar.people]
    sure = [match for match in matches if match.match == "sure"]
    if among is not None and matches:
        # Only of people followed here is it worth asking who is meant.
        sure = [match for match in matches if match.person_id in among] or matches[:1]
    if len(sure) == 1:
        return await act(asking, sure[0].person_id)
    return _which(asking, command, sure or matches)


def _which(asking: Asking, command: str, matches: Sequence[Match]) -> Reply:
    if not matches:
        return reply(asking.t.gettext("Nobody by a name like that is in the calendar."))
    people = [asking.calendar.people[match.person_id] for match in matches[:MOST_NAMES]]
    named = (button(name_of(person, asking.language), f"{command} {person.id}") for person in people)
    return reply(asking.t.gettext("Who is meant?"), *rows_of(named, 1))


async def _followed(asking: Asking, person_id: str) -> Reply:
    if asking.chat is None or not asking.is_subscribed:
        return _subscription_first(asking, person_id)
    await asking.desk.chats.follow(asking.chat.id, person_id)
    html = show(asking, "followed", name=_name(asking, person_id), when=FIELDS["at"].shown(asking))
    return reply(html, (Button(asking.t.gettext("Unfollow"), f"/unfollow {person_id}"),))


async def _unfollowed(asking: Asking, person_id: str) -> Reply:
    chat = asking.chat
    ended = chat is not None and await asking.desk.chats.unfollow(chat.id, person_id)
    t = asking.t
    line = t.gettext("No longer followed: %(name)s") if ended else t.gettext("Not followed here: %(name)s")
    html = show(asking, "line", text=line % {"name": _name(asking, person_id)})
    return reply(html, (Button(t.gettext("Follow"), f"/follow {person_id}"),))


def _subscription_first(asking: Asking, person_id: str) -> Reply:
    """Nothing is written down of a chat that has not said so."""
    t = asking.t
    rows: tuple[Row, ...] = (
        (Button(t.gettext("This person only"), f"/follow {person_id} {_ONLY}"),),
        (Button(t.gettext("This person and everything else"), f"/follow {person_id} {_ALL}"),),
    )
    return reply(show(asking, "follow_first", name=_name(asking, person_id)), *rows)


async def _subscribed_for(asking: Asking, person_id: str, *, only: bool) -> Reply:
    wishes = asking.wishes
    if only:
        wishes = replace(wishes, topics=frozenset({FOLLOWS_ONLY}))
    usual: ChatSettings = {"language": asking.language, "zone": asking.zone, "at": asking.at}
    settings: ChatSettings = {**usual, **asking.visitor.choices, "wishes": wishes}
    chat = await asking.desk.chats.subscribe(asking.request.address, now=asking.request.now, **settings)
    asking.desk.visitors.drop(asking.request.address)
    return await _followed(asking.with_chat(chat), person_id)


def _name(asking: Asking, person_id: str) -> str:
    return name_of(asking.calendar.people[person_id], asking.language)
