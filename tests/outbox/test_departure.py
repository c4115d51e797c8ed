"""What is checked immediately before a request is written."""

import pytest

from bot.database import Database
from bot.outbox.departure import Departure
from bot.outbox.lease import VALID_S, SenderLease
from bot.outbox.limiter import Turn
from bot.outbox.transport import Fate, TransportError
from tests.outbox.stage import HandClock, Stage, channel, failing, private


class Written:
    """A departure of a lease that was just taken, with everything that it asks."""

    def __init__(self, lease: SenderLease, clock: HandClock) -> None:
        self.turn = Turn((), clock.elapsed)
        self.clock = clock
        self.marks = 0
        self.stops_s = 0.0
        self.is_ours = True
        self.objection: str | None = None
        self.departure = Departure(lease, self.turn, self._mark, lambda: self.objection)

    async def _mark(self) -> bool:
        self.marks += 1
        self.clock.advance(seconds=self.stops_s)
        return self.is_ours

    async def refused(self) -> str | None:
        with pytest.raises(TransportError):
            await self.departure.ask()
        assert self.turn.written_at is None
        return self.departure.refused


@pytest.fixture
async def written(sqlite: Database) -> Written:
    clock = HandClock()
    lease = SenderLease(sqlite, exclusive=False, clock=clock.elapsed)
    await lease.take()
    return Written(lease, clock)


async def test_a_request_is_written_once_it_is_marked(written: Written) -> None:
    await written.departure.ask()

    assert (written.marks, written.turn.written_at) == (1, 0.0)


async def test_a_sender_stopped_while_it_marked_writes_nothing(written: Written) -> None:
    written.stops_s = VALID_S

    assert await written.refused() == "lease"


async def test_a_second_piece_is_not_marked_again_but_needs_the_lease(written: Written) -> None:
    await written.departure.ask()
    written.clock.advance(seconds=VALID_S)

    with pytest.raises(TransportError):
        await written.departure.ask()

    assert written.marks == 1


async def test_what_belongs_to_another_is_not_written(written: Written) -> None:
    written.is_ours = False

    assert await written.refused() == "not_ours"


async def test_what_became_wrong_meanwhile_is_not_even_marked(written: Written) -> None:
    written.objection = "outdated"

    assert await written.refused() == "outdated"
    assert written.marks == 0


async def test_what_never_came_to_be_written_was_never_marked(stage: Stage) -> None:
    async def unreachable(*_: object) -> None:
        raise failing(Fate.PASSING, "connect")

    stage.transport.send = unreachable  # type: ignore[method-assign, assignment]  # in place of the script
    await stage.subscribe(private())

    await stage.run()

    assert await stage.rows("state", "asked_at") == [("due", None)]


async def test_sending_is_on_the_disk_when_a_request_is_written(stage: Stage) -> None:
    states: list[str] = []
    stage.transport.before_answer = lambda address: _read(stage, states)
    await stage.subscribe(channel())

    await stage.run()

    assert states[-1] == "sending"


async def _read(stage: Stage, states: list[str]) -> None:
    states += await stage.states()
