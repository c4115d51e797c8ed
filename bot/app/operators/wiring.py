"""The operators' chat put together from the parts of a bot; `app.parts` calls it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.agenda.occurrences import Rules
from bot.app.operators.actions import Actions
from bot.app.operators.chat import OperatorsChat
from bot.app.operators.corrections import CorrectionDuties
from bot.app.operators.desk import Desk
from bot.app.operators.duties import Duties
from bot.app.operators.listing import Listing
from bot.app.operators.office import Office
from bot.app.reporting import Reporting
from bot.app.shelf import Shelf
from bot.app.telegram import Telegram
from bot.chats.address import ChatKind
from bot.chats.notation import AddressError, is_name, read_address
from bot.database import Database
from bot.errors import SettingError
from bot.outbox.outbox import Outbox
from bot.settings import Settings


def check_operators(settings: Settings) -> None:
    """SettingError where nothing could be told at `VIGIL_OPERATORS`."""
    if not settings.operators:
        return
    try:
        address = read_address(settings.operators)
    except AddressError as exc:
        raise SettingError("VIGIL_OPERATORS", "no address", "a chat's number, such as telegram:123456789") from exc
    if is_name(address):
        raise SettingError("VIGIL_OPERATORS", "an @name", "a chat's number, such as telegram:123456789")
    if address.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP):
        raise SettingError("VIGIL_OPERATORS", "a group", "the number of a private chat, or of a channel without people")


def open_chat(settings: Settings, telegram: Telegram | None, database: Database) -> OperatorsChat | None:
    """The chat at `VIGIL_OPERATORS`; None where there is none, or no Telegram."""
    if telegram is None or not settings.operators:
        return None
    return OperatorsChat(read_address(settings.operators), telegram.transport, telegram.limiter, database)


@dataclass(frozen=True, slots=True)
class Means:
    """What the office works with."""

    database: Database
    outbox: Outbox
    shelf: Shelf
    rules: Rules
    reporting: Reporting


def open_office(chat: OperatorsChat | None, means: Means) -> Office | None:
    """All that works for the operators, with every action that a button can order; None without their chat."""
    if chat is None:
        return None
    database, outbox, reporting = means.database, means.outbox, means.reporting
    actions = Actions()
    Duties(outbox, database, means.shelf.calendar).add_to(actions)
    CorrectionDuties(outbox, database).add_to(actions)
    desk = Desk(chat, database, actions, say=reporting.say)
    listing = Listing(chat, database, means.shelf.calendar, means.rules, zone=_local_zone(), say=reporting.say)
    return Office(desk, listing, reporting, database, lambda: outbox.is_sender)


def _local_zone() -> ZoneInfo:
    """The machine's own: the operators set it, and it says when their day begins."""
    from tzlocal import get_localzone_name  # noqa: PLC0415 (comes with APScheduler)

    return ZoneInfo(get_localzone_name() or "UTC")
