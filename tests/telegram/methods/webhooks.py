"""setWebhook, deleteWebhook, getWebhookInfo; close and logOut."""

import re
from typing import Any
from urllib.parse import urlsplit

from tests.telegram.errors import bad_request
from tests.telegram.methods import Call
from tests.telegram.state import WebhookSettings

MAX_SECRET = 256
SECRET = re.compile(r"[A-Za-z0-9_-]*")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORTS = (443, 80, 88, 8443)


def set_webhook(call: Call) -> bool:
    """Have updates posted to an address; an empty one turns it off.

    Telegram wants HTTPS and one of four ports; on loopback any will do, since tests listen there.
    """
    parameters, state = call.parameters, call.state
    url, secret = parameters.text("url"), parameters.text("secret_token")
    if not url:
        return delete_webhook(call)
    check_address(url)
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    drop_if_asked(call)
    state.updates.allow(parameters.json("allowed_updates"))
    most = parameters.between("max_connections", 40, 1, 100)
    state.webhook = WebhookSettings(url, secret, most, parameters.text("ip_address") or None)
    return True


def check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.hostname in LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port is not None and port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(call: Call) -> bool:
    """Stop posting updates."""
    drop_if_asked(call)
    call.state.webhook = WebhookSettings()
    return True


def drop_if_asked(call: Call) -> None:
    if call.parameters.flag("drop_pending_updates"):
        call.state.updates.keep_last(0)


def get_webhook_info(call: Call) -> dict[str, Any]:
    """Return where updates go and what went wrong last."""
    webhook, updates = call.state.webhook, call.state.updates
    shown: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending()),
    }
    if webhook.url:
        shown |= {"max_connections": webhook.max_connections, "ip_address": webhook.ip_address or "127.0.0.1"}
    if webhook.last_error is not None:
        shown |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
    if not updates.is_default:
        shown["allowed_updates"] = sorted(updates.allowed)
    return shown


def close(call: Call) -> bool:
    """Close the bot's instance; the local server has nothing to move."""
    return True


def log_out(call: Call) -> bool:
    """Log out: everything after is refused until `state.logged_out` is reset."""
    call.state.logged_out = True
    call.state.updates.keep_last(0)
    return True
