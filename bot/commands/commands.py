"""Request → reply: which command is meant, whether this person may give it here, and its answer.

Imports no transport. Logs nothing: what people ask is nobody's business.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from bot.agenda.occurrences import DEFAULT_RULES, Rules
from bot.chats.address import Address, ChatKind
from bot.chats.chats import Chats
from bot.commands import welcome
from bot.commands.asking import Asking, ChannelDesk, Desk
from bot.commands.evidence import ADDRESS
from bot.commands.finder import Finder
from bot.commands.inline import Card, cards
from bot.commands.preferences import refused
from bot.commands.registry import COMMANDS, Command
from bot.commands.request import Reply, Request
from bot.commands.typed import Typed, cleaned, read
from bot.posts.post import command_of
from bot.records.collection import Calendar

SILENCE = Reply()
# How long answers stay in a chat that wants to show nothing (design, section 8).
DISCREET_S = 3600


class Commands:
    """Answers requests. `calendar` is asked each time, so that holds act at once."""

    def __init__(
        self,
        calendar: Callable[[], Calendar],
        chats: Chats,
        finder: Callable[[Calendar], Finder],
        *,
        rules: Rules = DEFAULT_RULES,
        contact: str | None = None,
        forget: Callable[[Address, datetime], Awaitable[object]] | None = None,
        kept: Callable[[int], Awaitable[int]] | None = None,
        channels: ChannelDesk | None = None,
    ) -> None:
        """`forget` erases a chat where more is kept of it than in `chats`: what the outbox sent, counted by `kept`."""
        self._calendar = calendar
        erase = forget or (lambda address, _: chats.forget(address))
        self._desk = Desk(chats, erase, _one_at_a_time(finder), rules=rules, contact=contact, channels=channels)
        if kept is not None:
            self._desk = replace(self._desk, kept=kept)

    async def answer(self, request: Request) -> Reply:
        """The reply to a command, a pressed button or plain text; silence where none is due."""
        if request.address.kind is ChatKind.CHANNEL:
            return SILENCE  # nobody speaks with the bot there: an answer would be one more post
        typed = _followed(read(request.text))
        command = COMMANDS.get(typed.command) if typed.command else None
        if not _is_for_us(typed, command, request):
            return SILENCE
        asking = await self._asking(request, typed.argument)
        if command is None:
            return _fleeting(await welcome.unknown(asking), asking)
        if command.sets and not request.may_change_settings:
            return refused(asking)
        reply = await command.answer(asking)
        if asking.visitor.asked is not None and self._desk.visitors.get(request.address) is asking.visitor:
            # Whoever goes on to something else does not answer what was asked before.
            asking.awaiting(None)
        return _fleeting(reply, asking)

    async def offer(self, request: Request) -> list[Card]:
        """The cards for a name typed in another chat, in the language of who types it."""
        return cards(await self._asking(request, cleaned(request.text)))

    async def _asking(self, request: Request, argument: str) -> Asking:
        chat = await self._desk.chats.get(request.address)
        visitor = self._desk.visitors.get(request.address)
        return Asking(request, argument, self._calendar(), self._desk, chat, visitor)


def _fleeting(reply: Reply, asking: Asking) -> Reply:
    """In discreet mode no answer stays longer than an hour."""
    if not asking.discreet or not asking.is_private:
        return reply
    return replace(reply, gone_after_s=min(reply.gone_after_s or DISCREET_S, DISCREET_S))


def _followed(typed: Typed) -> Typed:
    """A deep link's `/start why_…` as the command it stands for; no link changes a setting."""
    if typed.command != "start" or not typed.argument:
        return typed
    linked = read(command_of(typed.argument) or "")
    # Whoever made a link may want a listed address shown; whoever follows it has not asked for that.
    linked = replace(linked, argument=linked.argument.removesuffix(f" {ADDRESS}"))
    command = COMMANDS.get(linked.command or "")
    return Typed("start", "") if command is None or command.sets or linked.command == "start" else linked


def _is_for_us(typed: Typed, command: Command | None, request: Request) -> bool:
    """Whether this bot was spoken to: in groups by a command of its own, and not one for another bot."""
    if typed.bot is not None and request.bot_name:
        return typed.bot.lower() == request.bot_name.lower()
    return command is not None or request.address.kind is ChatKind.PRIVATE


def _one_at_a_time(make: Callable[[Calendar], Finder]) -> Callable[[Calendar], Finder]:
    """The same finder for as long as the calendar stays the same one."""
    kept: list[tuple[Calendar, Finder]] = []

    def finder(calendar: Calendar) -> Finder:
        if not kept or kept[0][0] is not calendar:
            kept[:] = [(calendar, make(calendar))]
        return kept[0][1]

    return finder
