"""Telegram's side of the house: the wire, the transport, the door, and the bot's profile."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.commands.menu import bot_description, menu, short_description
from bot.outbox.limiter import Limiter
from bot.outbox.windows import Rates
from bot.posts.translations import LANGUAGES
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app.happenings import ChatHappenings
    from bot.commands.commands import Commands
    from bot.doors.public.webhook import Hook
    from bot.doors.telegram.door import TelegramDoor
    from bot.doors.telegram.house import Orders
    from bot.doors.telegram.intake import Intake
    from bot.transports.telegram import TelegramTransport
    from bot.transports.telegram_wire import Wire

PAID_RATE = 1_000.0


@dataclass(frozen=True, slots=True)
class Telegram:
    """Telegram as far as a token reaches: the wire is open from `wire.start()` to `wire.stop()`.

    `bot` is the bot's number.
    """

    wire: "Wire"
    transport: "TelegramTransport"
    limiter: Limiter
    bot: str


def open_telegram(settings: Settings) -> Telegram | None:
    """Telegram's transport and limiter by the settings; None without a token.

    Imported here and not at the top: without a token nothing of the library is loaded.
    """
    if settings.telegram_token is None:
        return None
    from bot.chats.belonging import bot_of_token  # noqa: PLC0415
    from bot.chats.notation import read_address  # noqa: PLC0415
    from bot.transports.telegram import TelegramTransport  # noqa: PLC0415
    from bot.transports.telegram_proxy import proxy_from_environment  # noqa: PLC0415
    from bot.transports.telegram_wire import Wire  # noqa: PLC0415

    limiter = Limiter(rates_of(settings))
    token = settings.telegram_token.get_secret_value()
    wire = Wire(token, settings.telegram_api, proxy=proxy_from_environment(settings.telegram_api))
    operators = read_address(settings.operators) if settings.operators else None
    transport = TelegramTransport(wire, limiter, operators=operators, paid=settings.paid_broadcast)
    return Telegram(wire, transport, limiter, bot_of_token(token))


def rates_of(settings: Settings) -> Rates:
    """The rates of the settings; paid broadcasts raise the whole, never one chat's own nor that of answers."""
    if settings.paid_broadcast:
        return Rates(PAID_RATE, settings.chat_rate, settings.group_rate, free_per_s=settings.send_rate)
    return Rates(settings.send_rate, settings.chat_rate, settings.group_rate)


def open_intake(
    telegram: Telegram,
    commands: "Commands",
    happenings: "ChatHappenings",
    clock: "Callable[[], datetime]",
    *,
    orders: "Orders | None" = None,
) -> "Intake":
    """What takes updates and answers them, however they come; `orders` takes what operators press."""
    from bot.doors.telegram.house import House  # noqa: PLC0415
    from bot.doors.telegram.intake import Intake  # noqa: PLC0415

    wire, transport, limiter = telegram.wire, telegram.transport, telegram.limiter
    return Intake(House(wire, transport, limiter, commands, happenings, clock, orders=orders))


def open_door(
    telegram: Telegram, intake: "Intake", hook: "Hook | None", is_ours: "Callable[[], bool]"
) -> "TelegramDoor":
    """The door by which updates come: a webhook where one is set, else polling as long as they are ours to take."""
    from bot.doors.telegram.door import TelegramDoor  # noqa: PLC0415
    from bot.doors.telegram.polling import Polling  # noqa: PLC0415
    from bot.doors.telegram.profile import Profile, ProfileTexts  # noqa: PLC0415
    from bot.doors.telegram.webhook import WebhookKeeper  # noqa: PLC0415

    wire = telegram.wire
    way = Polling(wire, intake.accept, is_ours) if hook is None else WebhookKeeper(wire, hook)
    texts = {
        language: ProfileTexts(menu(language), bot_description(language), short_description(language))
        for language in LANGUAGES
    }
    return TelegramDoor(wire, way, Profile(texts))
