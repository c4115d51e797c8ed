"""deleteMessage, deleteMessages."""

from tests.telegram.access import find_chat, find_message
from tests.telegram.errors import bad_request
from tests.telegram.messages import Message
from tests.telegram.methods import Call
from tests.telegram.state import State

OWN_FOR_S = 48 * 3600
MAX_AT_ONCE = 100


def delete_message(call: Call) -> bool:
    """Delete one message."""
    parameters = call.parameters
    message_id = parameters.integer("message_id")
    message = find_message(call.state, parameters.text("chat_id"), message_id, "write", "message to delete")
    check_deletable(call.state, message)
    remove(message)
    call.request.message = message
    return True


def delete_messages(call: Call) -> bool:
    """Delete several messages of a chat; those that are not there do not matter."""
    ids = read_ids(call)
    chat = find_chat(call.state, call.parameters.text("chat_id"), "write")
    messages = [chat.messages[message_id] for message_id in ids if message_id in chat.messages]
    for message in messages:
        check_deletable(call.state, message)
    for message in messages:
        remove(message)
    return True


def read_ids(call: Call) -> list[int]:
    """Return `message_ids`."""
    given = call.parameters.json("message_ids")
    if given is None:
        raise bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("expected an Array of message identifiers")
    if len(given) > MAX_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    ids = [int(item) if str(item).isdecimal() else 0 for item in given]
    if 0 in ids:
        raise bad_request("invalid message identifier specified")
    return ids


def check_deletable(state: State, message: Message) -> None:
    """ApiError if the bot may not delete a message, or no longer."""
    member, chat = state.bot_member(message.chat), message.chat
    is_recent = state.clock.now() - message.date < OWN_FOR_S
    if chat.kind == "private":
        if not is_recent:
            raise bad_request("message can't be deleted for everyone")
    elif not member.may("can_delete_messages"):
        is_own = message.by_bot and (chat.kind != "channel" or member.may("can_post_messages"))
        if not is_own or not is_recent:
            raise bad_request("message can't be deleted")


def remove(message: Message) -> None:
    message.deleted = True
    del message.chat.messages[message.id]
    if message.id in message.chat.pinned:
        message.chat.pinned.remove(message.id)
