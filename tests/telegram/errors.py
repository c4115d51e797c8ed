"""What the server answers when it refuses, worded as Telegram words it."""


class ApiError(Exception):
    """A refusal: the HTTP status, which is also `error_code`, the description and the response parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(text: str) -> ApiError:
    """Return a 400."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """Return a 403."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """Return a 409."""
    return ApiError(409, f"Conflict: {text}")


def too_many(retry_after_s: int) -> ApiError:
    """Return a 429 that says after how many whole seconds to try again."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after_s}", {"retry_after": retry_after_s})


def migrated(chat_id: int) -> ApiError:
    """Return the 400 of a group that became the supergroup `chat_id`."""
    text = "group chat was upgraded to a supergroup chat"
    return ApiError(400, f"Bad Request: {text}", {"migrate_to_chat_id": chat_id})
