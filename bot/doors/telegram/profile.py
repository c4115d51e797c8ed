"""What Telegram shows of the bot outside any chat: its commands and its descriptions.

Written only where it differs: Telegram allows few of these changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from telegram import BotCommand

from bot.outbox.transport import TransportError
from bot.transports.telegram_wire import Wire

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ProfileTexts:
    """The profile in one language: (command, description), what stands before Start, what stands in links."""

    menu: Sequence[tuple[str, str]]
    description: str
    short_description: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Texts by language; those of `default` are shown to everybody else."""

    texts: Mapping[str, ProfileTexts] = field(default_factory=dict)
    default: str = "en"


async def publish(wire: Wire, profile: Profile) -> None:
    """Make the profile say this. A failure is logged and left to the next start."""
    for language, texts in profile.texts.items():
        # Telegram's default has no language; it speaks to everybody whose language has no texts.
        code = None if language == profile.default else language
        try:
            await _publish_menu(wire, texts.menu, code)
            await _publish_descriptions(wire, texts, code)
        except TransportError as exc:
            _log.warning("the bot's profile could not be updated", reason=exc.reason)
            return


async def _publish_menu(wire: Wire, menu: Sequence[tuple[str, str]], code: str | None) -> None:
    standing = await wire.ask_twice(wire.bot.get_my_commands(language_code=code))
    if [(one.command, one.description) for one in standing] != list(menu):
        commands = [BotCommand(name, description) for name, description in menu]
        await wire.ask_twice(wire.bot.set_my_commands(commands, language_code=code))


async def _publish_descriptions(wire: Wire, texts: ProfileTexts, code: str | None) -> None:
    bot = wire.bot
    description = await wire.ask_twice(bot.get_my_description(language_code=code))
    if description.description != texts.description:
        await wire.ask_twice(bot.set_my_description(texts.description, language_code=code))
    short = await wire.ask_twice(bot.get_my_short_description(language_code=code))
    if short.short_description != texts.short_description:
        await wire.ask_twice(bot.set_my_short_description(texts.short_description, language_code=code))
