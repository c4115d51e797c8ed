"""Where operators' presses are taken and what they ordered is carried out.

A press may reach any process and only writes the order down; the process that sends carries it out,
so that there is one way for one process and for several.
"""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Final

import structlog

from bot.app.operators.actions import Action, Actions, Told
from bot.app.operators.chat import OperatorsChat
from bot.chats.address import Address
from bot.database import Database
from bot.errors import VigilError
from bot.outbox.orders import Order, Step, again, done, forget_orders, interrupted, press, take, token_of

_ANSWERS: Final = {
    Step.OFFERED: "Ordered. What came of it follows here.",
    Step.ORDERED: "Ordered already.",
    Step.TAKEN: "Ordered already: it is being carried out.",
    Step.DONE: "Already done.",
    None: "This button is too old: nothing was done.",
}

_log = structlog.get_logger(__name__)


class Desk:
    """Takes presses, and carries orders out while `may_work`; `say` tells the operators what came of them."""

    def __init__(
        self, chat: OperatorsChat, database: Database, actions: Actions, *, say: Callable[[Told], None]
    ) -> None:
        self._chat = chat
        self._database = database
        self._actions = actions
        self._say = say
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._forgot_on: date | None = None

    async def press(self, address: Address, user_id: int | None, data: str, now: datetime) -> str | None:
        """Write an order down, and what the person is answered; None where she is no operator or it is no order."""
        token = token_of(data)
        if token is None or not self._chat.is_from_here(address, user_id):
            return None
        try:
            return _ANSWERS[await press(self._database, token, now)]
        except VigilError as exc:
            _log.warning("an order could not be written down", reason=str(exc))
            return "The database cannot be written now: press again."

    async def take_up(self, now: datetime) -> None:
        """Take in what an earlier run ordered and did not end: done again where that does no harm, else told."""
        for order in await interrupted(self._database):
            if order.id in self._under_way:
                continue
            action = self._actions.get(order.action)
            if action is None or action.repeatable:
                await again(self._database, order)
            else:
                await done(self._database, order)
                self._say(Told(f"Interrupted, and perhaps done: {order.action}. It is not done again by itself."))

    async def work(self, now: datetime) -> None:
        """Begin to carry out what was ordered; a long order does not keep the next waiting."""
        if self._forgot_on != now.date():
            await forget_orders(self._database, now)
            self._forgot_on = now.date()
        while (order := await take(self._database)) is not None:
            task = asyncio.create_task(self._carry_out(order, now))
            self._under_way[order.id] = task
            task.add_done_callback(partial(self._ended, order.id))

    def _ended(self, number: int, _: asyncio.Task[None]) -> None:
        del self._under_way[number]

    async def stop(self) -> None:
        """End what is under way; the next run takes it up."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry_out(self, order: Order, now: datetime) -> None:
        action = self._actions.get(order.action)
        try:
            self._say(await _outcome(action, order, now))
            await done(self._database, order)
        except VigilError as exc:
            _log.warning("what became of an order could not be written down", reason=str(exc))


async def _outcome(action: Action | None, order: Order, now: datetime) -> Told:
    if action is None:
        return Told(f"This version of Vigil knows no such order: {order.action}. Nothing was done.")
    try:
        return await action.perform(order.about, now)
    except VigilError as exc:
        return Told(f"Not done: {exc}")
    except Exception as exc:  # the next order must be carried out all the same
        _log.error("an order failed", action=order.action, error=type(exc).__name__)
        return Told(f"Not done, or not wholly: {order.action} failed ({type(exc).__name__}).")
