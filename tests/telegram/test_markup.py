"""Keyboards."""

from typing import Any

import pytest

from tests.telegram.errors import ApiError
from tests.telegram.markup import check_markup


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**action: Any) -> dict[str, Any]:
    return {"text": "x", **action}


@pytest.mark.parametrize(
    "action",
    [
        {"callback_data": "д" * 32},
        {"url": "https://t.me/vigil_bot?start=1"},
        {"url": "tg://resolve?domain=vigil_bot"},
        {"switch_inline_query": ""},
        {"copy_text": {"text": "x"}},
    ],
)
def test_button_passes(action: dict[str, Any]) -> None:
    assert check_markup(inline([button(**action)])) == inline([button(**action)])


def test_address_without_scheme_becomes_http() -> None:
    assert check_markup(inline([button(url="Vigil.example")])) == inline([button(url="http://vigil.example/")])


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (button(callback_data=""), "BUTTON_DATA_INVALID"),
        (button(callback_data="д" * 33), "BUTTON_DATA_INVALID"),
        (button(url="ftp://vigil.example"), "BUTTON_URL_INVALID"),
        (button(url="javascript:alert(1)"), "BUTTON_URL_INVALID"),
        (button(url="mailto:x@vigil.example"), "BUTTON_URL_INVALID"),
        (button(url="http://localhost:8080"), "BUTTON_URL_INVALID"),
        (button(url=""), "BUTTON_URL_INVALID"),
        (button(url="https://a.example", callback_data="x"), "BUTTON_TYPE_INVALID"),
        (
            button(),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ],
)
def test_button_is_refused(given: Any, refusal: str) -> None:
    with pytest.raises(ApiError) as caught:
        check_markup(inline([given]))
    assert caught.value.description == f"Bad Request: {refusal}"


@pytest.mark.parametrize("rows", [[9], [8] * 13])
def test_keyboard_is_too_long(rows: list[int]) -> None:
    with pytest.raises(ApiError, match="reply markup is too long"):
        check_markup(inline(*[[button(callback_data="x")] * count for count in rows]))


def test_hundred_buttons_in_rows_of_eight_pass() -> None:
    rows = [[button(callback_data="x")] * 8] * 12 + [[button(callback_data="x")] * 4]
    assert check_markup(inline(*rows)) == inline(*rows)


def test_empty_inline_keyboard_is_none() -> None:
    assert check_markup(inline()) is None
    assert check_markup(inline([])) is None


@pytest.mark.parametrize(
    "markup",
    [{"keyboard": [["/today", {"text": "/help"}]]}, {"remove_keyboard": True}, {"force_reply": True}],
)
def test_other_keyboards_pass(markup: dict[str, Any]) -> None:
    assert check_markup(markup) == markup


@pytest.mark.parametrize("markup", [[], {"inline_keyboard": {}}, {"inline_keyboard": [{}]}, {"keyboard": [[""]]}])
def test_malformed_markup_is_refused(markup: Any) -> None:
    with pytest.raises(ApiError):
        check_markup(markup)
