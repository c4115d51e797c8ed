"""Whether an HTTP answer is the Bot API's own. Pure."""

import json
import re
from typing import Any, Final

from bot.transports.telegram_request_errors import AnswerError, FloodError

# Refusals that python-telegram-bot turns into errors of their own, where the Bot API words them.
_TOLD: Final = frozenset({400, 401, 403, 404, 409})
_OK: Final = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\b')


def check_answer(status: int, payload: bytes) -> None:
    """Raise AnswerError unless the Bot API itself answers, and with a status that says something certain.

    A proxy's page with status 403 is no word about a chat, and `ok: false` comes with status 200 at
    times. FloodError where it asks to wait.
    """
    if status == 200 and _OK.match(payload):
        return
    answer = _told(payload)
    if status == 200 and answer.get("ok"):
        return
    refused = answer.get("ok") is False
    wait_s = _wait_s(answer)
    if status == 429 or (refused and wait_s is not None):
        raise FloodError(wait_s)
    if not (refused and status in _TOLD and isinstance(answer.get("description"), str)):
        raise AnswerError(status, refused=refused)


def _told(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) and isinstance(answer.get("ok"), bool) else {}


def _wait_s(answer: dict[str, Any]) -> float | None:
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(wait) if isinstance(wait, int | float) else None
