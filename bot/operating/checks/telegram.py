"""Telegram: the token, the bot it belongs to, how updates come, and the clock."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.app.telegram import Telegram
from bot.chats.belonging import belongs_to
from bot.chats.sealing import Seal
from bot.database import Database
from bot.operating.checks.asking import asked, unanswered
from bot.operating.finding import Finding, ok, problem, warning
from bot.outbox.transport import TransportError
from bot.settings import Settings

# Nobody reads an hour's difference out of a post's text, but each day's posts would come an hour early or late.
_LITTLE, _MUCH = timedelta(seconds=5), timedelta(minutes=1)
_MANY_WAITING = 100
_RECENT = timedelta(days=1)


async def check_token(
    telegram: Telegram | None, database: Database | None, seal: Seal | None
) -> AsyncIterator[Finding]:
    """Whether Telegram takes the token, and whether it is of the bot that the database belongs to."""
    if telegram is None:
        yield ok("token", "none: Vigil works in the room alone")
        return
    try:
        identity = await asked(telegram.wire.identity())
    except TransportError as exc:
        yield unanswered("token", exc)
        return
    yield ok("token", f"Telegram takes it: @{identity.username}")
    if database is None or seal is None:
        return
    bot = await belongs_to(database, seal)
    if bot is None:
        yield ok("bot", "the database belongs to no bot yet; the next start with this token binds it")
    elif bot == str(identity.id):
        yield ok("bot", "the one that the database belongs to")
    else:
        found = "another than the one that the database belongs to: Vigil will not start"
        yield problem("bot", found, "set the token of that bot, or move to this one for good: `vigil doctor --rebind`")


async def check_updates(telegram: Telegram, settings: Settings, now: datetime) -> Finding:
    """How updates come: a webhook where one is set, else by polling."""
    from bot.doors.telegram.webhook import webhook_status  # noqa: PLC0415

    try:
        status = await asked(webhook_status(telegram.wire))
    except TransportError as exc:
        return unanswered("updates", exc)
    waiting = f"{status.waiting} updates wait"
    if not settings.webhook_url and status.url:
        found = f"a webhook is set at Telegram, though this set-up polls; {waiting}"
        return warning("updates", found, "the next start takes it away: does another Vigil use this token?")
    if settings.webhook_url and status.url != settings.webhook_url:
        return warning("updates", f"the webhook is not set at Telegram; {waiting}", "the next start sets it")
    if status.error is not None and status.error_at is not None and now - status.error_at < _RECENT:
        found = f"Telegram could not bring some ({status.error}, {status.error_at:%Y-%m-%d %H:%M} UTC); {waiting}"
        return warning("updates", found, "look at what stands between Telegram and VIGIL_PUBLIC")
    if status.waiting > _MANY_WAITING:
        return warning("updates", waiting, "is Vigil running? Telegram keeps them for a day")
    return ok("updates", f"{'by webhook' if settings.webhook_url else 'by polling'}; {waiting}")


async def check_clock(settings: Settings, clock: Callable[[], datetime]) -> Finding:
    """Whether this machine's clock says what Telegram's says."""
    from bot.transports.telegram_clock import clock_skew  # noqa: PLC0415
    from bot.transports.telegram_proxy import proxy_from_environment  # noqa: PLC0415

    try:
        skew = await clock_skew(settings.telegram_api, proxy_from_environment(settings.telegram_api), clock)
    except TransportError as exc:
        return unanswered("clock", exc)
    seconds = round(skew.total_seconds())
    found = f"{abs(seconds)} s {'ahead of' if seconds > 0 else 'behind'} Telegram's"
    advice = "have the clock set by the network (timedatectl set-ntp true)"
    if abs(skew) > _MUCH:
        return problem("clock", found, advice)
    if abs(skew) > _LITTLE:
        return warning("clock", found, advice)
    return ok("clock", "agrees with Telegram's")


def check_api(settings: Settings) -> Finding | None:
    """Whether the token travels in the clear; null where it does not."""
    address = urlsplit(settings.telegram_api)
    if address.scheme == "https" or address.hostname in ("127.0.0.1", "::1", "localhost"):
        return None
    return problem("VIGIL_TELEGRAM_API", "not https: the token can be read on its way", "use an https address")
