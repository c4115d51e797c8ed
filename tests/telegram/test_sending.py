"""Sending texts and photos, over real HTTP."""

import struct
import zlib
from typing import Any

import aiohttp
import pytest

from tests.telegram import TelegramServer
from tests.telegram.caller import Caller


def png(width: int = 4, height: int = 3, colour: bytes = b"\x20\x30\x40") -> bytes:
    """Return a whole PNG of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = zlib.compress((b"\0" + colour * width) * height)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_text_arrives_with_its_entities(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    sent = await call.ok("sendMessage", chat_id=user.id, text="😀 <b>Lednik &amp; others</b> ", parse_mode="HTML")
    assert sent["text"] == "😀 Lednik & others"
    assert sent["entities"] == [{"offset": 3, "length": 15, "type": "bold"}]
    assert server.texts(user.id) == ["😀 Lednik & others"]


@pytest.mark.parametrize("encoding", ["json", "form", "query", "multipart"])
async def test_parameters_come_in_any_form(server: TelegramServer, call: Caller, encoding: str) -> None:
    user = server.people.add_user()
    parameters = {"chat_id": str(user.id), "text": "Светлая памяць", "disable_notification": "true"}
    multipart = aiohttp.FormData(parameters, default_to_multipart=True)
    body: dict[str, dict[str, Any]] = {
        "json": {"json": parameters},
        "form": {"data": parameters},
        "multipart": {"data": multipart},
    }
    given = body.get(encoding, {"params": parameters})
    async with call.session.post(f"{call.base}/SENDmessage", **given) as response:
        assert response.status == 200
    assert (server.sent[0].text, server.sent[0].silent) == ("Светлая памяць", True)


async def test_white_space_around_is_cut_with_its_entities(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    sent = await call.ok("sendMessage", chat_id=user.id, text="\n <b> a </b> \n", parse_mode="HTML")
    assert (sent["text"], sent["entities"]) == ("a", [{"offset": 0, "length": 1, "type": "bold"}])


async def test_links_and_commands_are_found(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    sent = await call.ok("sendMessage", chat_id=user.id, text="/why at https://vigil.example/a, @vigil #BY x@y.org")
    found = [(sent["text"][e["offset"] :][: e["length"]], e["type"]) for e in sent["entities"]]
    assert found == [
        ("/why", "bot_command"),
        ("https://vigil.example/a", "url"),
        ("@vigil", "mention"),
        ("#BY", "hashtag"),
        ("x@y.org", "email"),
    ]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("🕯" * 2049, "message is too long"),
        ("x" * 32769, "text is too long"),
        ("<b>x</i>", 'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ],
)
async def test_text_is_refused(server: TelegramServer, call: Caller, text: str, refusal: str) -> None:
    user = server.people.add_user()
    said = await call.refused("sendMessage", chat_id=user.id, text=text, parse_mode="HTML")
    assert said == f"Bad Request: {refusal}"
    assert server.sent == []


@pytest.mark.parametrize("text", ["🕯" * 2048, "<b>" + "&lt;" * 4096 + "</b>"])
async def test_length_counts_after_parsing(server: TelegramServer, call: Caller, text: str) -> None:
    user = server.people.add_user()
    await call.ok("sendMessage", chat_id=user.id, text=text, parse_mode="HTML")


async def test_ids_run_by_one_in_a_channel_and_together_in_private_chats(server: TelegramServer, call: Caller) -> None:
    channel = server.people.add_channel(username="vigil_be", last_id=7000)
    users = [server.people.add_user(), server.people.add_user()]
    server.people.post(channel, "by an administrator")
    chats = ["@Vigil_BE", users[0].id, users[1].id, channel.id]
    sent = [await call.ok("sendMessage", chat_id=chat, text="x") for chat in chats]
    assert [message["message_id"] for message in sent] == [7002, 1, 2, 7003]
    assert sent[0]["sender_chat"]["id"] == channel.id
    assert "from" not in sent[0]


async def upload(call: Caller, chat_id: int, content: bytes, **parameters: str) -> tuple[int, dict[str, object]]:
    form = aiohttp.FormData({"chat_id": str(chat_id), "photo": "attach://card", **parameters})
    form.add_field("card", content, filename="card.png", content_type="image/png")
    async with call.session.post(f"{call.base}/sendPhoto", data=form) as response:
        return response.status, await response.json()


async def test_photo_is_uploaded_once_and_sent_again_by_its_id(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    await upload(call, user.id, png(1600, 900), caption="<i>x</i>", parse_mode="HTML")
    first = server.sent[0]
    assert first.photo is not None
    again = await call.ok("sendPhoto", chat_id=user.id, photo=first.photo.file_id)
    assert again["photo"] == first.to_json()["photo"]
    assert [size["width"] for size in again["photo"]] == [90, 320, 800, 1280]
    assert server.state.uploads == 1


async def test_file_id_follows_from_the_content(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    for colour in (b"abc", b"abc", b"xyz"):
        await upload(call, user.id, png(colour=colour))
    ids = [message.photo.file_id for message in server.sent if message.photo]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", "file must be non-empty"),
        (b"<svg/>", "IMAGE_PROCESS_FAILED"),
        (png()[:-20], "IMAGE_PROCESS_FAILED"),
        (png(1, 21), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_file_is_refused(server: TelegramServer, call: Caller, content: bytes, refusal: str) -> None:
    _, body = await upload(call, server.people.add_user().id, content)
    assert body["description"] == f"Bad Request: {refusal}"


async def test_caption_has_1024_units(server: TelegramServer, call: Caller) -> None:
    user = server.people.add_user()
    assert (await upload(call, user.id, png(), caption="🕯" * 512))[0] == 200
    _, body = await upload(call, user.id, png(), caption="🕯" * 513)
    assert body["description"] == "Bad Request: message caption is too long"


async def test_unknown_file_id_is_refused(server: TelegramServer, call: Caller) -> None:
    said = await call.refused("sendPhoto", chat_id=server.people.add_user().id, photo="AgACnone")
    assert said == "Bad Request: wrong remote file identifier specified: Wrong string length"


async def test_answer_to_a_message_that_is_gone_is_refused_unless_optional(
    server: TelegramServer, call: Caller
) -> None:
    user = server.people.add_user()
    asked = {"chat_id": user.id, "text": "x", "reply_parameters": {"message_id": 99}}
    assert await call.refused("sendMessage", **asked) == "Bad Request: message to be replied not found"
    asked["reply_parameters"] = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await call.ok("sendMessage", **asked)


async def test_command_name_is_case_blind_and_unknown_ones_are_404(call: Caller) -> None:
    assert (await call.ok("GETME"))["username"] == "vigil_test_bot"
    assert await call.refused("sendPigeon") == "Not Found: method not found"


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot123456789:AAwrong/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 404, "Not Found"),
        ("/bot123456789/getMe", 404, "Not Found"),
        ("/", 404, "Not Found"),
    ],
)
async def test_address_without_the_right_token(
    server: TelegramServer, call: Caller, path: str, status: int, description: str
) -> None:
    async with call.session.get(server.api + path) as response:
        assert response.status == status
        assert (await response.json())["description"] == description
