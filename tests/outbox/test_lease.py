"""One sender at a time: leases with epochs, standbys, and processes that wake up too late."""

import asyncio
from pathlib import Path

import pytest

from bot.database import Database
from bot.outbox.lease import VALID_S, SenderLease
from bot.outbox.single import AlreadyRunningError, SingleRun
from bot.outbox.transport import Fate
from tests.databases import empty, opened
from tests.outbox.stage import DAY, HandClock, Stage, failing, private, some


async def test_a_second_process_waits_while_the_first_renews(either: Database) -> None:
    first, second = (SenderLease(either, exclusive=False) for _ in range(2))

    assert await first.take()
    assert not await second.take()
    assert await first.renew()
    assert first.is_valid and not second.is_valid


async def test_a_released_lease_is_taken_at_once_under_a_new_epoch(either: Database) -> None:
    first, second = (SenderLease(either, exclusive=False) for _ in range(2))
    await first.take()

    await first.release()

    assert await second.take()
    assert second.epoch == first.epoch + 1
    assert not await first.renew()
    assert not first.is_valid


async def test_a_lease_runs_out_for_its_holder_before_it_does_for_others(sqlite: Database) -> None:
    clock = HandClock()
    lease = SenderLease(sqlite, exclusive=False, clock=clock.elapsed)
    await lease.take()

    clock.advance(seconds=VALID_S - 0.4)

    assert not lease.is_valid


async def test_two_that_ask_at_once_do_not_both_get_it(either: Database) -> None:
    leases = [SenderLease(either, exclusive=False) for _ in range(5)]

    taken = await asyncio.gather(*(lease.take() for lease in leases))

    assert sum(taken) == 1


async def test_an_exclusive_lease_is_taken_from_a_run_that_died(sqlite: Database) -> None:
    await SenderLease(sqlite, exclusive=True).take()
    after_crash = SenderLease(sqlite, exclusive=True)

    assert await after_crash.take()
    assert after_crash.is_valid
    assert after_crash.epoch == 2


async def test_a_second_run_on_one_sqlite_file_refuses_to_start(tmp_path: Path) -> None:
    path = tmp_path / "vigil.sqlite"
    refused = pytest.raises(AlreadyRunningError, match="another vigil run")

    with SingleRun(path), refused, SingleRun(path):
        pass
    with SingleRun(path):
        pass


async def test_a_stopped_sender_that_wakes_up_late_sends_nothing(postgresql_url: str) -> None:
    async with opened(postgresql_url) as one, opened(postgresql_url) as other:
        await empty(one)
        stopped, standby = Stage(one), Stage(other)
        await stopped.subscribe(*some(private, 5))
        stopped.outbox = stopped.new_outbox(exclusive=False)
        await stopped.tick()
        assert stopped.outbox.is_sender

        # SIGSTOP, as its own clock and the database see it: time passes, and nobody renews.
        stopped.clock.advance(seconds=10)
        await _run_out(one)
        standby.outbox = standby.new_outbox(exclusive=False)
        await standby.run()
        await stopped.run()

        assert len(standby.transport.texts()) == 5
        assert stopped.transport.texts() == []
        await standby.stop()
        await stopped.stop()


async def test_what_a_dead_sender_had_in_hand_is_taken_over(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(*some(private, 3))
    await stage.tick()
    async with stage.database.write() as connection:
        await connection.exec_driver_sql("UPDATE deliveries SET state = 'leased', epoch = 1 WHERE chat = 1")
        await connection.exec_driver_sql("UPDATE deliveries SET state = 'sending', epoch = 1 WHERE chat = 2")

    await stage.crash()
    await stage.run()

    assert await stage.rows("chat", "state", "reason") == [
        (1, "sent", None),
        (2, "uncertain", "crash"),
        (3, "sent", None),
    ]


async def test_a_late_answer_under_an_old_epoch_changes_nothing(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private())
    taken_over = asyncio.Event()

    async def another_takes_over(_: object) -> None:
        async with stage.database.write() as connection:
            await connection.exec_driver_sql("UPDATE deliveries SET epoch = 99, state = 'leased'")
        taken_over.set()

    stage.transport.before_answer = another_takes_over
    await stage.run()

    assert taken_over.is_set()
    assert await stage.rows("state", "epoch") == [("leased", 99)]


async def test_stopping_gives_back_what_was_not_sent(stage: Stage) -> None:
    await stage.subscribe(*some(private, 40))
    stage.transport.default = failing(Fate.PASSING, "flood", retry_after_s=30)
    await stage.tick()
    running = asyncio.create_task(stage.outbox.run_workers())
    await asyncio.sleep(0.05)

    async with asyncio.timeout(5):
        await stage.outbox.stop()
        await running

    assert set(await stage.states()) == {"due"}
    assert stage.transport.texts() == []


async def test_stopping_waits_for_what_is_in_flight(stage: Stage) -> None:
    await stage.subscribe(private())
    answered = asyncio.Event()

    async def slowly(_: object) -> None:
        answered.set()
        await asyncio.sleep(0.2)

    stage.transport.before_answer = slowly
    await stage.tick()
    running = asyncio.create_task(stage.outbox.run_workers())
    await answered.wait()

    await stage.outbox.stop()
    await running

    assert await stage.rows("state", "day") == [("sent", DAY)]


async def _run_out(database: Database) -> None:
    async with database.write() as connection:
        await connection.exec_driver_sql("UPDATE sender SET until = 0")
