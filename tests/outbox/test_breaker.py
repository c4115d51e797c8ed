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
    assert breaker.succeeded(99) == breaker.ended() == []
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

    assert [suspect.chat for suspect in breaker.succeeded(99)] == [1, 2]
    assert breaker.succeeded(99) == []


def test_five_per_cent_of_a_broadcast_open_it_though_sends_succeed_between() -> None:
    breaker = Breaker()
    for chat in range(24):
        breaker.gone(gone(chat))
        breaker.succeeded(99)
        breaker.sized(500)
    assert not breaker.is_open

    breaker.gone(gone(24))
    breaker.sized(500)

    assert breaker.is_open


def test_a_small_broadcast_needs_twenty_all_the_same() -> None:
    breaker = Breaker()
    for chat in range(19):
        breaker.gone(gone(chat))
        breaker.succeeded(99)
        breaker.sized(50)

    assert not breaker.is_open


def test_a_broadcast_that_ended_begins_the_count_anew() -> None:
    breaker = Breaker()
    breaker.succeeded(99)
    for chat in range(19):
        breaker.gone(gone(chat))

    assert len(breaker.ended()) == 19
    breaker.gone(gone(19))

    assert not breaker.is_open


def test_where_nothing_was_ever_sent_the_end_pauses_only_who_knows_the_bot() -> None:
    breaker = Breaker()
    breaker.gone(gone(1))
    breaker.gone(Gone(2, 102, "blocked", knows_us=True))

    assert [suspect.chat for suspect in breaker.ended()] == [2]
    assert [suspect.chat for suspect in breaker.doubted()] == [1]


def test_who_is_doubted_is_tried_again_once_for_each_answer() -> None:
    breaker = Breaker()
    breaker.gone(gone(1))
    breaker.ended()

    assert len(breaker.doubted()) == 1
    assert breaker.doubted() == []
    breaker.gone(gone(1))
    assert len(breaker.doubted()) == 1


def test_a_later_success_pauses_whoever_was_doubted_but_not_itself() -> None:
    breaker = Breaker()
    breaker.gone(gone(1))
    breaker.gone(gone(2))
    breaker.ended()
    breaker.doubted()

    assert [suspect.chat for suspect in breaker.succeeded(2)] == [1]


def test_after_a_success_the_end_pauses_all() -> None:
    breaker = Breaker()
    breaker.succeeded(99)
    breaker.ended()
    breaker.gone(gone(1))

    assert [suspect.chat for suspect in breaker.ended()] == [1]
    assert breaker.doubted() == []
