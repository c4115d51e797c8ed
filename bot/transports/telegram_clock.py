"""What time it is at Telegram: the Date header of any answer, asked for without the token."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot.outbox.transport import Fate, TransportError
from bot.transports.telegram_certificates import trusted_context

_PATIENCE = aiohttp.ClientTimeout(total=10)


async def clock_skew(api: str, proxy: str | None, clock: Callable[[], datetime]) -> timedelta:
    """By how much this machine's clock is ahead of Telegram's, to about a second; TransportError where nobody answers.

    The header has whole seconds: half of one is added, and half of the time the answer took.
    """
    async with aiohttp.ClientSession(timeout=_PATIENCE, cookie_jar=aiohttp.DummyCookieJar()) as session:
        try:
            asked_at = clock()
            context = trusted_context() if api.startswith("https:") else True
            async with session.head(api, ssl=context, proxy=proxy, allow_redirects=False) as answer:
                answered_at = clock()
                told = parsedate_to_datetime(answer.headers["Date"])
        except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
            error = TransportError(Fate.PASSING, "no_date")
        else:
            there = told.replace(tzinfo=UTC) if told.tzinfo is None else told
            return asked_at + (answered_at - asked_at) / 2 - there - timedelta(seconds=0.5)
    # Out here, so that it carries no context: aiohttp's texts hold the address.
    raise error
