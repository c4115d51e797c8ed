"""/start, /help and /privacy, and what is answered to everything else."""

from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.channels import channel
from bot.commands.menu import menu
from bot.commands.people import found_by_name, matches_of_text
from bot.commands.replies import Row, reply, show
from bot.commands.request import Reply
from bot.commands.settings import settings
from bot.commands.setup import setup, zone_rows


async def start(asking: Asking) -> Reply:
    """What the bot is, the warning, and the first steps one tap away."""
    return welcome(asking)


def welcome(asking: Asking, *, replaces: bool = False) -> Reply:
    """The welcome; nothing is kept of a chat that only reads it."""
    if not asking.is_private:
        html = show(asking, "group_welcome", subscribed=asking.is_subscribed)
        return reply(html, (offers.today(asking.t), offers.commands(asking.t)), replaces=replaces)
    html = show(asking, "welcome", subscribed=asking.is_subscribed)
    return reply(html, *_first_steps(asking), replaces=replaces)


async def help_(asking: Asking) -> Reply:
    """Every command with what it does."""
    html = show(asking, "help", commands=menu(asking.language), contact=asking.desk.contact)
    return reply(html, (offers.today(asking.t), offers.privacy(asking.t)))


async def privacy(asking: Asking) -> Reply:
    """What is kept, what is not, and what nothing here can protect from."""
    return reply(show(asking, "privacy"), (offers.forget(asking.t),))


async def unknown(asking: Asking) -> Reply:
    """A short help; in a private chat plain text is the answer to what was asked, or a name to be looked up."""
    asked = asking.visitor.asked
    if asked is not None and asking.argument and not asking.argument.startswith("/"):
        return await _answered(asking.awaiting(None), asked)
    matches = matches_of_text(asking)
    if matches:
        return await found_by_name(asking, matches)
    return reply(show(asking, "unknown"), (offers.today(asking.t), offers.commands(asking.t)))


async def _answered(asking: Asking, command: str) -> Reply:
    """Plain text as what was asked for last: a place, an hour, or a channel's own line."""
    name, _, field = command.removeprefix("/").partition(" ")
    typed = asking.with_argument(f"{field} {asking.argument}")
    answering = {"setup": setup, "channel": channel}.get(name, settings)
    return await answering(typed)


def _first_steps(asking: Asking) -> list[Row]:
    t = asking.t
    look: Row = (offers.today(t), offers.fact(t))
    last: Row = (offers.privacy(t), offers.commands(t))
    if asking.is_subscribed:
        return [*offers.language_rows(), look, (offers.settings(t),), last]
    # With the language chosen the first step is at hand: four taps lead from here to the first post.
    if "language" in asking.visitor.choices:
        return [*zone_rows(asking), (offers.subscribe_as_is(t),), look, last]
    return [*offers.language_rows(), look, (offers.begin(t),), last]
