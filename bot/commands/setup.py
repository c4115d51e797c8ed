"""/setup: the first settings, step by step, for somebody who subscribes: place, hour, what to hear of.

Each step has a way to take the settings as they stand. Imports no transport.
"""

from babel.core import get_global

from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.fields import FIELDS, OFF, ON
from bot.commands.replies import Row, reply, show
from bot.commands.request import Reply
from bot.commands.settings import choice_rows, place_rows
from bot.commands.subscribing import subscribe
from bot.posts.post import Button

COMMAND = "/setup"
STEPS = ("zone", "at", "topics")
# Where people are imprisoned for what they read, discreet mode is offered first (design, section 8).
AT_RISK = frozenset({"BY", "RU"})


async def setup(asking: Asking) -> Reply:
    """The first step; with a step's name and value the one after it; after the last the chat is subscribed."""
    name, _, value = asking.argument.partition(" ")
    if name not in (*STEPS, "discreet"):
        return first_step(asking, replaces=asking.request.pressed)
    value = value.strip()
    changes = FIELDS[name].taken(asking, value)
    if changes is None:
        return _again(asking, name, value)
    settled = await asking.settled(changes)
    if name == "topics":
        return await subscribe(settled.with_argument(""))
    return _step(settled, "topics" if name == "at" else "at", replaces=asking.request.pressed)


def first_step(asking: Asking, *, replaces: bool = False) -> Reply:
    """Where the reader is: her posts come at an hour of that place."""
    return _step(asking, "zone", replaces=replaces)


def zone_rows(asking: Asking) -> list[Row]:
    """The choices of the first step."""
    return choice_rows(f"{COMMAND} zone", list(FIELDS["zone"].choices(asking)), FIELDS["zone"].a_row)


def _step(asking: Asking, name: str, *, replaces: bool) -> Reply:
    field = FIELDS[name]
    asking = asking.awaiting(f"{COMMAND} {name}" if name != "topics" else None)
    html = show(
        asking,
        "setup",
        step=STEPS.index(name) + 1,
        steps=len(STEPS),
        title=field.title(asking.t),
        hint=field.hint(asking.t),
        discreet=FIELDS["discreet"].hint(asking.t) if _offers_discreet(asking, name) else "",
    )
    rows = choice_rows(f"{COMMAND} {name}", list(field.choices(asking)), field.a_row)
    if _offers_discreet(asking, name):
        rows.insert(0, (_discreet_button(asking),))
    return reply(html, *rows, (offers.subscribe_as_is(asking.t),), replaces=replaces)


def _again(asking: Asking, name: str, value: str) -> Reply:
    """The same step, with the places of that name where there are several."""
    if name == "zone" and (rows := place_rows(asking, f"{COMMAND} zone", value)):
        return reply(asking.t.gettext("There are several places of that name. Which one?"), *rows)
    if name == "zone" and value:
        t = asking.t
        line = t.gettext("No such place is known here. Send a larger city nearby, or a zone such as Europe/Minsk.")
        return reply(line, *zone_rows(asking.awaiting(f"{COMMAND} zone")))
    return _step(asking, name if name in STEPS else "at", replaces=asking.request.pressed)


def _offers_discreet(asking: Asking, name: str) -> bool:
    territory = get_global("zone_territories").get(asking.zone)
    return name == "at" and asking.is_private and (territory in AT_RISK or asking.discreet)


def _discreet_button(asking: Asking) -> Button:
    title = FIELDS["discreet"].title(asking.t)
    mark = "✓ " if asking.discreet else ""
    return Button(f"{mark}{title}", f"{COMMAND} discreet {OFF if asking.discreet else ON}")
