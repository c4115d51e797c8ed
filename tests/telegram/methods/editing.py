"""editMessageText, editMessageCaption, editMessageReplyMarkup."""

from typing import Any

from tests.telegram.access import find_message
from tests.telegram.entities import Entity
from tests.telegram.errors import bad_request
from tests.telegram.markup import read_markup
from tests.telegram.messages import Message
from tests.telegram.methods import Call
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
    state: State, message: Message, text: str, entities: list[Entity], markup: dict[str, Any] | None
) -> dict[str, Any]:
    """Put the new content in place and return the message."""
    if (text, entities, markup) == (message.text, message.entities, message.reply_markup):
        raise bad_request(NOT_MODIFIED)
    if state.limits.count_edits:
        state.limits.take(message.chat, state.clock.elapsed())
    message.earlier.append(message.text)
    message.text, message.entities, message.reply_markup = text, entities, markup
    message.edited_at = state.clock.today()
    return message.to_json()
