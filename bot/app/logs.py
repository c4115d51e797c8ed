"""Logs: one line an event on standard error, a short sentence with counts and codes; never an id, name, text or token.

For programs each line is a JSON object, on a terminal it is for reading. Of what libraries log only
the unfilled template, the place and the type of an exception are shown, at any level: what they
fill in, and the messages of exceptions, may hold anything (httpx logs the token in addresses,
asyncio the arguments of callbacks). The same goes for a defect that ends the program.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
# A chat id, a message id, a phone number: no count that is logged here has so many digits.
_LONG_NUMBER = re.compile(r"-?\d{7,}")
_NAME = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,}")
_FRAMES = 8

Event = MutableMapping[str, Any]


def redacted(text: str) -> str:
    """The text with tokens, long numbers and user names blanked."""
    return _NAME.sub("@…", _LONG_NUMBER.sub("…", _TOKEN.sub("…", text)))


def set_up_logs() -> None:
    """Send our events, the libraries' warnings and whatever nobody caught to standard error, as said above."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OfLibraries())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
    structlog.configure(
        processors=[structlog.processors.add_log_level, _safe, _renderer()],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    sys.excepthook = _ended_by
    sys.unraisablehook = lambda failed: _defect("something could not be cleaned up", failed.exc_value)
    threading.excepthook = lambda failed: _defect("a thread ended by a defect", failed.exc_value)


def _renderer() -> structlog.typing.Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer(colors=True)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _safe(_: Any, __: str, event: Event) -> Event:
    """The event with its time, and nothing in it that tells of somebody; values of other kinds by their type."""
    event.pop("exc_info", None)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"timestamp": now, **{key: _shown(value) for key, value in event.items()}}


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if redacted(str(value)) == str(value) else "…"
    return redacted(value) if isinstance(value, str) else f"<{type(value).__name__}>"


class _OfLibraries(logging.Formatter):
    """A library's record as an event of ours."""

    def format(self, record: logging.LogRecord) -> str:
        # Without arguments it was filled in before; what warnings say is an argument of its own.
        is_template = bool(record.args) and isinstance(record.msg, str) and record.name != "py.warnings"
        event: Event = {
            "event": str(record.msg) if is_template else "a library reports",
            "level": record.levelname.lower(),
            "logger": record.name,
            "place": f"{record.filename}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0]:
            event["error"] = record.exc_info[0].__name__
        return str(_renderer()(None, "", _safe(None, "", event)))


def _ended_by(kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
    """What is printed where a traceback with its message would be."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, exc, trace)
    else:
        _defect("ended by a defect: please report this line", exc)


def _defect(event: str, exc: BaseException | None) -> None:
    frames = traceback.extract_tb(exc.__traceback__)[-_FRAMES:] if exc is not None else []
    place = " ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    structlog.get_logger().critical(event, error=type(exc).__name__, place=place)
