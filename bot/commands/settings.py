"""/settings: everything that can be chosen, on one message that edits itself.

Imports no transport.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Form:
    """Whose settings are shown: the command that leads to them, and what they are.

    `title` is null for the chat that asks; `lines` and `buttons` come after those of the fields.
    """

    command: str = COMMAND
    fields: Mapping[str, Field] = field(default_factory=lambda: FIELDS)
    title: str | None = None
    lines: tuple[tuple[str, str], ...] = ()
    buttons: tuple[Button, ...] = ()
    last: Row | None = None


async def settings(asking: Asking) -> Reply:
    """All settings; with a field's name its choices, and with a value the change."""
    return await settings_of(asking, Form())


async def settings_of(asking: Asking, form: Form) -> Reply:
    """The same of whomever the form is about."""
    name, _, value = asking.argument.partition(" ")
    if name == REST and asking.is_subscribed:
        return await _rest(asking, form, value.strip())
    if name not in form.fields:
        return overview(asking.awaiting(None), form)
    if not value:
        return _page(asking.awaiting(f"{form.command} {name}" if name in TYPED else None), form, name)
    changes = form.fields[name].taken(asking, value.strip())
    if changes is None:
        return _not_taken(asking, form, name, value.strip())
    settled = await asking.settled(changes)
    return _page(settled, form, name) if form.fields[name].stays else overview(settled, form)


def choice_rows(command: str, choices: list[Choice], a_row: int) -> list[Row]:
    """A button a choice, the ones that are chosen marked."""
    buttons = (Button(f"{_CHOSEN if one.is_chosen else ''}{one.text}", f"{command} {one.value}") for one in choices)
    return rows_of(buttons, a_row)


def place_rows(asking: Asking, command: str, text: str) -> list[Row]:
    """A button for each zone that a place's name may mean."""
    places = find_places(text)
    return rows_of((offers.place(asking, place, f"{command} {place.zone}") for place in places), 1)


def overview(asking: Asking, form: Form) -> Reply:
    """All settings as they stand, with a button to each."""
    t = asking.t
    rests_until = asking.chat.rests_until if asking.chat is not None else None
    html = show(
        asking,
        "settings",
        title=form.title,
        lines=[*((of.title(t), of.shown(asking)) for of in form.fields.values()), *form.lines],
        kept=asking.chat is not None,
        subscribed=asking.is_subscribed,
        paused=asking.chat is not None and asking.chat.state == "paused",
        rests_until=full_date(rests_until, asking.language) if rests_until else "",
    )
    buttons = [Button(of.title(t), f"{form.command} {name}") for name, of in form.fields.items()]
    buttons += form.buttons
    last: Row = (offers.subscribe(t),)
    if asking.is_subscribed:
        buttons.append(Button(t.gettext("Rest"), f"{form.command} {REST}"))
        last = (Button(t.gettext("Unsubscribe"), "/unsubscribe"),)
    return reply(html, *rows_of(buttons, 2), form.last or last, replaces=asking.request.pressed)


def _page(asking: Asking, form: Form, name: str) -> Reply:
    of = form.fields[name]
    html = show(asking, "field", title=of.title(asking.t), shown=of.shown(asking), hint=of.hint(asking.t))
    rows = choice_rows(f"{form.command} {name}", list(of.choices(asking)), of.a_row)
    return reply(html, *rows, back(asking, form.command), replaces=asking.request.pressed)


def _not_taken(asking: Asking, form: Form, name: str, value: str) -> Reply:
    of, command = form.fields[name], f"{form.command} {name}"
    if name == "zone" and (rows := place_rows(asking, command, value)):
        line = asking.t.gettext("There are several places of that name. Which one?")
        return reply(line, *rows, back(asking, form.command))
    line = asking.t.gettext("That is not among the choices of this setting.")
    if asking.request.pressed:
        return refusal(asking, line)
    return reply(line, *choice_rows(command, list(of.choices(asking)), of.a_row), back(asking, form.command))


async def _rest(asking: Asking, form: Form, value: str) -> Reply:
    """Nothing is posted until a day; `end` goes on at once."""
    if value == "end":
        chat = await asking.desk.chats.subscribe(asking.address, now=asking.request.now)
        return overview(asking.with_chat(chat), form)
    until = _day_meant(value, asking.on)
    if until is None:
        return _rest_page(asking, form, is_wrong=bool(value))
    # A chat that is paused because it cannot be reached rests anyway.
    rested = await asking.desk.chats.rest(asking.address, until)
    return overview(asking.with_chat(rested or asking.chat), form)


def _rest_page(asking: Asking, form: Form, *, is_wrong: bool) -> Reply:
    t = asking.t
    days = [
        Button(
            t.ngettext("%(count)s day", "%(count)s days", count) % {"count": count},
            f"{form.command} {REST} {(asking.on + timedelta(days=count)).isoformat()}",
        )
        for count in _RESTS
    ]
    going_on: Row = (Button(t.gettext("Go on now"), f"{form.command} {REST} end"),)
    html = show(asking, "rest", is_wrong=is_wrong)
    return reply(html, tuple(days), going_on, back(asking, form.command), replaces=asking.request.pressed)


def _day_meant(value: str, today: date) -> date | None:
    """A day to come, at most a year ahead."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if today < day <= today + _LONGEST_REST else None


def back(asking: Asking, command: str) -> Row:
    """The way back to all settings."""
    return (Button(asking.t.gettext("« Settings"), command),)
