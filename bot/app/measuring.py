"""What `/metrics` measures: the parts of the running bot that it asks."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from bot.app.parts import Parts
from bot.doors.metrics import Measured, Metrics
from bot.outbox.gauges import read_queue
from bot.outbox.lease import boot_clock


def metrics_of(parts: Parts, clock: Callable[[], datetime]) -> Metrics:
    """The metrics of these parts."""

    def newest_document() -> date | None:
        newest = parts.shelf.calendar().newest_document()
        return newest.date.first if newest is not None and newest.date is not None else None

    telegram = parts.telegram
    return Metrics(
        Measured(
            queue=partial(read_queue, parts.database),
            outbox=parts.outbox,
            last_tick=lambda: parts.ticked_at,
            newest_document=newest_document,
            floods=lambda: telegram.wire.floods if telegram is not None else 0,
            now=clock,
            elapsed=boot_clock,
        )
    )
