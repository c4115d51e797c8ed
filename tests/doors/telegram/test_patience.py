"""How long is waited after failed polls, and what is said of them."""

from structlog.testing import capture_logs

from bot.doors.telegram.patience import Patience
from bot.outbox.transport import Fate, TransportError

CUT = TransportError(Fate.PASSING, "connection_cut")


def test_waits_double_up_to_thirty_seconds_and_begin_anew() -> None:
    patience = Patience()
    with capture_logs():
        assert [patience.delay_s(CUT) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
        patience.well()
        assert patience.delay_s(CUT) == 1


def test_what_telegram_asks_for_is_waited_for() -> None:
    with capture_logs():
        assert Patience().delay_s(TransportError(Fate.PASSING, "http_429", retry_after_s=10072)) == 10072


def test_first_conflict_is_the_last_poll_of_the_process_before() -> None:
    patience, conflict = Patience(), TransportError(Fate.PASSING, "other_reader")
    with capture_logs() as logs:
        patience.delay_s(conflict)
        assert logs == []
        patience.delay_s(conflict)
        patience.delay_s(conflict)
    assert [log["reason"] for log in logs] == ["other_reader"]
