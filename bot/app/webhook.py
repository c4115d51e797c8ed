"""The webhook by the settings: what must go together, and what Telegram would refuse. Pure."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import SettingError
from bot.settings import Settings
from bot.transports.telegram_api import OFFICIAL_API

if TYPE_CHECKING:
    from bot.doors.public.webhook import Hook  # loads Starlette: only `vigil run` needs it

# Bot API, setWebhook.
PORTS = (443, 80, 88, 8443)
_HTTPS = 443


def webhook_of(settings: Settings) -> "Hook | None":
    """The webhook to set, null to poll; SettingError where a part is missing, or Telegram's servers would refuse it."""
    if not settings.webhook_url:
        return None
    from bot.doors.public.webhook import Hook  # noqa: PLC0415

    if settings.telegram_token is None:
        raise SettingError(
            "VIGIL_TELEGRAM_TOKEN", "none", "the bot's token, which VIGIL_WEBHOOK_URL is of no use without"
        )
    if not settings.public:
        raise SettingError(
            "VIGIL_PUBLIC", "none", "where to listen for what VIGIL_WEBHOOK_URL brings, such as 127.0.0.1:8081"
        )
    if settings.webhook_secret is None:
        raise SettingError(
            "VIGIL_WEBHOOK_SECRET",
            "none",
            "1 to 256 letters, digits, - and _ that nobody can guess (openssl rand -hex 32)",
        )
    url = urlsplit(settings.webhook_url)
    if settings.telegram_api == OFFICIAL_API and (url.scheme != "https" or (url.port or _HTTPS) not in PORTS):
        ports = ", ".join(map(str, PORTS))
        raise SettingError(
            "VIGIL_WEBHOOK_URL", repr(settings.webhook_url), f"an https address on one of the ports {ports}"
        )
    return Hook(settings.webhook_url, url.path or "/", settings.webhook_secret.get_secret_value())
