"""forwardMessage, copyMessage."""

from typing import Any

from tests.telegram.access import find_message
from tests.telegram.errors import bad_request
from tests.telegram.messages import Json, Message
from tests.telegram.methods import Call
from tests.telegram.methods.sending import post
from tests.telegram.privacy import is_shown
from tests.telegram.text import read_caption


def forward_message(call: Call) -> dict[str, Any]:
    """Forward a message; what it came from stands under `forward_origin`."""
    message = original(call, "forward")
    content = {"text": message.text, "entities": message.entities, "photo": message.photo}
    return post(call, kind(message), origin=origin(message), **content).to_json()


def copy_message(call: Call) -> dict[str, Any]:
    """Send the same again as the bot's own; a caption may be replaced."""
    message = original(call, "copy")
    text, entities = message.text, message.entities
    if message.photo is not None and "caption" in call.parameters:
        text, entities = read_caption(call.parameters)
    copy = post(call, kind(message), text=text, entities=entities, photo=message.photo)
    return {"message_id": copy.id}


def original(call: Call, verb: str) -> Message:
    """Return the message to forward or copy; ApiError if the bot does not see it or it is protected."""
    parameters, state = call.parameters, call.state
    place, message_id = parameters.required("from_chat_id"), parameters.integer("message_id")
    message = find_message(state, place, message_id, "read", f"message to {verb}")
    if not is_shown(state, message):
        raise bad_request(f"message to {verb} not found")
    if message.protected or message.chat.protected or message.service is not None:
        raise bad_request("the message can't be forwarded" if verb == "forward" else "the message can't be copied")
    return message


def kind(message: Message) -> str:
    return "text messages" if message.photo is None else "photos"


def origin(message: Message) -> Json:
    """Return the Bot API's MessageOrigin; a forward of a forward keeps the first one."""
    if message.origin is not None:
        return message.origin
    if message.chat.kind == "channel":
        shown = {"type": "channel", "chat": message.chat.to_json(), "message_id": message.id}
    elif message.sender_chat is not None:
        shown = {"type": "chat", "sender_chat": message.sender_chat.to_json()}
    else:
        assert message.sender is not None
        if message.sender.hides_forwards:
            shown = {"type": "hidden_user", "sender_user_name": message.sender.first_name}
        else:
            shown = {"type": "user", "sender_user": message.sender.to_json()}
    return shown | {"date": message.date}
