"""What a Prometheus server may read of this process (`/metrics`): counts and ages alone.

Nothing is split by language, zone, topic or chat. The database is asked at most every few seconds,
however often the page is read; where it does not answer, the page says so and tells the rest.
"""

import asyncio
import platform
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from bot import __version__
from bot.chats.address import TRANSPORTS
from bot.errors import VigilError
from bot.outbox.gauges import PENDING_STATES, PLANNING_BOUNDS_S, Counts, Queue
from bot.outbox.verdict import State

if TYPE_CHECKING:
    from prometheus_client import Metric

# A reading is kept so long, and longer where it was dear: a broadcast to a million must not be slowed by counting it.
KEPT_S = 5.0
_AT_MOST = 0.02
_PATIENCE_S = 5.0


class Sender(Protocol):
    """What is asked of the outbox."""

    @property
    def counts(self) -> Counts: ...

    @property
    def is_sender(self) -> bool: ...

    @property
    def halted(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Measured:
    """Whom the page asks. `floods` counts Telegram's 429s; `elapsed` is a monotonic clock."""

    queue: Callable[[datetime], Awaitable[Queue]]
    outbox: Sender
    last_tick: Callable[[], datetime | None]
    newest_document: Callable[[], date | None]
    floods: Callable[[], int]
    now: Callable[[], datetime]
    elapsed: Callable[[], float]


class Metrics:
    """The page, made anew at each reading."""

    def __init__(self, measured: Measured) -> None:
        # Loaded here: the library counts this process's garbage from its import on.
        from prometheus_client import CollectorRegistry, ProcessCollector  # noqa: PLC0415

        self._measured = measured
        self._queue: Queue | None = None
        self._read_again_at = float("-inf")
        self._reading = asyncio.Lock()
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    async def page(self) -> tuple[bytes, str]:
        """The page and its content type."""
        from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415

        async with self._reading:
            if self._measured.elapsed() >= self._read_again_at:
                await self._read()
        return generate_latest(self._registry), CONTENT_TYPE_LATEST

    def describe(self) -> "list[Metric]":
        """Nothing: so the registry asks for no reading before there is one."""
        return []

    def collect(self) -> "Iterator[Metric]":
        """Every measure, as the library asks for them."""
        yield from self._of_process()
        yield from self._of_work()
        yield from self._of_queue()

    async def _read(self) -> None:
        began_at = self._measured.elapsed()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                self._queue = await self._measured.queue(self._measured.now())
        except (VigilError, TimeoutError):
            self._queue = None
        ended_at = self._measured.elapsed()
        self._read_again_at = ended_at + max(KEPT_S, (ended_at - began_at) / _AT_MOST)

    def _of_process(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily  # noqa: PLC0415

        measured, now = self._measured, self._measured.now()
        build = {"version": __version__, "python": platform.python_version()}
        yield InfoMetricFamily("vigil_build", "The program that runs.", value=build)
        sends = 1 if measured.outbox.is_sender else 0
        yield GaugeMetricFamily("vigil_is_sender", "1 where this process holds the sender's lease.", sends)
        halted = GaugeMetricFamily(
            "vigil_sending_halted",
            "1 for a transport over which nothing is sent until somebody resumes.",
            labels=("transport", "reason"),
        )
        for transport, reason in sorted(measured.outbox.halted.items()):
            halted.add_metric((transport, reason), 1)
        yield halted
        if (ticked_at := measured.last_tick()) is not None:
            age_s = (now - ticked_at).total_seconds()
            yield GaugeMetricFamily("vigil_tick_age_seconds", "Since the last tick.", age_s)
        if (newest := measured.newest_document()) is not None:
            age_s = (now.date() - newest).days * 86_400
            yield GaugeMetricFamily(
                "vigil_newest_document_age_seconds", "Since the day of the calendar's newest document.", age_s
            )

    def _of_work(self) -> "Iterator[Metric]":
        from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily  # noqa: PLC0415

        counts = self._measured.outbox.counts
        sends = CounterMetricFamily(
            "vigil_sends", "Requests of deliveries, by what became of them.", labels=("transport", "outcome")
        )
        for labels, number in sorted({("telegram", "sent"): 0, **counts.sends}.items()):
            sends.add_metric(labels, number)
        yield sends
        settled = CounterMetricFamily(
            "vigil_deliveries_settled", "Deliveries about which nothing more is to be done.", labels=("state",)
        )
        for state in State:
            if state not in PENDING_STATES or state is State.UNCERTAIN:
                settled.add_metric((str(state),), counts.settled[state])
        yield settled
        yield CounterMetricFamily("vigil_telegram_429", "Telegram's answers that ask to wait.", self._measured.floods())
        bounds = (*map(str, PLANNING_BOUNDS_S), "+Inf")
        buckets = list(zip(bounds, accumulate(counts.planning), strict=True))
        yield HistogramMetricFamily(
            "vigil_planner_seconds", "How long the planner took at a tick.", buckets, counts.planning_s
        )

    def _of_queue(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415

        queue = self._queue
        yield GaugeMetricFamily("vigil_database_up", "0 where the database did not answer.", 1 if queue else 0)
        if queue is None:
            return
        pending = GaugeMetricFamily(
            "vigil_deliveries", "Deliveries about which something is to be done.", labels=("transport", "state")
        )
        for transport in TRANSPORTS:
            for state in PENDING_STATES:
                pending.add_metric((transport, str(state)), queue.pending[transport, state])
        yield pending
        yield GaugeMetricFamily("vigil_uncertain", "Messages that may have arrived.", queue.in_state(State.UNCERTAIN))
        oldest = queue.oldest_due_at
        waited_s = 0.0 if oldest is None else max(0.0, (self._measured.now() - oldest).total_seconds())
        yield GaugeMetricFamily("vigil_oldest_due_age_seconds", "Since the oldest that is due was due.", waited_s)
