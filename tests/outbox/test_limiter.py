"""Rates as the other side sees them, and who waits for whom."""

import asyncio
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chats.address import Address, ChatKind
from bot.outbox.limiter import Limiter, WithdrawnError
from bot.outbox.windows import Rates, RoundTrip, Window
from tests.outbox.stage import channel, private, some


@given(
    st.integers(1, 30),
    st.floats(0.5, 60),
    st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, 0.5), st.floats(0, 1)), min_size=1, max_size=150),
)
def test_no_window_of_the_other_side_ever_holds_too_many(
    count: int, seconds: float, requests: list[tuple[float, float, float]]
) -> None:
    """Requests arrive somewhere between being written and being answered; the window never knows where."""
    window = Window(count, seconds)
    now = 0.0
    ends: list[tuple[float, float]] = []  # answered at, arrived by
    arrivals: list[float] = []
    for pause, taken, part in requests:
        now += pause
        while True:
            for answered_at, _ in [end for end in ends if end[0] <= now]:
                window.end(answered_at)
            ends = [end for end in ends if end[0] > now]
            free_at = window.free_at(now)
            if free_at <= now:
                break
            now = min([free_at, *(answered_at for answered_at, _ in ends)])
        window.begin()
        arrivals.append(now + taken * part)
        ends.append((now + taken, now + taken * part))

    arrivals.sort()
    for first, last in zip(arrivals, arrivals[count:], strict=False):
        assert last - first >= seconds


@given(st.floats(0.01, 0.2), st.lists(st.floats(0, 1), min_size=1, max_size=100))
@example(0.125, [0.0] * 40 + [1.0] * 40)
def test_a_request_has_arrived_by_when_the_round_trip_says(back_s: float, delays: list[float]) -> None:
    """The way there may take longer than usual; the way back takes at least most of the shortest round trip."""
    round_trip = RoundTrip()
    for number, delay in enumerate([*delays, 0.0, *delays, *delays]):
        bound = round_trip.arrived_by(0.0, delay + back_s)

        learnt = 0.0 in delays[:number] or number > len(delays)
        assert bound >= delay - 1e-9 or not learnt


def test_rates_below_one_are_one_in_a_longer_while() -> None:
    window = Window.of_rate(0.25)
    window.begin()
    window.end(0.0)

    assert 4.0 <= window.free_at(0.0) < 4.1


async def test_the_rate_of_all_together_is_never_passed() -> None:
    limiter = Limiter(Rates(all_per_s=60, private_per_s=1))
    arrivals: list[float] = []

    async def send(address: Address) -> None:
        async with limiter.take(address) as turn:
            turn.written()
            arrivals.append(time.monotonic())
            await asyncio.sleep(0.01)

    await asyncio.gather(*(send(address) for address in some(private, 150)))

    arrivals.sort()
    assert all(last - first >= 1.0 for first, last in zip(arrivals, arrivals[60:], strict=False))


async def test_a_private_chat_gets_one_a_second_and_holds_up_nobody() -> None:
    limiter = Limiter(Rates(all_per_s=1000, private_per_s=1))
    done: list[str] = []

    async def send(address: Address) -> None:
        async with limiter.take(address) as turn:
            turn.written()
            done.append(address.chat)

    one, two = private(1), private(2)
    started = time.monotonic()
    await asyncio.gather(*(send(address) for address in (one, one, two)))

    assert done.index(two.chat) == 1
    assert time.monotonic() - started >= 1


async def test_topics_of_one_forum_share_their_group_s_rate() -> None:
    limiter = Limiter(Rates(all_per_s=1000, group_per_minute=2))
    for thread in (1, 2):
        async with limiter.take(Address("telegram", "-1001", thread, ChatKind.SUPERGROUP)) as turn:
            turn.written()

    assert limiter.wait_s(Address("telegram", "-1001", 3, ChatKind.SUPERGROUP)) > 50
    assert limiter.wait_s(channel()) == 0


async def test_an_answer_to_a_person_overtakes_a_broadcast() -> None:
    limiter = Limiter(Rates(all_per_s=20))
    broadcast: list[float] = []

    async def send(address: Address) -> None:
        async with limiter.take(address) as turn:
            turn.written()
            broadcast.append(time.monotonic())

    sending = [asyncio.create_task(send(address)) for address in some(private, 30)]
    await asyncio.sleep(0.3)
    asked = time.monotonic()
    async with limiter.take(private(99), urgent=True) as turn:
        turn.written()
        waited = time.monotonic() - asked

    assert waited < 0.25
    assert len(broadcast) < 20
    for task in sending:
        task.cancel()
    await asyncio.gather(*sending, return_exceptions=True)


async def test_where_broadcasts_are_paid_for_answers_keep_the_free_limit_to_themselves() -> None:
    limiter = Limiter(Rates(all_per_s=1000, private_per_s=1000, free_per_s=2))
    began = time.monotonic()
    for address in some(private, 50):
        async with limiter.take(address) as turn:
            turn.written()
    broadcast_s = time.monotonic() - began
    for address in some(private, 3):
        async with limiter.take(address, urgent=True) as turn:
            turn.written()

    assert broadcast_s < 0.5
    assert time.monotonic() - began >= 1


async def test_a_turn_that_was_never_written_is_free_again() -> None:
    limiter = Limiter(Rates(all_per_s=1))
    for _ in range(5):
        async with limiter.take(private(), urgent=True):
            pass

    assert limiter.wait_s(private()) == 0


async def test_whoever_gives_up_waiting_takes_nobody_s_turn() -> None:
    limiter = Limiter(Rates(all_per_s=5, private_per_s=100))
    async with limiter.take(private(), urgent=True) as first:
        first.written()
    limiter.hold_all(0.05)
    waiting = asyncio.create_task(_take(limiter, private(2)))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    async with asyncio.timeout(2):
        assert await _take(limiter, private(3)) == "taken"


async def test_a_hold_keeps_its_chat_alone() -> None:
    limiter = Limiter(Rates())
    limiter.hold(private(1), 60)

    assert limiter.wait_s(private(1)) > 59
    assert await _take(limiter, private(2)) == "taken"
    assert limiter.all_held_s == 0


async def test_two_chats_holds_within_a_second_hold_all_for_the_shorter() -> None:
    limiter = Limiter(None)
    limiter.hold(private(1), 10_000)
    limiter.hold(private(1), 10_000)
    assert limiter.all_held_s == 0

    limiter.hold(private(2), 30)

    assert 29 < limiter.all_held_s <= 30


async def test_a_long_hold_gives_waiting_broadcasts_back() -> None:
    limiter = Limiter(Rates(all_per_s=1))
    async with limiter.take(private(1)) as turn:
        turn.written()
    waiting = asyncio.create_task(_take(limiter, private(2)))
    await asyncio.sleep(0)

    limiter.hold_all(60)

    with pytest.raises(WithdrawnError):
        await waiting


async def test_what_is_remembered_of_chats_stays_small() -> None:
    limiter = Limiter(None)
    for address in some(private, 9_000):
        async with limiter.take(address) as turn:
            turn.written()

    assert len(limiter._chats) < 4_500


async def _take(limiter: Limiter, address: Address) -> str:
    async with limiter.take(address) as turn:
        turn.written()
    return "taken"
