"""/start, /help and /privacy, and what is answered to everything else."""

from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.menu import menu
from bot.commands.people import found_by_name, matches_of_text
from bot.commands.replies import Row, reply, show
from bot.commands.request import Reply


async def start(asking: Asking) -> Reply:
    """What the bot is, the warning, and the first steps one tap away."""
    return welcome(asking)


def welcome(asking: Asking, *, replaces: bool = False) -> Reply:
    """The welcome; nothing is kept of a chat that only reads it."""
    html = show(asking, "welcome", subscribed=asking.is_subscribed)
    return reply(html, offers.language_row(), *_first_steps(asking), replaces=replaces)


async def help_(asking: Asking) -> Reply:
    """Every command with what it does."""
    html = show(asking, "help", commands=menu(asking.language), contact=asking.desk.contact)
    return reply(html, (offers.today(asking.t), offers.privacy(asking.t)))


async def privacy(asking: Asking) -> Reply:
    """What is kept, what is not, and what nothing here can protect from."""
    return reply(show(asking, "privacy"), (offers.forget(asking.t),))


async def unknown(asking: Asking) -> Reply:
    """A short help; in a private chat plain text is first looked up as a name."""
    matches = matches_of_text(asking)
    if matches:
        return found_by_name(asking, matches)
    return reply(show(asking, "unknown"), (offers.today(asking.t), offers.commands(asking.t)))


def _first_steps(asking: Asking) -> list[Row]:
    t = asking.t
    rows: list[Row] = [(offers.today(t), offers.fact(t))]
    if not asking.is_subscribed:
        rows.append((offers.subscribe(t),))
    return [*rows, (offers.privacy(t), offers.commands(t))]
