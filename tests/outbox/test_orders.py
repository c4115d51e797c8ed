"""Orders: a button is obeyed once, whoever presses it, however often, and whatever ends in the midst of it."""

import asyncio
from datetime import timedelta

from bot.database import Database
from bot.outbox.orders import (
    Order,
    Step,
    again,
    button_data,
    done,
    forget_orders,
    interrupted,
    offer,
    press,
    take,
    token_of,
)
from tests.outbox.stage import NOON

TOMORROW = NOON + timedelta(days=1)


async def offered(database: Database, action: str = "resume", about: str = "") -> str:
    [token] = await offer(database, [(action, about)], TOMORROW)
    return token


async def test_of_many_presses_one_orders(either: Database) -> None:
    token = await offered(either)

    steps = await asyncio.gather(*(press(either, token, NOON) for _ in range(5)))

    assert sorted(map(str, steps)) == ["offered", *["ordered"] * 4]


async def test_an_order_is_taken_once_and_stays_done(either: Database) -> None:
    token = await offered(either, "hold", "person:ihar-losik")
    await press(either, token, NOON)

    taken = [order for order in await asyncio.gather(*(take(either) for _ in range(3))) if order is not None]
    assert [(order.action, order.about) for order in taken] == [("hold", "person:ihar-losik")]

    await done(either, taken[0])
    assert (await press(either, token, NOON), await take(either)) == (Step.DONE, None)


async def test_orders_are_taken_in_the_order_of_their_buttons(either: Database) -> None:
    tokens = await offer(either, [("first", ""), ("second", "")], TOMORROW)
    for token in reversed(tokens):
        await press(either, token, NOON)

    taken = [await take(either), await take(either)]
    assert [order.action for order in taken if order] == ["first", "second"]


async def test_what_a_run_did_not_end_is_found_by_the_next(either: Database) -> None:
    await press(either, await offered(either), NOON)
    order = await take(either)
    assert isinstance(order, Order)

    assert await interrupted(either) == [order]
    await again(either, order)
    assert (await interrupted(either), await take(either)) == ([], order)


async def test_a_token_that_was_never_given_orders_nothing(either: Database) -> None:
    await offered(either)

    assert await press(either, "guessed", NOON) is None
    assert await take(either) is None


async def test_a_button_whose_time_is_over_orders_nothing_and_is_forgotten(either: Database) -> None:
    late, in_time = await offered(either), await offered(either)
    await press(either, in_time, NOON)

    assert await press(either, late, TOMORROW) is None
    await forget_orders(either, TOMORROW)
    assert await take(either) is not None
    assert await press(either, late, NOON) is None


def test_a_token_is_read_from_a_button_alone() -> None:
    assert token_of(button_data("abc")) == "abc"
    assert token_of("/why ihar-lednik") is None
    assert len(button_data("x" * 22).encode()) <= 64
