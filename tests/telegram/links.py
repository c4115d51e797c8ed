"""Which addresses Telegram takes for links, and how it writes them."""

import re
from urllib.parse import urlsplit

WEB = ("http", "https")
APP = ("tg", "ton", "tonsite")
USER = re.compile(r"tg:(?://)?user/?\?id=([0-9]+)$", re.IGNORECASE)
SCHEME = re.compile(r"(https?|tg|ton|tonsite):|[^:/?#]+(/|\?|#|:\d|$)", re.IGNORECASE)
HOST = re.compile(r"[^\s/?#@:.]+(\.[^\s/?#@:.]+)+$|\[[0-9a-f:]+\]$", re.IGNORECASE)


def linked_user(url: str) -> int | None:
    """Return the user a `tg://user?id=` address names."""
    match = USER.match(url)
    return int(match[1]) if match else None


def checked_link(url: str) -> str | None:
    """Return the address as Telegram keeps it, or None if it takes it for no link.

    Without a scheme it is http; the host is lowered and has a dot; an empty path becomes a slash.
    """
    url = url.strip()
    if not SCHEME.match(url):
        return None
    scheme, colon, rest = url.partition(":")
    if colon and scheme.lower() in APP:
        return f"{scheme.lower()}:{rest}" if rest.strip("/") else None
    if not (colon and rest.startswith("//")):
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in WEB or not host or not HOST.match(host) or port == 0:
        return None
    place = parts.netloc.lower() if "@" not in parts.netloc else parts.netloc
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.scheme}://{place}{parts.path or '/'}{query}{fragment}"
