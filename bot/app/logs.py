"""Logs: events as short sentences with counts and codes, on standard error; never an id, name, text or token.

What libraries log is cut down to warnings and redacted as well: httpx, for one, logs addresses that
hold the token.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
# A chat id, a message id, a phone number: no count that is logged here has so many digits.
_LONG_NUMBER = re.compile(r"-?\d{7,}")
_NAME = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,}")


def redacted(text: str) -> str:
    """The text with tokens, long numbers and user names blanked."""
    return _NAME.sub("@…", _LONG_NUMBER.sub("…", _TOKEN.sub("…", text)))


def set_up_logs() -> None:
    """Send our events and the libraries' warnings to standard error, redacted, without tracebacks."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%SZ", utc=True),
            _redact,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
            if sys.stderr.isatty()
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


class _Plain(logging.Formatter):
    """One redacted line, and of an exception its type alone: messages and locals may hold anything."""

    def format(self, record: logging.LogRecord) -> str:
        failed = f" ({record.exc_info[0].__name__})" if record.exc_info and record.exc_info[0] else ""
        return redacted(f"{record.levelname.lower()} {record.name}: {record.getMessage()}{failed}")


def _redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event.pop("exc_info", None)
    return {
        key: redacted(value) if isinstance(value, str) and key != "timestamp" else value for key, value in event.items()
    }
