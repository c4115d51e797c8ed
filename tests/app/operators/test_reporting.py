"""What operators are told: once and together, again until it is told, and with nobody's address in it."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from bot.app.operators.actions import Told as Saying
from bot.app.operators.board import APART_S
from bot.app.operators.wording import together, told
from bot.app.reporting import Reporting
from bot.database import Database
from bot.outbox.notices import Doubted, Late, LeftUncertain, Mended, Missed, Notice, Paused, Stopped, Trouble
from bot.outbox.transport import Fate
from tests.app.operators.scene import Told
from tests.outbox.stage import failing

DAY = date(2027, 2, 20)
NOTICES: list[tuple[Notice, str]] = [
    (Missed({DAY: 12}), "2027-02-20: 12"),
    (LeftUncertain(2, 5), "cannot be looked for: 2. They were not sent again; with earlier ones, 5 wait"),
    (LeftUncertain(0, 5), "of an earlier run that may or may not have arrived, and wait for your decision: 5"),
    (Paused({"blocked": 3}), "blocked: 3"),
    (Doubted("telegram", {"chat_not_found": 3}), "chat_not_found: 3"),
    (Stopped("telegram", "breaker", 20), "after 20 refusals"),
    (Mended("cannot_parse", ("ihar-lednik-death",)), "ihar-lednik-death"),
    (
        Late(5, datetime(2027, 2, 20, 23, 0, tzinfo=UTC), 500_000, 30, 90, 16_757),
        "5 of 500000 messages that are due cannot be sent before their day ends: at 30 a second, after 90 s in which "
        "nothing may be sent, the queue lasts 4 h 39 min, and the first of these days ends at 20 February, 23:00 UTC.",
    ),
    (Trouble("full"), "full"),
]


@pytest.mark.parametrize(("notice", "words"), NOTICES, ids=lambda value: type(value).__name__)
def test_each_notice_says_what_happened(notice: Notice, words: str) -> None:
    assert words in told(notice)


def test_what_a_person_decides_has_a_button_and_nothing_else_has() -> None:
    told_together = together([notice for notice, _ in NOTICES])

    assert [offer.action for row in told_together.offers for offer in row] == ["resend", "resume"]


async def test_what_comes_together_is_told_together(operators: Told) -> None:
    for notice in (Missed({DAY: 1}), Paused({"blocked": 1}), Missed({DAY: 2})):
        operators.reporting(notice)
    operators.start()
    await operators.until(lambda: operators.texts)

    assert operators.texts == [f"{told(Missed({DAY: 3}))}\n\n{told(Paused({'blocked': 1}))}"]


async def test_what_comes_soon_after_is_told_in_one_message_a_while_later(operators: Told) -> None:
    operators.start()
    operators.reporting(Paused({"blocked": 1}))
    await operators.until(lambda: operators.texts)
    for _ in range(5):
        operators.reporting(Paused({"blocked": 1}))
        await asyncio.sleep(0)
    assert len(operators.texts) == 1

    operators.clock.advance(seconds=APART_S)
    operators.reporting(Trouble("full"))
    await operators.until(lambda: len(operators.texts) == 2)

    assert "blocked: 5" in operators.texts[1]


@pytest.mark.parametrize("fate", [Fate.LOOK_FIRST, Fate.CHAT_GONE])
async def test_what_could_not_be_told_is_told_later_with_what_came_since(operators: Told, fate: Fate) -> None:
    operators.failures.append(failing(fate))
    operators.start()
    operators.reporting(Missed({DAY: 1}))
    await operators.until(lambda: not operators.failures)
    operators.reporting(Missed({DAY: 2}))
    await operators.until(lambda: operators.texts)

    assert operators.texts == [told(Missed({DAY: 3}))]


async def test_what_may_have_been_told_is_told_again_and_says_so(operators: Told) -> None:
    operators.failures.append(failing(Fate.UNCERTAIN, "read_timeout"))
    operators.start()
    operators.reporting(Trouble("full"))
    await operators.until(lambda: operators.texts)

    assert operators.texts == [f"Perhaps told before. {told(Trouble('full'))}"]


async def test_a_429_is_waited_for(operators: Told) -> None:
    operators.failures.append(failing(Fate.PASSING, "flood", retry_after_s=0.05))
    operators.start()
    operators.reporting(Trouble("full"))
    await operators.until(lambda: not operators.failures)
    assert operators.chat.wait_s > 0

    await operators.until(lambda: operators.texts)
    assert operators.texts == [told(Trouble("full"))]


async def test_a_message_that_is_refused_keeps_no_other_waiting(operators: Told) -> None:
    operators.failures.append(failing(Fate.POST_BAD, "empty"))
    operators.start()
    operators.reporting.say(Saying(""))
    operators.reporting.say(Saying("Done."))
    await operators.until(lambda: operators.texts)

    assert operators.texts == ["Done."]


async def test_what_an_order_came_to_is_told_before_the_notices(operators: Told) -> None:
    operators.reporting(Trouble("full"))
    operators.reporting.say(Saying("Done."))
    operators.start()
    await operators.until(lambda: len(operators.texts) == 2)

    assert operators.texts[0] == "Done."


async def test_what_was_missed_and_not_told_is_told_after_a_restart_and_only_once(operators: Told) -> None:
    operators.transport.default = failing(Fate.PASSING)
    operators.start()
    operators.reporting(Missed({DAY: 2}))
    await operators.until(lambda: operators.reporting._failures)
    await operators.stop()

    second = Told(operators.database)
    await second.reporting.recall()
    second.start()
    await second.until(lambda: second.texts)
    await second.reporting.finish()
    await second.stop()
    third = Told(operators.database)
    await third.reporting.recall()

    assert second.texts == [told(Missed({DAY: 2}))]
    assert third.reporting._board.take() == []


async def test_what_waits_is_told_before_the_end(operators: Told) -> None:
    operators.start()
    operators.reporting(Paused({"blocked": 1}))
    await operators.until(lambda: operators.texts)
    operators.reporting(Paused({"kicked": 1}))

    await operators.reporting.finish()

    assert ["blocked" in operators.texts[0], "kicked" in operators.texts[1]] == [True, True]


async def test_without_buttons_kept_it_is_told_all_the_same(operators: Told) -> None:
    async with operators.database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE orders")
    operators.start()
    operators.reporting(Stopped("telegram", "breaker", 20))
    await operators.until(lambda: operators.posts)

    assert [post.buttons for post in operators.posts] == [()]


async def test_without_operators_the_log_has_it(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    reporting = Reporting(None, database, lambda: datetime.now(UTC))
    reporting(Trouble("full"))
    await reporting.recall()

    assert "The outbox cannot work (full)" in capsys.readouterr().out
