"""/subscribe, /unsubscribe and /forget: whether posts come here, and leaving no trace."""

import re
from dataclasses import replace

from bot.agenda.hearing import EVERYTHING
from bot.agenda.wishes import FactRate
from bot.chats.chat import ChatSettings
from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.dates_ahead import ahead, told
from bot.commands.fields import when_posted
from bot.commands.reading import today_or_fact
from bot.commands.replies import Row, reply, rows_of, show
from bot.commands.request import Reply
from bot.commands.topics import offered_topics, topic_name, wished
from bot.commands.visitors import Visitor
from bot.posts.dates import full_date
from bot.posts.post import Button

NEXT_DATES = 3
MOST_TOPICS = 20
CONFIRMED, KEPT = "yes", "no"
_SEPARATORS = re.compile(r"[\s,;]+")


async def subscribe(asking: Asking) -> Reply:
    """Begin posts with the defaults or the topics given, and tell what will come and when."""
    topics = _topics(asking)
    if topics is None:
        line = asking.t.gettext("That cannot be subscribed to. Choose what to hear of:")
        return reply(line, *_topic_rows(asking))
    settings: ChatSettings = {}
    if asking.chat is None:
        chosen = asking.visitor.choices
        settings = {"language": asking.language, "zone": asking.zone, "at": asking.at, **chosen}
    if topics:
        settings["wishes"] = replace(asking.wishes, topics=topics)
    chat = await asking.desk.chats.subscribe(asking.request.address, now=asking.request.now, **settings)
    is_new = not asking.is_subscribed
    asking.desk.visitors.drop(asking.request.address)
    return await _subscribed(replace(asking, chat=chat, visitor=Visitor()), is_new=is_new)


async def unsubscribe(asking: Asking) -> Reply:
    """End posts; the settings stay until they are deleted."""
    ended = await asking.desk.chats.unsubscribe(asking.request.address)
    t = asking.t
    if not ended:
        return reply(t.gettext("No posts come here."), (offers.subscribe(t),))
    row = (offers.forget(t), Button(t.gettext("Subscribe again"), "/subscribe"))
    return reply(show(asking, "unsubscribed"), row)


async def forget(asking: Asking) -> Reply:
    """Ask first; then delete every trace of the chat and tell how to delete it in Telegram."""
    t = asking.t
    if asking.argument.lower() == KEPT:
        return reply(t.gettext("Nothing was deleted."), replaces=asking.request.pressed)
    if asking.argument.lower() != CONFIRMED:
        delete = Button(t.gettext("Delete everything"), f"/forget {CONFIRMED}")
        return reply(show(asking, "ask_forget"), (delete, Button(t.gettext("Keep"), f"/forget {KEPT}")))
    html = show(asking, "forgotten", private=asking.is_private)
    asking.desk.visitors.drop(asking.request.address)
    await asking.desk.forget(asking.request.address, asking.request.now)
    return reply(html, replaces=asking.request.pressed)


async def _subscribed(asking: Asking, *, is_new: bool) -> Reply:
    first = asking.chat.first_day if asking.chat is not None else None
    found = ahead(asking.calendar, first or asking.on, asking.desk.rules, enough=NEXT_DATES, wishes=asking.wishes)
    html = show(
        asking,
        "subscribed",
        topics=wished(asking),
        when=when_posted(asking),
        first=full_date(first, asking.language) if first else "",
        rhythm=asking.wishes.rhythm,
        dates=told(asking.calendar, found, asking.voice),
        facts=_facts(asking),
    )
    row = (offers.settings(asking.t), Button(asking.t.gettext("Unsubscribe"), "/unsubscribe"))
    said = reply(html, row, replaces=asking.request.pressed)
    if not is_new or not asking.is_private:
        return said
    # Whoever has just come sees at once what a post is like.
    shown = await today_or_fact(asking.with_argument(""))
    return replace(said, posts=(*said.posts, *shown.posts[:1]))


def _topics(asking: Asking) -> frozenset[str] | None:
    """The topics asked for; empty where none were, None where one of them is none."""
    words = frozenset(filter(None, _SEPARATORS.split(asking.argument)))
    meant = frozenset(_topic(word) for word in words)
    return meant if meant <= frozenset(offered_topics(asking.calendar)) else None


def _topic(word: str) -> str:
    """A topic as it is kept; a country may be given by its code alone."""
    code = word.upper().removeprefix("COUNTRY:")
    return f"country:{code}" if len(code) == 2 else word.lower()


def _topic_rows(asking: Asking) -> list[Row]:
    """The topics most is known of; any other can be typed."""
    offered = offered_topics(asking.calendar)[:MOST_TOPICS]
    return rows_of((Button(topic_name(topic, asking), f"/subscribe {topic}") for topic in offered), 2)


def _facts(asking: Asking) -> FactRate:
    """How often a quiet day brings a fact; never where only days of solidarity are wished."""
    topics = asking.wishes.topics
    has_facts = not topics or EVERYTHING in topics or any(topic.startswith("country:") for topic in topics)
    return asking.wishes.facts if has_facts and asking.wishes.rhythm == "each" else "never"
