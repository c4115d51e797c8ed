"""/channels and /channel: a channel's settings, from the private chat of somebody who administers it.

Imports no transport. A button carries the number of the channel's row, never its address, and whether
the presser administers the channel is asked anew each time.
"""

from datetime import date

from bot.agenda.occurrence import Slot
from bot.chats.address import ChatKind
from bot.chats.chat import Chat, ChatSettings
from bot.commands.asking import Asking, ChannelDesk, Decided
from bot.commands.channel_lines import LINES, line_page, line_taken
from bot.commands.fields import FIELDS, OFF, ON
from bot.commands.replies import Row, button, refusal, reply, show
from bot.commands.request import Reply
from bot.commands.settings import Form, settings_of
from bot.posts.post import Button

COMMAND = "/channel"
PREVIEWS = "previews"
BEGIN, STOP, REMOVE, CONFIRMED = "begin", "stop", "remove", "remove yes"
POST, SKIP = "post", "skip"
_FIELDS = {name: of for name, of in FIELDS.items() if name != "discreet"}


async def channels(asking: Asking) -> Reply:
    """The channels that this person administers, each with its settings a tap away."""
    desk = asking.desk.channels
    if not asking.is_private:
        return refusal(asking, asking.t.gettext("Channels are set up in a private chat with Vigil."))
    rows: list[Row] = []
    if desk is not None:
        for chat in await desk.channels.near(asking.chat.id if asking.chat else None):
            title = await desk.administered(asking.request.address, chat.address)
            if title is not None:
                rows.append((button(title, f"{COMMAND} {chat.id}"),))
    return reply(show(asking, "channels", found=bool(rows)), *rows, replaces=asking.request.pressed)


async def channel(asking: Asking) -> Reply:
    """One channel's settings, on one message that edits itself."""
    number, _, rest = asking.argument.partition(" ")
    desk, chat = asking.desk.channels, await _chat(asking, number)
    title = None
    if desk is not None and chat is not None and asking.is_private:
        title = await desk.administered(asking.request.address, chat.address)
    if desk is None or chat is None or title is None:
        line = asking.t.gettext("That channel is not among those that you administer and Vigil may post in.")
        return refusal(asking, line)
    person = await _steward(asking, desk, chat)
    about = asking.with_channel(chat, rest)
    return await _Channel(desk, person, title).answered(about)


class _Channel:
    """A channel whose administrator asks about it; `person` is the number of her private chat."""

    def __init__(self, desk: ChannelDesk, person: int, title: str) -> None:
        self._desk = desk
        self._person = person
        self._title = title

    async def answered(self, asking: Asking) -> Reply:
        """What is asked for of the channel `asking.chat`."""
        assert asking.chat is not None  # noqa: S101 (given by `channel`)
        chat, command = asking.chat, f"{COMMAND} {asking.chat.id}"
        name, _, value = asking.argument.partition(" ")
        if name in LINES:
            return await self._line(asking, name, value)
        if name in (POST, SKIP):
            return await self._decided(asking, name, value)
        if asking.argument == REMOVE:
            sure = Button(asking.t.gettext("Remove"), f"{command} {CONFIRMED}")
            keep = Button(asking.t.gettext("Keep"), command)
            return reply(show(asking, "ask_remove", title=self._title), (sure, keep), replaces=asking.request.pressed)
        if asking.argument == CONFIRMED:
            await asking.desk.chats.forget(chat.address)  # its posts stay: its readers know them
            return reply(show(asking, "removed", title=self._title), replaces=asking.request.pressed)
        if name == PREVIEWS and value in (ON, OFF):
            await self._desk.channels.take_steward(chat.id, self._person, previews=value == ON)
        elif name == BEGIN:
            asking = asking.with_chat(await asking.desk.chats.subscribe(chat.address, now=asking.request.now))
        elif name == STOP:
            await asking.desk.chats.unsubscribe(chat.address)
            asking = asking.with_chat(await asking.desk.chats.by_id(chat.id))
        return await settings_of(asking, await self._form(asking, command))

    async def _line(self, asking: Asking, name: str, value: str) -> Reply:
        assert asking.chat is not None  # noqa: S101 (given by `channel`)
        command = f"{COMMAND} {asking.chat.id}"
        taken = line_taken(value)
        if not value or taken is None:
            page = line_page(asking.awaiting(f"{command} {name}"), command, name)
            return page if not value else refusal(asking, asking.t.gettext("That is longer than 200 characters."))
        await self._desk.channels.set_line(asking.chat.id, name, taken)
        asking = asking.awaiting(None).with_chat(await asking.desk.chats.by_id(asking.chat.id))
        return await settings_of(asking.with_argument(""), await self._form(asking, command))

    async def _decided(self, asking: Asking, name: str, value: str) -> Reply:
        t = asking.t
        day_text, _, slot_text = value.partition(" ")
        day, slot = _day(day_text), next((slot for slot in Slot if slot.value == slot_text), None)
        decided: Decided = "unknown"
        if asking.chat is not None and day is not None and slot is not None:
            decided = await self._desk.decide(asking.chat.id, day, slot, skip=name == SKIP)
        line = {
            "wanted": t.gettext("It will be posted at its hour."),
            "skipped": t.gettext("It will not be posted."),
            "late": t.gettext("Too late: its hour has come."),
            "unknown": t.gettext("No such post was shown to you."),
        }[decided]
        return refusal(asking, line)

    async def _form(self, asking: Asking, command: str) -> Form:
        t, chat = asking.t, asking.chat
        assert chat is not None  # noqa: S101 (given by `channel`)
        wants = await self._desk.channels.previews(chat.id, self._person)
        on_or_off = t.pgettext("switch", "On") if wants else t.pgettext("switch", "Off")
        previews = t.gettext("Show me each post an hour before")
        lines = tuple((label(t), getattr(chat, name) or "–") for name, label in LINES.items())
        buttons = [Button(label(t), f"{command} {name}") for name, label in LINES.items()]
        ends = Button(t.gettext("Stop posts"), f"{command} {STOP}")
        begins = Button(t.gettext("Begin"), f"{command} {BEGIN}")
        return Form(
            command=command,
            fields=_FIELDS,
            title=t.gettext("Channel: %(title)s") % {"title": self._title},
            lines=(*lines, (previews, on_or_off)),
            buttons=(*buttons, Button(previews, f"{command} {PREVIEWS} {OFF if wants else ON}")),
            last=(ends if chat.state == "active" else begins, Button(t.gettext("Remove"), f"{command} {REMOVE}")),
        )


async def _chat(asking: Asking, number: str) -> Chat | None:
    """The channel of a row number; None for every other chat."""
    if not (number.isascii() and number.isdigit() and len(number) <= 15):
        return None
    chat = await asking.desk.chats.by_id(int(number))
    return chat if chat is not None and chat.kind is ChatKind.CHANNEL else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _steward(asking: Asking, desk: ChannelDesk, chat: Chat) -> int:
    """The number of the private chat of an administrator, of whom so much is kept from now on."""
    own = asking.chat
    if own is None:
        chosen: ChatSettings = {"language": asking.language, **asking.visitor.choices}
        own = await asking.desk.chats.settle(asking.request.address, now=asking.request.now, **chosen)
    await desk.channels.take_steward(chat.id, own.id)
    return own.id
