"""Keyboards as the server checks them."""

from typing import Any

from tests.telegram.errors import ApiError, bad_request
from tests.telegram.links import checked_link
from tests.telegram.parameters import Parameters

MAX_BUTTONS = 100
MAX_IN_ROW = 8
MAX_DATA_BYTES = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def read_markup(parameters: Parameters) -> dict[str, Any] | None:
    """Return `reply_markup` of a request as the server keeps it."""
    given = parameters.json("reply_markup", "reply keyboard markup")
    return None if given is None else check_markup(given)


def check_markup(given: Any) -> dict[str, Any] | None:
    """Return a keyboard, checked; ApiError where the server refuses it."""
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return check_inline(given["inline_keyboard"])
    if "keyboard" in given:
        check_rows(given["keyboard"], "keyboard")
        for row in given["keyboard"]:
            for button in row:
                check_reply_button(button)
        return given
    if "remove_keyboard" in given or "force_reply" in given:
        return given
    return None


def check_inline(rows: Any) -> dict[str, Any] | None:
    check_rows(rows, "inline_keyboard")
    checked = [[check_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": checked} if checked else None


def check_rows(rows: Any, field: str) -> None:
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" of the reply markup must be an Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" of the reply markup must be an Array of Arrays')
    if sum(len(row) for row in rows) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")


def refused(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def check_button(button: Any) -> dict[str, Any]:
    """Return an inline button; it has a text and exactly one action."""
    if not isinstance(button, dict):
        raise refused("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise refused('Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [action for action in ACTIONS if button.get(action) is not None]
    if not actions:
        raise refused("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    return button | check_action(button, actions[0])


def check_action(button: dict[str, Any], action: str) -> dict[str, Any]:
    value = button[action]
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        link = checked_link(value) if isinstance(value, str) else None
        if link is None:
            raise bad_request("BUTTON_URL_INVALID")
        return {"url": link}
    elif action == "copy_text" and not (isinstance(value, dict) and 1 <= len(str(value.get("text", ""))) <= 256):
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {}


def check_reply_button(button: Any) -> None:
    text = button.get("text") if isinstance(button, dict) else button
    if not isinstance(text, str):
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
