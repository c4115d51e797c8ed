"""Buttons that several replies offer. Pressing one is typing its command."""

from bot.commands.labels import language_name
from bot.commands.replies import Row
from bot.posts.post import Button
from bot.posts.translations import LANGUAGES, Translator


def language_row() -> Row:
    """A button for each language, in that language."""
    return tuple(Button(language_name(code, code), f"/language {code}") for code in LANGUAGES)


def today(t: Translator) -> Button:
    """The dates of today."""
    return Button(t.gettext("Today"), "/today")


def fact(t: Translator) -> Button:
    """A fact from the calendar."""
    return Button(t.gettext("A fact"), "/fact")


def subscribe(t: Translator) -> Button:
    """Posts to this chat."""
    return Button(t.gettext("Subscribe"), "/subscribe")


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
