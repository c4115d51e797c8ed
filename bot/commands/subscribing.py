"""/subscribe, /unsubscribe and /forget: whether posts come here, and leaving no trace."""

import re
from collections import Counter
from dataclasses import replace

from bot.agenda.hearing import EVERYTHING, FOLLOWS_ONLY, OBSERVANCES
from bot.agenda.wishes import FactRate
from bot.chats.chat import ChatSettings
from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.dates_ahead import ahead, told
from bot.commands.preferences import when_posted
from bot.commands.replies import Row, reply, rows_of, show
from bot.commands.request import Reply
from bot.commands.visitors import Visitor
from bot.posts.dates import full_date, listing
from bot.posts.figures import country_name
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
        settings = {"language": asking.language, "zone": asking.zone, "at": asking.at}
    if topics:
        settings["wishes"] = replace(asking.wishes, topics=topics)
    chat = await asking.desk.chats.subscribe(asking.request.address, now=asking.request.now, **settings)
    asking.desk.visitors.drop(asking.request.address)
    return _subscribed(replace(asking, chat=chat, visitor=Visitor()))


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


def _subscribed(asking: Asking) -> Reply:
    first = asking.chat.first_day if asking.chat is not None else None
    found = ahead(asking.calendar, first or asking.on, asking.desk.rules, enough=NEXT_DATES, wishes=asking.wishes)
    html = show(
        asking,
        "subscribed",
        topics=_wished(asking),
        when=when_posted(asking),
        first=full_date(first, asking.language) if first else "",
        dates=told(asking.calendar, found, asking.voice),
        facts=_facts(asking),
    )
    t = asking.t
    when = (Button(t.gettext("Time zone"), "/timezone"), Button(t.gettext("Hour"), "/time"))
    more = (Button(t.gettext("Language"), "/language"), Button(t.gettext("Unsubscribe"), "/unsubscribe"))
    return reply(html, when, more, *_topic_rows(asking))


def _topics(asking: Asking) -> frozenset[str] | None:
    """The topics asked for; empty where none were, None where one of them is none."""
    words = frozenset(filter(None, _SEPARATORS.split(asking.argument)))
    meant = frozenset(_topic(word) for word in words)
    return meant if meant <= frozenset(_offered(asking)) else None


def _topic(word: str) -> str:
    """A topic as it is kept; a country may be given by its code alone."""
    code = word.upper().removeprefix("COUNTRY:")
    return f"country:{code}" if len(code) == 2 else word.lower()


def _offered(asking: Asking) -> list[str]:
    """Every topic that the calendar has something for."""
    countries = Counter(person.country.code for person in asking.calendar.people.values())
    countries.update(o.country for o in asking.calendar.observances.values() if o.country is not None)
    return [EVERYTHING, OBSERVANCES, *(f"country:{code}" for code, _ in countries.most_common())]


def _topic_rows(asking: Asking) -> list[Row]:
    """The topics most is known of; any other can be typed."""
    offered = _offered(asking)[:MOST_TOPICS]
    return rows_of((Button(_topic_name(topic, asking), f"/subscribe {topic}") for topic in offered), 2)


def _topic_name(topic: str, asking: Asking) -> str:
    if topic == EVERYTHING:
        return asking.t.pgettext("topic", "Everything")
    if topic == OBSERVANCES:
        return asking.t.pgettext("topic", "Days of solidarity only")
    return country_name(topic.removeprefix("country:"), asking.language)


def _facts(asking: Asking) -> FactRate:
    """How often a quiet day brings a fact; never where only days of solidarity are wished."""
    topics = asking.wishes.topics
    has_facts = not topics or EVERYTHING in topics or any(topic.startswith("country:") for topic in topics)
    return asking.wishes.facts if has_facts else "never"


def _wished(asking: Asking) -> str:
    topics = sorted(topic for topic in asking.wishes.topics if topic != FOLLOWS_ONLY) or [EVERYTHING]
    return listing([_topic_name(topic, asking) for topic in topics], asking.language)
