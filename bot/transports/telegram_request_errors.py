"""Why a request to the Bot API got no usable answer, and whether Telegram may have carried it out.

Each is also the error that python-telegram-bot expects of its HTTP client. Messages are short
codes: the texts of the HTTP library are left out, since they hold the address and in it the token.
"""

from typing import Final

import aiohttp
from telegram.error import NetworkError, TimedOut

from bot.errors import VigilError
from bot.outbox.transport import TransportError


class RequestError(VigilError, NetworkError):
    """A request without a usable answer; `cause` is a code safe to log."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class UnsentError(RequestError):
    """Never written in full, so certainly not carried out: no HTTP server acts on half a request."""


class WithheldError(UnsentError):
    """Not written, since what was asked immediately before (`written_after`) raised `why`."""

    def __init__(self, why: TransportError) -> None:
        super().__init__(why.reason)
        self.why = why


class UnsentTimeoutError(UnsentError, TimedOut):
    """Waited too long for a free connection, for the connection to stand, or for the body to leave."""


class DoubtfulError(RequestError):
    """Written, but no whole answer came: it may have been carried out."""


class DoubtfulTimeoutError(DoubtfulError, TimedOut):
    """Written, but the answer did not come in time: it may have been carried out."""


class AnswerError(RequestError):
    """An answer that does not come from the Bot API, or a status with which it says nothing certain.

    `refused` is true where the body says `ok: false`.
    """

    def __init__(self, status: int, *, refused: bool = False) -> None:
        super().__init__(f"http_{status}")
        self.status = status
        self.refused = refused


class FloodError(RequestError):
    """Refused for being one too many; `retry_after_s` is when Telegram asks to try again, null if unsaid.

    It stands for python-telegram-bot's RetryAfter, whose mere making warns of a coming change (22.2).
    """

    def __init__(self, retry_after_s: float | None) -> None:
        super().__init__("http_429")
        self.retry_after_s = retry_after_s


def lost(exc: Exception, upload: aiohttp.UploadTracker, status: int | None) -> RequestError:
    """What a failure means; what decides is whether the whole request had left this process."""
    if isinstance(exc.__cause__, TransportError):
        return WithheldError(exc.__cause__)
    if status is not None and status != 200:
        return AnswerError(status)
    whole = upload.upload_complete.done() and upload.upload_complete.exception() is None
    timed_out = isinstance(exc, TimeoutError)
    if not whole:
        cause = _unsent_cause(exc)
        return UnsentTimeoutError(cause) if timed_out else UnsentError(cause)
    if timed_out:
        return DoubtfulTimeoutError("read_timeout")
    return DoubtfulError("answer_cut" if status is not None else _lost_cause(exc))


_UNSENT_CAUSES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (aiohttp.ConnectionTimeoutError, "connect_timeout"),
    (aiohttp.ClientConnectorDNSError, "no_such_host"),
    (aiohttp.ClientConnectorCertificateError, "certificate"),
    (aiohttp.ClientSSLError, "tls"),
    (aiohttp.ClientProxyConnectionError, "proxy_unreachable"),
    (aiohttp.ClientHttpProxyError, "proxy_refused"),
    (aiohttp.ClientConnectorError, "connect"),
    (aiohttp.InvalidURL, "bad_address"),
    (TimeoutError, "write_timeout"),
)


def _unsent_cause(exc: Exception) -> str:
    return next((cause for kind, cause in _UNSENT_CAUSES if isinstance(exc, kind)), "closed_before_written")


def _lost_cause(exc: Exception) -> str:
    return "connection_cut" if isinstance(exc, (aiohttp.ServerDisconnectedError, OSError)) else "protocol_error"
