"""getChat and its kin, leaveChat, and pinned messages."""

from typing import Any

from tests.telegram.access import find_chat, find_message
from tests.telegram.chats import Chat, Member, permissions
from tests.telegram.errors import bad_request, forbidden
from tests.telegram.methods import Call

GIFTS = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"


def get_chat(call: Call) -> dict[str, Any]:
    """Return the Bot API's ChatFullInfo."""
    chat = find_chat(call.state, call.parameters.text("chat_id"), "read")
    shown = chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS.split(), False),
    }
    if chat.username:
        shown["active_usernames"] = [chat.username]
    if chat.protected:
        shown["has_protected_content"] = True
    if chat.kind in ("group", "supergroup"):
        shown["permissions"] = permissions(True)
    if chat.pinned:
        shown["pinned_message"] = chat.messages[chat.pinned[-1]].to_json(with_reply=False)
    return shown


def listed(call: Call) -> Chat:
    """Return the chat whose members are asked for; ApiError if the bot may not see them."""
    chat = find_chat(call.state, call.parameters.text("chat_id"), "members")
    if chat.kind == "channel" and not call.state.bot_member(chat).is_admin:
        raise bad_request("member list is inaccessible")
    return chat


def get_chat_member(call: Call) -> dict[str, Any]:
    """Return the Bot API's ChatMember of a user."""
    user_id = call.parameters.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    chat = listed(call)
    user = call.state.users.get(user_id)
    if user is None:
        raise bad_request("user not found")
    if chat.kind == "private":
        return Member(user, "member").to_json(chat.kind)
    return (chat.members.get(user_id) or Member(user, "left")).to_json(chat.kind)


def get_chat_administrators(call: Call) -> list[dict[str, Any]]:
    """Return the administrators; of bots only the asking one."""
    chat = find_chat(call.state, call.parameters.text("chat_id"), "members")
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    if chat.kind == "channel" and not call.state.bot_member(chat).is_admin:
        raise bad_request("member list is inaccessible")
    return [member.to_json(chat.kind) for member in chat.members.values() if member.is_admin]


def get_chat_member_count(call: Call) -> int:
    """Return how many members there are."""
    chat = find_chat(call.state, call.parameters.text("chat_id"), "members")
    return 2 if chat.kind == "private" else sum(member.is_present for member in chat.members.values())


def leave_chat(call: Call) -> bool:
    """Leave a group or channel."""
    chat = find_chat(call.state, call.parameters.text("chat_id"), "read")
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    member = call.state.bot_member(chat)
    if not member.is_present:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    chat.members[call.state.bot.id] = member.become("left")
    return True


def check_pinning(call: Call, chat: Chat) -> None:
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    if chat.kind != "private" and not call.state.bot_member(chat).may(right):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def pin_chat_message(call: Call) -> bool:
    """Pin a message."""
    parameters = call.parameters
    name, message_id = parameters.text("chat_id"), parameters.integer("message_id")
    message = find_message(call.state, name, message_id, "write", "message to pin")
    check_pinning(call, message.chat)
    message.chat.pinned = [*(i for i in message.chat.pinned if i != message.id), message.id]
    return True


def unpin_chat_message(call: Call) -> bool:
    """Unpin one message, by default the newest pinned."""
    chat = find_chat(call.state, call.parameters.text("chat_id"), "write")
    check_pinning(call, chat)
    message_id = call.parameters.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def unpin_all_chat_messages(call: Call) -> bool:
    """Unpin everything."""
    chat = find_chat(call.state, call.parameters.text("chat_id"), "write")
    check_pinning(call, chat)
    chat.pinned.clear()
    return True
