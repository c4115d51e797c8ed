"""Buttons that several replies offer. Pressing one is typing its command."""

from bot.commands.asking import Asking
from bot.commands.labels import city_of, language_name
from bot.commands.places import Place
from bot.commands.replies import Row, button, rows_of
from bot.posts.figures import country_name
from bot.posts.post import Button
from bot.posts.translations import LANGUAGES, Translator


def language_rows() -> list[Row]:
    """A button for each language, in that language."""
    return rows_of((Button(language_name(code, code), f"/language {code}") for code in LANGUAGES), 3)


def today(t: Translator) -> Button:
    """The dates of today."""
    return Button(t.gettext("Today"), "/today")


def fact(t: Translator) -> Button:
    """A fact from the calendar."""
    return Button(t.gettext("A fact"), "/fact")


def subscribe(t: Translator) -> Button:
    """Posts to this chat."""
    return Button(t.gettext("Subscribe"), "/subscribe")


def begin(t: Translator) -> Button:
    """The first settings, then posts to this chat."""
    return Button(t.gettext("Subscribe"), "/setup")


def subscribe_as_is(t: Translator) -> Button:
    """Posts to this chat, with whatever stands chosen."""
    return Button(t.gettext("Subscribe as it is"), "/subscribe")


def settings(t: Translator) -> Button:
    """Everything that can be chosen."""
    return Button(t.gettext("Settings"), "/settings")


def place(asking: Asking, of: Place, command: str) -> Button:
    """A place that was found, with its country."""
    where = country_name(of.country, asking.language) if of.country else ""
    return button(", ".join(filter(None, (of.city or city_of(of.zone, asking.language), where))), command)


def forget(t: Translator) -> Button:
    """Leaving no trace; asks before it does."""
    return Button(t.gettext("Delete everything"), "/forget")


def privacy(t: Translator) -> Button:
    """What is kept."""
    return Button(t.gettext("Privacy"), "/privacy")


def commands(t: Translator) -> Button:
    """Every command."""
    return Button(t.gettext("All commands"), "/help")


def documents(t: Translator) -> Button:
    """Every document."""
    return Button(t.gettext("All documents"), "/sources")
