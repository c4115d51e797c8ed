"""Notices are joined by what they are about, told once, and told again when something has changed."""

from datetime import date
from math import inf

import pytest

from bot.app.operators.board import AGAIN_S, APART_S, Board
from bot.outbox.notices import (
    Corrected,
    Doubted,
    LeftUncertain,
    Mended,
    Missed,
    Notice,
    Paused,
    Stopped,
    ToCorrect,
    Trouble,
)

DAY, NEXT = date(2027, 2, 20), date(2027, 2, 21)


@pytest.mark.parametrize(
    ("notices", "joined"),
    [
        ([Missed({DAY: 2}), Missed({DAY: 3, NEXT: 1})], [Missed({DAY: 5, NEXT: 1})]),
        ([Paused({"blocked": 1}), Paused({"blocked": 1, "kicked": 2})], [Paused({"blocked": 2, "kicked": 2})]),
        ([LeftUncertain(2, 2), LeftUncertain(1, 3)], [LeftUncertain(3, 3)]),
        ([Corrected(1, 0, {"gone": 1}), Corrected(2, 1, {"gone": 1})], [Corrected(3, 1, {"gone": 2})]),
        ([ToCorrect(1, 9), ToCorrect(2, 12)], [ToCorrect(2, 12)]),
        ([LeftUncertain(0, 4), LeftUncertain(1, 5)], [LeftUncertain(1, 5)]),
        ([Stopped("telegram", "breaker", 20), Stopped("telegram", "token")], [Stopped("telegram", "token")]),
        ([Trouble("full"), Trouble("full"), Trouble("clock")], [Trouble("full"), Trouble("clock")]),
        ([Mended("too_long", ("a",))] * 500, [Mended("too_long", ("a",))]),
    ],
)
def test_what_is_about_the_same_is_one_notice(notices: list[Notice], joined: list[Notice]) -> None:
    board = Board()
    for notice in notices:
        board.add(notice, 0)

    assert board.take() == joined


def test_the_first_is_told_at_once_and_the_next_a_while_after() -> None:
    board = Board()
    assert board.opens_at() == inf

    board.add(Trouble("full"), 100)
    assert board.opens_at() <= 100

    board.told(board.take(), 100)
    board.add(Paused({"blocked": 1}), 101)
    assert board.opens_at() == 100 + APART_S


def test_what_could_not_be_told_is_joined_with_what_came_since() -> None:
    board = Board()
    board.add(LeftUncertain(2, 2), 0)
    board.add(Missed({DAY: 1}), 0)
    taken = board.take()
    board.add(LeftUncertain(1, 3), 1)

    board.put_back(taken)

    assert board.take() == [LeftUncertain(3, 3), Missed({DAY: 1})]


@pytest.mark.parametrize(
    "notice", [Trouble("full"), Mended("too_long", ("a",), given_up=True), Doubted("telegram", {"blocked": 2})]
)
def test_what_happens_again_and_again_is_told_again_an_hour_later(notice: Notice) -> None:
    board = Board()
    board.add(notice, 0)
    board.told(board.take(), 0)

    board.add(notice, AGAIN_S - 1)
    assert board.take() == []
    board.add(notice, AGAIN_S)
    assert board.take() == [notice]


def test_a_second_stop_is_told_however_soon() -> None:
    board = Board()
    for now in (0, 1):
        board.add(Stopped("telegram", "breaker", 20), now)
        taken = board.take()
        assert len(taken) == 1
        board.told(taken, now)
