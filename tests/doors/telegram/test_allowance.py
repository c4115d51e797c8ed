"""What is done in silence for a chat that writes too much."""

from datetime import UTC, datetime, timedelta

from bot.doors.telegram.allowance import BURST, Allowance

NOW = datetime(2027, 2, 20, tzinfo=UTC)


def test_a_flood_gets_a_burst_and_then_little_by_little() -> None:
    allowance = Allowance()
    taken = [allowance.take("one", NOW + timedelta(milliseconds=n)) for n in range(3000)]
    assert sum(taken[:100]) == BURST
    assert sum(taken) == BURST + 5
    assert allowance.take("other", NOW)


def test_who_has_waited_has_everything_again() -> None:
    allowance = Allowance()
    for now in (NOW, NOW + timedelta(minutes=1)):
        assert sum(allowance.take("one", now) for _ in range(BURST * 2)) == BURST
