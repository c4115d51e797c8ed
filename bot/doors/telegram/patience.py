"""How long to wait after a failed poll or setWebhook, and what to say of it: once when it begins, once when it ends."""

from typing import Final

import structlog

from bot.outbox.transport import Fate, TransportError
from bot.transports.telegram_refusals import OTHER_READER

_LONGEST_S: Final = 30.0

_log = structlog.get_logger(__name__)


class Patience:
    """Counts failures in a row; `first_s` is the wait after the first."""

    def __init__(self, first_s: float = 1.0) -> None:
        self._first_s = first_s
        self._failures = 0
        self._said = False

    def delay_s(self, exc: TransportError) -> float:
        """The wait after this failure: the first, doubling to thirty seconds, or what Telegram asks for."""
        self._failures += 1
        # A first conflict is the last poll of a process that has just ended: it says nothing.
        if self._failures == (2 if exc.reason == OTHER_READER else 1):
            _log.warning(_line(exc), reason=exc.reason)
            self._said = True
        growing = min(_LONGEST_S, self._first_s * float(2 ** min(self._failures - 1, 10)))
        return max(growing, exc.retry_after_s or 0.0)

    def well(self) -> None:
        """Telegram answered."""
        if self._said:
            _log.info("Telegram answers again")
        self._failures, self._said = 0, False


def _line(exc: TransportError) -> str:
    if exc.reason == OTHER_READER:
        return "another program reads this bot's updates: end it, or people's commands go astray"
    if exc.fate is Fate.STOP:
        return "Telegram refuses the token: get a new one from BotFather and set VIGIL_TELEGRAM_TOKEN"
    if exc.fate is Fate.POST_BAD:
        return "Telegram refuses the webhook: nobody is heard until it takes it (VIGIL_WEBHOOK_URL)"
    return "Telegram does not answer: it is tried again until it does"
