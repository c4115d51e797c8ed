"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from typing import Any

from tests.telegram.access import check_sending, find_message
from tests.telegram.entities import Entity
from tests.telegram.errors import bad_request
from tests.telegram.markup import read_markup
from tests.telegram.messages import Message
from tests.telegram.methods import Call
from tests.telegram.methods.sending import kept_photo
from tests.telegram.parameters import Parameters
from tests.telegram.photos import Photo, read_photo
from tests.telegram.state import State
from tests.telegram.text import read_caption, read_text

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_message_text(call: Call) -> dict[str, Any]:
    """Change a text; without `reply_markup` the buttons go."""
    text, entities = read_text(call.parameters)
    markup = read_markup(call.parameters)
    message = editable(call)
    if message.photo is not None:
        raise bad_request("there is no text in the message to edit")
    return change(call.state, message, text, entities, markup)


def edit_message_caption(call: Call) -> dict[str, Any]:
    """Change a caption; without `reply_markup` the buttons go."""
    text, entities = read_caption(call.parameters)
    markup = read_markup(call.parameters)
    message = editable(call)
    if message.photo is None:
        raise bad_request("there is no caption in the message to edit")
    return change(call.state, message, text, entities, markup)


def edit_message_media(call: Call) -> dict[str, Any]:
    """Exchange a photo and its caption; a text becomes a photo. Without `reply_markup` the buttons go."""
    state = call.state
    given = call.parameters.json("media", "input media")
    if not isinstance(given, dict):
        raise bad_request("object expected as input media")
    if given.get("type") != "photo":
        raise bad_request("this server takes photos alone")
    media = Parameters(given, call.parameters.files)
    content = media.file("media")
    text, entities = read_caption(media)
    markup = read_markup(call.parameters)
    message = editable(call)
    check_sending(state, message.chat, "photos")
    photo = kept_photo(state, media.text("media")) if content is None else read_photo(content)
    if content is not None:
        state.uploads += 1
        state.photos.update({str(size["file_id"]): photo for size in photo.sizes})
    return change(state, message, text, entities, markup, photo)


def edit_message_reply_markup(call: Call) -> dict[str, Any]:
    """Change the buttons alone."""
    markup = read_markup(call.parameters)
    message = editable(call)
    return change(call.state, message, message.text, message.entities, markup)


def editable(call: Call) -> Message:
    """Return the message to edit; ApiError if it is not there or not the bot's to edit."""
    state, parameters = call.state, call.parameters
    message_id = parameters.integer("message_id")
    if "chat_id" not in parameters and message_id == 0:
        if "inline_message_id" not in parameters:
            raise bad_request("message identifier is not specified")
        raise bad_request("MESSAGE_ID_INVALID")
    message = find_message(state, parameters.text("chat_id"), message_id, "edit", "message to edit")
    if not may_edit(state, message):
        raise bad_request("message can't be edited")
    call.request.message = message
    return message


def may_edit(state: State, message: Message) -> bool:
    """Return whether the bot may change a message: its own without limit, in channels others' with the right."""
    has_other_keyboard = message.reply_markup is not None and "inline_keyboard" not in message.reply_markup
    if message.service is not None or message.origin is not None or has_other_keyboard:
        return False
    if message.chat.kind != "channel":
        return message.by_bot
    member = state.bot_member(message.chat)
    return member.may("can_edit_messages") or (message.by_bot and member.may("can_post_messages"))


def change(
    state: State,
    message: Message,
    text: str,
    entities: list[Entity],
    markup: dict[str, Any] | None,
    photo: Photo | None = None,
) -> dict[str, Any]:
    """Put the new content in place and return the message; its photo stays unless another is given."""
    photo = photo or message.photo
    standing = (message.text, message.entities, message.reply_markup, message.photo)
    if (text, entities, markup, photo) == standing:
        raise bad_request(NOT_MODIFIED)
    if state.limits.count_edits:
        state.limits.take(message.chat, state.clock.elapsed())
    message.earlier.append(message.text)
    message.text, message.entities, message.reply_markup, message.photo = text, entities, markup, photo
    message.edited_at = state.clock.today()
    return message.to_json()
