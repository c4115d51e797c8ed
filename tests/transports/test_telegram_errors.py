"""Every answer of the Bot API's error table, over the wire, and what it is sorted into."""

import json
from collections.abc import Awaitable, Callable

import pytest

from bot.chats.address import Address, ChatKind
from bot.outbox.transport import Fate, Mend, Parcel, TransportError
from bot.posts.post import Post
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_errors import sorted_error
from bot.transports.telegram_request_errors import UnsentError
from bot.transports.telegram_wire import Wire
from tests.telegram.server import TOKEN
from tests.transports.pacers import FreePacer
from tests.transports.raw_server import answers, free_port, read_request, reply, serving

CHAT = Address("telegram", "-1009", kind=ChatKind.CHANNEL)
GONE, BAD, PASSING, UNSURE = Fate.CHAT_GONE, Fate.POST_BAD, Fate.PASSING, Fate.UNCERTAIN

REFUSALS = [
    (403, "Forbidden: bot was blocked by the user", GONE, "blocked", None),
    (403, "Forbidden: user is deactivated", GONE, "deactivated", None),
    (403, "Forbidden: bot was kicked from the group chat", GONE, "kicked", None),
    (403, "Forbidden: bot was kicked from the supergroup chat", GONE, "kicked", None),
    (403, "Forbidden: bot was kicked from the channel chat", GONE, "kicked", None),
    (403, "Forbidden: bot is not a member of the channel chat", GONE, "not_a_member", None),
    (403, "Forbidden: the group chat was deleted", GONE, "deleted", None),
    (403, "Forbidden: bot can't initiate conversation with a user", GONE, "never_started", None),
    (403, "Forbidden: something new", GONE, "forbidden", None),
    (400, "Bad Request: group chat was upgraded to a supergroup chat", GONE, "upgraded", None),
    (400, "Bad Request: chat not found", GONE, "chat_not_found", None),
    (400, "Bad Request: PEER_ID_INVALID", GONE, "chat_not_found", None),
    (400, "Bad Request: not enough rights to send text messages to the chat", GONE, "no_rights", None),
    (400, "Bad Request: need administrator rights in the channel chat", GONE, "no_rights", None),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", GONE, "no_rights", None),
    (400, "Bad Request: message thread not found", GONE, "topic_not_found", None),
    (400, "Bad Request: TOPIC_CLOSED", GONE, "topic_closed", None),
    (400, "Bad Request: message is too long", BAD, "too_long", Mend.SHORTER),
    (400, "Bad Request: message caption is too long", BAD, "caption_too_long", Mend.SHORTER),
    (
        400,
        'Bad Request: can\'t parse entities: Unsupported start tag "chat not found"',
        BAD,
        "bad_markup",
        Mend.PLAIN_TEXT,
    ),
    (400, "Bad Request: message text is empty", BAD, "empty", None),
    (400, "Bad Request: BUTTON_DATA_INVALID", BAD, "bad_button", Mend.NO_BUTTONS),
    (
        400,
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed",
        BAD,
        "bad_button",
        Mend.NO_BUTTONS,
    ),
    (400, "Bad Request: reply markup is too long", BAD, "bad_button", Mend.NO_BUTTONS),
    (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", BAD, "bad_picture", Mend.NO_PICTURE),
    (400, "Bad Request: wrong remote file identifier specified: x", BAD, "bad_picture_ref", Mend.NO_PICTURE),
    (400, "Bad Request: message is not modified: specified new message content", BAD, "not_modified", None),
    (400, "Bad Request: message to edit not found", BAD, "message_missing", None),
    (400, "Bad Request: message can't be edited", BAD, "not_editable", None),
    (400, "Bad Request: message to forward not found", BAD, "message_missing", None),
    (400, "Bad Request: something new", BAD, "bad_request", None),
    (401, "Unauthorized", Fate.STOP, "token_refused", None),
    (404, "Not Found", Fate.STOP, "token_refused", None),
    (409, "Conflict: terminated by other getUpdates request", PASSING, "other_reader", None),
    (413, "Request Entity Too Large", BAD, "http_413", Mend.NO_PICTURE),
    (429, "Too Many Requests: retry after 5", PASSING, "http_429", None),
    (500, "Internal Server Error", Fate.LOOK_FIRST, "http_500", None),
    (502, "Bad Gateway", Fate.LOOK_FIRST, "http_502", None),
    (503, "Service Unavailable", Fate.LOOK_FIRST, "http_503", None),
    (504, "Gateway Timeout", UNSURE, "http_504", None),
    (200, "ok is false", Fate.LOOK_FIRST, "http_200", None),
]

PAGES = [
    (200, UNSURE),
    (301, Fate.LOOK_FIRST),
    (401, Fate.LOOK_FIRST),
    (403, Fate.LOOK_FIRST),
    (404, Fate.LOOK_FIRST),
    (407, Fate.LOOK_FIRST),
    (429, PASSING),
    (500, Fate.LOOK_FIRST),
    (502, Fate.LOOK_FIRST),
    (503, Fate.LOOK_FIRST),
    (504, UNSURE),
    (522, UNSURE),
]


async def failure(scene: Callable[..., Awaitable[None]]) -> TransportError:
    async with serving(scene) as server:
        return await failure_at(server.api)


async def failure_at(api: str) -> TransportError:
    async with Wire(TOKEN, api) as wire:
        with pytest.raises(TransportError) as caught:
            await TelegramTransport(wire, FreePacer()).send(CHAT, Parcel(Post("A text")))
    return caught.value


def refused(status: int, description: str, **parameters: int) -> bytes:
    body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return reply(json.dumps(body).encode(), status)


@pytest.mark.parametrize(("status", "description", "fate", "reason", "mend"), REFUSALS)
async def test_refusal_is_sorted(status: int, description: str, fate: Fate, reason: str, mend: Mend | None) -> None:
    error = await failure(answers(refused(status, description)))
    assert (error.fate, error.reason, error.mend) == (fate, reason, mend)


@pytest.mark.parametrize(
    ("status", "description", "knows_us"),
    [
        (403, "Forbidden: bot was blocked by the user", True),
        (403, "Forbidden: user is deactivated", True),
        (403, "Forbidden: bot was kicked from the channel chat", True),
        (400, "Bad Request: message thread not found", True),
        (403, "Forbidden: bot is not a member of the channel chat", False),
        (403, "Forbidden: bot can't initiate conversation with a user", False),
        (400, "Bad Request: chat not found", False),
        (400, "Bad Request: need administrator rights in the channel chat", False),
    ],
)
async def test_only_who_has_met_the_bot_is_said_to_know_it(status: int, description: str, knows_us: bool) -> None:
    error = await failure(answers(refused(status, description)))
    assert (error.fate, error.knows_us) == (GONE, knows_us)


@pytest.mark.parametrize(("status", "fate"), PAGES)
async def test_page_of_a_proxy_pauses_no_chat_and_stops_nothing(status: int, fate: Fate) -> None:
    error = await failure(answers(reply(b"<html>forbidden: chat not found</html>", status)))
    assert (error.fate, error.reason) == (fate, f"http_{status}")


async def test_flood_carries_how_long_to_wait() -> None:
    error = await failure(answers(refused(429, "Too Many Requests: retry after 10072", retry_after=10072)))
    assert (error.fate, error.retry_after_s) == (PASSING, 10072)


async def test_upgraded_group_carries_its_new_id() -> None:
    error = await failure(
        answers(refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100123))
    )
    assert (error.fate, error.migrate_to) == (Fate.MIGRATED, "-100123")


