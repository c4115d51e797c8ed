"""Whom the bot trusts to be Telegram."""

import ssl
from functools import cache
from pathlib import Path

import certifi


@cache
def trusted_context() -> ssl.SSLContext:
    """The machine's own certificate authorities; Mozilla's (certifi) where it has none.

    Slim Debian images come without `ca-certificates`, and would reach nothing.
    """
    return ssl.create_default_context() if _has_authorities() else ssl.create_default_context(cafile=certifi.where())


def _has_authorities() -> bool:
    paths = ssl.get_default_verify_paths()
    if paths.cafile is not None and Path(paths.cafile).is_file():
        return True
    return paths.capath is not None and any(Path(paths.capath).glob("*.0"))
