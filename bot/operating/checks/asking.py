"""Asking Telegram: with patience, and a failure as a finding."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from bot.operating.finding import Finding, problem
from bot.outbox.transport import Fate, TransportError

_PATIENCE_S = 15.0

T = TypeVar("T")


async def asked(question: Awaitable[T]) -> T:
    """The answer; TransportError where none comes in time."""
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await question
    except TimeoutError:
        raise TransportError(Fate.PASSING, "no answer") from None


def unanswered(check: str, exc: TransportError) -> Finding:
    """Why this could not be found out."""
    if exc.fate is Fate.STOP:
        return problem(check, "Telegram refuses the token", "set VIGIL_TELEGRAM_TOKEN to the one that BotFather shows")
    return problem(check, f"Telegram does not answer ({exc.reason})", "look at the network, the proxy and the firewall")
