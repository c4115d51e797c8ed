"""Every failed request to the Bot API, sorted once: what it means for the chat, the post, the sending.

The order of the checks matters: python-telegram-bot's BadRequest and TimedOut are NetworkErrors.
"""

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken

from bot.outbox.transport import Fate, Mend, TransportError
from bot.transports.telegram_refusals import BAD_REQUEST, FORBIDDEN, OTHER_READER, WEBHOOK_SET, Refusal, refusal
from bot.transports.telegram_request_errors import (
    AnswerError,
    DoubtfulError,
    FloodError,
    UnsentError,
    WithheldError,
)


def sorted_error(exc: Exception) -> TransportError:  # noqa: PLR0911 - a table, one row a case
    """What a failed request means; anything unforeseen (a result without its fields) is uncertain."""
    match exc:
        case TransportError():
            return exc
        case WithheldError():
            return exc.why
        case UnsentError():
            return TransportError(Fate.PASSING, exc.cause)
        case DoubtfulError():
            return TransportError(Fate.UNCERTAIN, exc.cause)
        case FloodError():
            return TransportError(Fate.PASSING, exc.cause, retry_after_s=exc.retry_after_s)
        case AnswerError():
            return _by_status(exc)
        case ChatMigrated():
            return TransportError(Fate.MIGRATED, "upgraded", migrate_to=str(exc.new_chat_id))
        case InvalidToken():
            return TransportError(Fate.STOP, "token_refused")
        case Conflict():
            return TransportError(Fate.PASSING, WEBHOOK_SET if "webhook" in exc.message else OTHER_READER)
        case Forbidden():
            return _by_wording(refusal(FORBIDDEN, exc.message))
        case BadRequest():
            return _by_wording(refusal(BAD_REQUEST, exc.message))
        case _:
            return TransportError(Fate.UNCERTAIN, "odd_answer")


def _by_wording(row: Refusal) -> TransportError:
    return TransportError(row.fate, row.reason, mend=row.mend, knows_us=row.knows_us)


def _by_status(exc: AnswerError) -> TransportError:
    """An answer that says nothing certain of the chat: it never pauses one.

    A gateway that timed out (504, Cloudflare's 52x) or a page with status 200 leaves doubt; the rest
    was refused on the way, and is looked at where that is possible.
    """
    if exc.status == 413:
        return TransportError(Fate.POST_BAD, exc.cause, mend=Mend.NO_PICTURE)
    doubtful = exc.status >= 504 or (200 <= exc.status < 300 and not exc.refused)
    return TransportError(Fate.UNCERTAIN if doubtful else Fate.LOOK_FIRST, exc.cause)
