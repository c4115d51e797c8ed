"""What reaches a log: no token, long number or user name, and of an exception its type alone."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog

from bot.app.logs import redacted, set_up_logs


@contextmanager
def logs_as_in_a_run() -> Iterator[None]:
    """Logging is the process's own: what is set up for one test must not write for the next."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    try:
        set_up_logs()
        yield
    finally:
        root.handlers = handlers
        structlog.reset_defaults()


@pytest.mark.parametrize(
    "secret",
    ["123456789:AAE-abcdefghijklmnopqrstuvwxyz_0123", "-1001234567890", "1001234567", "@somebody_reading"],
)
def test_what_tells_of_somebody_is_blanked(secret: str) -> None:
    assert secret not in redacted(f"POST https://example.org/bot{secret}/sendMessage chat={secret}")


@pytest.mark.parametrize("text", ["5 documents, 16 people", "2026-11-22T16:37:27Z", "http_502 after 30 s"])
def test_counts_dates_and_codes_stay(text: str) -> None:
    assert redacted(text) == text


def test_a_library_that_logs_an_address_and_a_failure_gives_nothing_away(capsys: pytest.CaptureFixture[str]) -> None:
    with logs_as_in_a_run():
        try:
            raise ValueError("chat 1001234567 of @somebody_reading")
        except ValueError:
            logging.getLogger("httpx").exception("POST /bot123456789:AAE-abcdefghijklmnopqrstuvwxyz_0123/sendMessage")
    logged = capsys.readouterr().err

    assert "ValueError" in logged
    assert not {part for part in ("AAE-", "1001234567", "somebody", "Traceback") if part in logged}
