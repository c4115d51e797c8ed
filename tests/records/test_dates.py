"""Partial dates keep the precision they were given, and agree with the `edtf` rules they follow."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.dates import PartialDate

days = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@given(days)
def test_a_day_is_one_day(day: date) -> None:
    parsed = PartialDate.parse(day.isoformat())

    assert (parsed.first, parsed.last, parsed.day, parsed.month) == (day, day, day, None)


@given(days)
def test_a_month_spans_its_days_and_has_none(day: date) -> None:
    parsed = PartialDate.parse(day.isoformat()[:7])

    assert parsed.first <= day <= parsed.last
    assert (parsed.day, parsed.month) == (None, (day.year, day.month))


@given(days, days)
def test_a_span_begins_before_it_ends_or_is_refused(one: date, two: date) -> None:
    text = f"[{one.isoformat()}..{two.isoformat()}]"
    if one <= two:
        assert (PartialDate.parse(text).first, PartialDate.parse(text).last) == (one, two)
    else:
        with pytest.raises(ValueError, match="ends before it begins"):
            PartialDate.parse(text)


@given(st.sampled_from(["2024-02-20", "2021-05", "2022", "[2023-02..2023-03]", "2023~", "2023-01?", "2023-01-05%"]))
def test_what_was_written_is_kept(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["2023~", "2023-05?", "2023-05-05%"])
def test_a_qualified_date_is_on_no_day_and_in_no_month(text: str) -> None:
    parsed = PartialDate.parse(text)

    assert (parsed.day, parsed.month) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-2-20",
        "2024-02-30",
        "2023-02-29",
        "2024-13",
        "0000",
        "20.02.2024",
        "2024-02-20T10:00",
        "２０２４",
    ],
)
def test_anything_else_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|does not exist"):
        PartialDate.parse(text)
