"""/settings: everything that can be chosen, on one message that edits itself.

Imports no transport.
"""

from datetime import date, timedelta

from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.fields import FIELDS, Choice, Field
from bot.commands.places import find_places
from bot.commands.replies import Row, refusal, reply, rows_of, show
from bot.commands.request import Reply
from bot.posts.dates import full_date
from bot.posts.post import Button

COMMAND = "/settings"
REST = "rest"
# What is typed rather than chosen: the next plain text in a private chat is taken for it.
TYPED = frozenset({"zone", "at"})
_RESTS = (1, 7, 30)
_LONGEST_REST = timedelta(days=366)
_CHOSEN = "✓ "


async def settings(asking: Asking) -> Reply:
    """All settings; with a field's name its choices, and with a value the change."""
    name, _, value = asking.argument.partition(" ")
    if name == REST and asking.is_subscribed:
        return await _rest(asking, value.strip())
    field = FIELDS.get(name)
    if field is None:
        return _overview(asking.awaiting(None))
    if not value:
        return _page(asking.awaiting(f"{COMMAND} {name}" if name in TYPED else None), name, field)
    changes = field.taken(asking, value.strip())
    if changes is None:
        return _not_taken(asking, name, value.strip())
    settled = await asking.settled(changes)
    return _page(settled, name, field) if field.stays else _overview(settled)


def choice_rows(command: str, choices: list[Choice], a_row: int) -> list[Row]:
    """A button a choice, the ones that are chosen marked."""
    buttons = (Button(f"{_CHOSEN if one.is_chosen else ''}{one.text}", f"{command} {one.value}") for one in choices)
    return rows_of(buttons, a_row)


def place_rows(asking: Asking, command: str, text: str) -> list[Row]:
    """A button for each zone that a place's name may mean."""
    places = find_places(text)
    return rows_of((offers.place(asking, place, f"{command} {place.zone}") for place in places), 1)


def _overview(asking: Asking) -> Reply:
    t = asking.t
    lines = [(field.title(t), field.shown(asking)) for field in FIELDS.values()]
    rests_until = asking.chat.rests_until if asking.chat is not None else None
    html = show(
        asking,
        "settings",
        lines=lines,
        kept=asking.chat is not None,
        subscribed=asking.is_subscribed,
        rests_until=full_date(rests_until, asking.language) if rests_until else "",
    )
    buttons = [Button(field.title(t), f"{COMMAND} {name}") for name, field in FIELDS.items()]
    last: Row = (offers.subscribe(t),)
    if asking.is_subscribed:
        buttons.append(Button(t.gettext("Rest"), f"{COMMAND} {REST}"))
        last = (Button(t.gettext("Unsubscribe"), "/unsubscribe"),)
    return reply(html, *rows_of(buttons, 2), last, replaces=asking.request.pressed)


def _page(asking: Asking, name: str, field: Field) -> Reply:
    html = show(asking, "field", title=field.title(asking.t), shown=field.shown(asking), hint=field.hint(asking.t))
    rows = choice_rows(f"{COMMAND} {name}", list(field.choices(asking)), field.a_row)
    return reply(html, *rows, _back(asking), replaces=asking.request.pressed)


def _not_taken(asking: Asking, name: str, value: str) -> Reply:
    field = FIELDS[name]
    if name == "zone" and (rows := place_rows(asking, f"{COMMAND} {name}", value)):
        return reply(asking.t.gettext("There are several places of that name. Which one?"), *rows, _back(asking))
    line = asking.t.gettext("That is not among the choices of this setting.")
    if asking.request.pressed:
        return refusal(asking, line)
    rows = choice_rows(f"{COMMAND} {name}", list(field.choices(asking)), field.a_row)
    return reply(line, *rows, _back(asking))


async def _rest(asking: Asking, value: str) -> Reply:
    """Nothing is posted until a day; `end` goes on at once."""
    if value == "end":
        chat = await asking.desk.chats.subscribe(asking.request.address, now=asking.request.now)
        return _overview(asking.with_chat(chat))
    until = _day_meant(value, asking.on)
    if until is None:
        return _rest_page(asking, is_wrong=bool(value))
    return _overview(asking.with_chat(await asking.desk.chats.rest(asking.request.address, until)))


def _rest_page(asking: Asking, *, is_wrong: bool) -> Reply:
    t = asking.t
    days = [
        Button(
            t.ngettext("%(count)s day", "%(count)s days", count) % {"count": count},
            f"{COMMAND} {REST} {(asking.on + timedelta(days=count)).isoformat()}",
        )
        for count in _RESTS
    ]
    going_on: Row = (Button(t.gettext("Go on now"), f"{COMMAND} {REST} end"),)
    html = show(asking, "rest", is_wrong=is_wrong)
    return reply(html, tuple(days), going_on, _back(asking), replaces=asking.request.pressed)


def _day_meant(value: str, today: date) -> date | None:
    """A day to come, at most a year ahead."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if today < day <= today + _LONGEST_REST else None


def _back(asking: Asking) -> Row:
    return (Button(asking.t.gettext("« Settings"), COMMAND),)
