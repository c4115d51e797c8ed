"""answerCallbackQuery, answerInlineQuery."""

import re
from typing import Any

from tests.telegram.errors import ApiError, bad_request
from tests.telegram.links import checked_link
from tests.telegram.markup import check_markup
from tests.telegram.methods import Call
from tests.telegram.parameters import Parameters
from tests.telegram.text import read_text

MAX_NOTICE = 200
MAX_RESULTS = 50
MAX_ID_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(call: Call) -> bool:
    """Answer the press of a button."""
    parameters = call.parameters
    text, url = parameters.text("text"), parameters.text("url")
    if len(text) > MAX_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and checked_link(url) is None:
        raise bad_request("URL_INVALID")
    keep(call, "callback_query_id", {"text": text, "show_alert": parameters.flag("show_alert"), "url": url})
    return True


def answer_inline_query(call: Call) -> bool:
    """Answer an inline query with at most 50 results."""
    parameters = call.parameters
    results = check_results(parameters.json("results", "JSON encoded inline query results"))
    button = check_results_button(parameters.json("button", "inline query results button"))
    if len(parameters.text("next_offset").encode()) > MAX_ID_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = {
        "results": results,
        "button": button,
        "cache_time": parameters.integer("cache_time", 300),
        "is_personal": parameters.flag("is_personal"),
        "next_offset": parameters.text("next_offset"),
    }
    keep(call, "inline_query_id", answer)
    return True


def keep(call: Call, name: str, answer: dict[str, Any]) -> None:
    """Note the answer to a query that still waits for one."""
    state = call.state
    query = state.queries.get(call.parameters.text(name))
    if query is None or query.expires_at < state.clock.now():
        raise bad_request(TOO_OLD)
    state.answers[query.id] = answer


def refused(reason: str) -> ApiError:
    return bad_request(f"can't parse inline query result: {reason}")


def check_results(results: Any) -> list[dict[str, Any]]:
    if results is None:
        return []
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    for result in results:
        check_result(result)
    ids = [result["id"] for result in results]
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def check_result(result: Any) -> None:
    if not isinstance(result, dict):
        raise refused("Inline query result must be an object")
    for name in ("type", "id"):
        if not isinstance(result.get(name), str):
            raise refused(f'Can\'t find field "{name}"')
    if not 1 <= len(result["id"].encode()) <= MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if result["type"] == "article":
        if not result.get("title"):
            raise bad_request("ARTICLE_TITLE_EMPTY")
        if not isinstance(result.get("input_message_content"), dict):
            raise refused("Input message content is not specified")
    content = result.get("input_message_content")
    if isinstance(content, dict) and "message_text" in content:
        read_text(Parameters({**content, "text": content["message_text"]}))
    if result.get("reply_markup") is not None:
        check_markup(result["reply_markup"])


def check_results_button(button: Any) -> dict[str, Any] | None:
    if button is None:
        return None
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline query results button: InlineQueryResultsButton must be an Object")
    if "start_parameter" in button and not START_PARAMETER.fullmatch(str(button["start_parameter"])):
        raise bad_request("START_PARAM_INVALID")
    return button