@pytest.mark.parametrize(
    "result", [b'{"ok":true}', b'{"ok":true,"result":{}}', b'{"ok":true,"result":7}', b'{"ok":true,"result":[null]}']
)
async def test_answer_without_a_message_is_uncertain(result: bytes) -> None:
    error = await failure(answers(reply(result)))
    assert (error.fate, error.reason) == (UNSURE, "odd_answer")


async def test_connection_cut_after_the_request_is_uncertain() -> None:
    async def cut(reader: object, _: object) -> None:
        await read_request(reader)  # type: ignore[arg-type]

    error = await failure(cut)
    assert (error.fate, error.reason) == (UNSURE, "connection_cut")


async def test_refused_connection_is_passing() -> None:
    error = await failure_at(f"http://127.0.0.1:{free_port()}")
    assert (error.fate, error.reason) == (PASSING, "connect")


@pytest.mark.parametrize("cause", ["connect_timeout", "pool_timeout", "write_timeout", "no_such_host", "certificate"])
def test_whatever_was_never_written_is_passing(cause: str) -> None:
    assert sorted_error(UnsentError(cause)).fate is PASSING


async def test_no_error_holds_what_telegram_said() -> None:
    error = await failure(answers(refused(400, "Bad Request: can't parse entities: near Ihar Lednik")))
    assert "Lednik" not in repr(error) + str(error)
    assert (error.__cause__, error.__context__) == (None, None)
