"""Several processes, one operators' chat: any of them takes a press, the one that sends carries it out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.agenda.occurrences import Rules
from bot.app.operators.actions import Actions
from bot.app.operators.actions import Told as Saying
from bot.app.operators.desk import Desk
from bot.app.operators.listing import Listing
from bot.app.operators.memory import MISSED, keep
from bot.app.operators.office import Office
from bot.outbox.orders import button_data, offer
from bot.outbox.tables import deliveries
from tests.app.operators.scene import OPERATORS, Told
from tests.app.operators.test_listing import CALENDAR, MINSK
from tests.outbox.stage import NOON

OPERATOR = int(OPERATORS.chat)


class Process:
    """One of them."""

    def __init__(self, operators: Told, *, sends: bool) -> None:
        self.sends = sends
        self.done: list[str] = []
        self.operators = operators
        actions = Actions()
        actions.add("note", self._note)
        where = (operators.chat, operators.database)
        say = operators.reporting.say
        listing = Listing(*where, lambda: CALENDAR, Rules(), zone=MINSK, say=say)
        self.office = Office(
            Desk(*where, actions, say=say), listing, operators.reporting, operators.database, lambda: self.sends
        )

    async def _note(self, about: str, _: object) -> Saying:
        self.done.append(about)
        return Saying(f"Noted: {about}")


@asynccontextmanager
async def running(*processes: Process) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(process.office.run()) for process in processes]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def pair(operators: Told) -> tuple[Process, Process]:
    """One that sends, and one that stands by."""
    operators.start()
    return Process(operators, sends=True), Process(operators, sends=False)


async def test_a_press_that_reaches_another_process_is_carried_out_at_the_senders_tick(
    pair: tuple[Process, Process], operators: Told
) -> None:
    sender, standby = pair
    [token] = await offer(operators.database, [("note", "it")], NOON.replace(year=2030))
    async with running(sender, standby):
        told = await standby.office.press(OPERATORS, OPERATOR, button_data(token), NOON)
        standby.office.tick(NOON)
        await asyncio.sleep(0)
        assert (told, sender.done, standby.done) == ("Ordered. What came of it follows here.", [], [])

        sender.office.tick(NOON)
        await operators.until(lambda: "Noted: it" in operators.texts)

    assert (sender.done, standby.done) == (["it"], [])


async def test_who_takes_over_carries_out_what_was_ordered_meanwhile(
    pair: tuple[Process, Process], operators: Told
) -> None:
    _, standby = pair
    [token] = await offer(operators.database, [("note", "it")], NOON.replace(year=2030))
    async with running(standby):
        await standby.office.press(OPERATORS, OPERATOR, button_data(token), NOON)
        standby.sends = True
        standby.office.tick(NOON)
        await operators.until(lambda: "Noted: it" in operators.texts)


async def test_only_the_sender_lists_the_days_ahead(pair: tuple[Process, Process], operators: Told) -> None:
    async with running(*pair):
        for process in pair:
            process.office.tick(NOON)
        await operators.until(lambda: operators.texts)
        pair[1].office.tick(NOON)

    assert [text[:9] for text in operators.texts] == ["Posted on"]


async def test_what_an_earlier_run_left_is_told_once_at_the_start(operators: Told) -> None:
    await keep(operators.database, MISSED, '{"2027-02-19": 3}')
    row = {"day": NOON.date(), "slot": "day", "transport": "telegram", "state": "uncertain"}
    until = NOON.replace(hour=21)
    async with operators.database.write() as connection:
        rows = [row | {"chat": chat, "expires_at": until, "next_at": until} for chat in (1, 2)]
        await connection.execute(deliveries.insert(), rows)
    process = Process(operators, sends=True)
    operators.start()
    before_nine = NOON.replace(hour=3)
    async with running(process):
        for _ in range(3):
            process.office.tick(before_nine)
            await operators.until(lambda: operators.texts)

    [text] = operators.texts
    assert "2027-02-19: 3" in text
    assert "wait for your decision: 2." in text


async def test_a_press_from_elsewhere_wakes_nothing(pair: tuple[Process, Process]) -> None:
    [token] = await offer(pair[0].operators.database, [("note", "it")], NOON.replace(year=2030))

    assert await pair[0].office.press(OPERATORS, 78, button_data(token), NOON) is None
