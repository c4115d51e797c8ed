"""What operators are told: in words that say what happened, once, and with nobody's address in it."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from bot.app.reporting import Reporting, told
from bot.outbox.notices import Late, LeftUncertain, Mended, Missed, Notice, Paused, Stopped, Trouble
from bot.outbox.transport import Fate, TransportError
from bot.posts.post import Post

NOTICES: list[tuple[Notice, str]] = [
    (Missed({date(2027, 2, 20): 12}), "2027-02-20: 12"),
    (LeftUncertain(2, 5), "2 messages may or may not have arrived"),
    (Paused({"blocked": 3}), "blocked: 3"),
    (Stopped("telegram", "breaker", 20), "after 20 refusals"),
    (Mended("cannot_parse", ("ihar-lednik-death",)), "ihar-lednik-death"),
    (Late(5, datetime(2027, 2, 20, 23, 0, tzinfo=UTC), 9, 30, 0, 60), "23:00 UTC"),
    (Trouble("full"), "full"),
]


@pytest.mark.parametrize(("notice", "words"), NOTICES, ids=lambda value: type(value).__name__)
def test_each_notice_says_what_happened(notice: Notice, words: str) -> None:
    assert words in told(notice)


async def test_notices_reach_the_operators_in_order_and_a_failure_loses_only_its_own() -> None:
    sent: list[str] = []
    done = asyncio.Event()

    async def send(post: Post) -> None:
        if "full" in post.html:
            raise TransportError(Fate.PASSING, "connect")
        sent.append(post.html)
        if len(sent) == 2:
            done.set()

    reporting = Reporting(send)
    running = asyncio.create_task(reporting.run())
    for notice in (Paused({"blocked": 1}), Trouble("full"), Paused({"kicked": 1})):
        reporting(notice)
    await asyncio.wait_for(done.wait(), 5)
    running.cancel()

    assert ["blocked" in sent[0], "kicked" in sent[1]] == [True, True]
