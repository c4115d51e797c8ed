"""When many chats refuse together, it is not about the chats."""

from bot.outbox.breaker import Breaker, Gone


def gone(chat: int) -> Gone:
    return Gone(chat, 100 + chat, "not_found")


def test_twenty_in_a_row_open_it_and_pause_nobody() -> None:
    breaker = Breaker()
    for chat in range(20):
        assert not breaker.is_open
        breaker.gone(gone(chat))

    assert breaker.is_open
    assert breaker.succeeded() == breaker.ended() == []
    assert len(breaker.disbelieved()) == 20


def test_one_chat_twenty_times_is_one_chat() -> None:
    breaker = Breaker()
    for _ in range(40):
        breaker.gone(gone(1))

    assert not breaker.is_open


def test_a_success_believes_those_before_it() -> None:
    breaker = Breaker()
    breaker.gone(gone(1))
    breaker.gone(gone(2))

    assert [suspect.chat for suspect in breaker.succeeded()] == [1, 2]
    assert breaker.succeeded() == []


def test_five_per_cent_of_a_broadcast_open_it_though_sends_succeed_between() -> None:
    breaker = Breaker()
    for chat in range(24):
        breaker.gone(gone(chat))
        breaker.succeeded()
        breaker.sized(500)
    assert not breaker.is_open

    breaker.gone(gone(24))
    breaker.sized(500)

    assert breaker.is_open


def test_a_small_broadcast_needs_twenty_all_the_same() -> None:
    breaker = Breaker()
    for chat in range(19):
        breaker.gone(gone(chat))
        breaker.succeeded()
        breaker.sized(50)

    assert not breaker.is_open


def test_a_broadcast_that_ended_begins_the_count_anew() -> None:
    breaker = Breaker()
    for chat in range(19):
        breaker.gone(gone(chat))

    assert len(breaker.ended()) == 19
    breaker.gone(gone(19))

    assert not breaker.is_open
