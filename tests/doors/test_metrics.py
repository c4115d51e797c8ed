"""The page of metrics: what stands on it, how seldom the database is asked, and what stays away."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.chats.address import TRANSPORTS
from bot.database_errors import DatabaseError
from bot.doors.metrics import KEPT_S, Measured, Metrics
from bot.outbox.gauges import PENDING_STATES, Counts, Queue
from bot.outbox.transport import Fate
from bot.outbox.verdict import State
from tests.calendars import ROOT

NOW = datetime(2027, 2, 20, 12, tzinfo=UTC)


class Bot:
    """A bot to be measured."""

    def __init__(self) -> None:
        self.counts = Counts()
        self.is_sender = True
        self.halted: dict[str, str] = {}
        self.queue: Queue | Exception = Queue(Counter())
        self.asked = 0
        self.asking_s = 0.0
        self.elapsed_s = 0.0
        self.last_tick: datetime | None = NOW - timedelta(seconds=4)
        self.metrics = Metrics(
            Measured(
                queue=self.read,
                outbox=self,
                last_tick=lambda: self.last_tick,
                newest_document=lambda: date(2027, 2, 10),
                floods=lambda: 3,
                now=lambda: NOW,
                elapsed=lambda: self.elapsed_s,
            )
        )

    async def read(self, now: datetime) -> Queue:
        self.asked += 1
        self.elapsed_s += self.asking_s
        if isinstance(self.queue, Exception):
            raise self.queue
        return self.queue

    async def values(self) -> dict[str, Any]:
        """The value of each sample by its name and labels."""
        content, kind = await self.metrics.page()
        assert kind.startswith("text/plain; version=")
        return {
            f"{sample.name}{''.join(f' {value}' for _, value in sorted(sample.labels.items()))}": sample.value
            for family in text_string_to_metric_families(content.decode())
            for sample in family.samples
        }


async def test_everything_that_is_promised_stands_on_the_page() -> None:
    bot = Bot()
    pending = {("telegram", "due"): 40, ("telegram", "uncertain"): 2}
    bot.queue = Queue(Counter(pending), NOW - timedelta(minutes=3))
    for _ in range(5):
        bot.counts.send("telegram", None)
    bot.counts.send("telegram", Fate.PASSING)
    bot.counts.settle(State.SENT, 5)
    bot.counts.planned(0.004)
    bot.counts.planned(0.7)
    bot.counts.planned(600)

    found = await bot.values()

    assert found["vigil_deliveries due telegram"] == 40
    assert found["vigil_deliveries leased telegram"] == 0
    assert found["vigil_uncertain"] == 2
    assert found["vigil_oldest_due_age_seconds"] == 180
    assert found["vigil_sends_total sent telegram"] == 5
    assert found["vigil_sends_total passing telegram"] == 1
    assert found["vigil_deliveries_settled_total sent"] == 5
    assert found["vigil_telegram_429_total"] == 3
    assert found["vigil_planner_seconds_bucket 0.005"] == 1
    assert found["vigil_planner_seconds_bucket 1.0"] == 2
    assert found["vigil_planner_seconds_count"] == 3
    assert found["vigil_planner_seconds_sum"] == pytest.approx(600.704)
    assert found["vigil_tick_age_seconds"] == 4
    assert found["vigil_is_sender"] == 1
    assert found["vigil_newest_document_age_seconds"] == 10 * 86_400
    assert found["vigil_database_up"] == 1
    assert any(name.startswith("vigil_build_info") for name in found)


async def test_what_is_halted_is_named_with_its_reason() -> None:
    bot = Bot()
    bot.halted = {"telegram": "breaker"}

    assert (await bot.values())["vigil_sending_halted breaker telegram"] == 1


async def test_before_the_first_tick_there_is_no_age() -> None:
    bot = Bot()
    bot.last_tick = None

    assert "vigil_tick_age_seconds" not in await bot.values()


async def test_labels_are_transports_states_outcomes_and_reasons_alone() -> None:
    bot = Bot()
    content, _ = await bot.metrics.page()
    labels = {
        name for family in text_string_to_metric_families(content.decode()) for s in family.samples for name in s.labels
    }

    assert labels <= {"transport", "state", "outcome", "reason", "le", "version", "python"}
    assert set(re.findall(rb'state="(\w+)"', content)) <= {str(state).encode() for state in State}
    assert content.count(b"vigil_deliveries{") == len(TRANSPORTS) * len(PENDING_STATES)


async def test_the_database_is_asked_no_more_often_than_every_few_seconds() -> None:
    bot = Bot()
    for _ in range(20):
        await bot.metrics.page()
    assert bot.asked == 1

    bot.elapsed_s += KEPT_S
    await bot.metrics.page()
    assert bot.asked == 2


async def test_a_dear_reading_is_kept_so_long_that_it_costs_no_more_than_a_fiftieth() -> None:
    bot = Bot()
    bot.asking_s = 1.0
    await bot.metrics.page()

    bot.elapsed_s += 49.0
    await bot.metrics.page()
    assert bot.asked == 1
    bot.elapsed_s += 1.1
    await bot.metrics.page()
    assert bot.asked == 2


async def test_a_database_that_fails_leaves_the_rest_of_the_page() -> None:
    bot = Bot()
    bot.queue = DatabaseError("full", "the disk is full")
    found = await bot.values()

    assert found["vigil_database_up"] == 0
    assert "vigil_uncertain" not in found
    assert found["vigil_is_sender"] == 1


async def test_every_metric_is_described() -> None:
    page = (await Bot().metrics.page())[0].decode()
    described = set(re.findall(r"^\| `(vigil_\w+)", (ROOT / "docs/operating.md").read_text(), re.MULTILINE))

    assert {name for name in re.findall(r"# HELP (\w+)", page) if name.startswith("vigil_")} == described
