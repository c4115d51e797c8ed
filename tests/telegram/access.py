"""Whether the bot may reach a chat, as `check_chat_access` of the Bot API server and Telegram behind it decide."""

from typing import Literal

from tests.telegram.chats import Chat, Topic
from tests.telegram.errors import bad_request, forbidden, migrated
from tests.telegram.messages import Message
from tests.telegram.parameters import Parameters
from tests.telegram.state import State

Access = Literal["read", "members", "edit", "write"]


def find_chat(state: State, name: str, access: Access) -> Chat:
    """Return the chat `name` means; ApiError if the bot cannot reach it so."""
    if not name:
        raise bad_request("chat_id is empty")
    chat = state.find_chat(name)
    if chat is None or (chat.user is not None and not chat.user.known):
        raise bad_request("chat not found")
    if chat.kind == "private":
        check_private(chat, access)
    elif chat.kind == "group":
        check_group(state, chat, access)
    else:
        check_large(state, chat, access)
    return chat


def check_private(chat: Chat, access: Access) -> None:
    user = chat.user
    assert user is not None
    if access in ("read", "members"):
        return
    if user.deactivated:
        raise forbidden("user is deactivated")
    if not user.started:
        raise forbidden("bot can't initiate conversation with a user")
    if user.blocked:
        raise forbidden("bot was blocked by the user")


def check_group(state: State, chat: Chat, access: Access) -> None:
    if chat.migrated_to is not None and access in ("write", "members"):
        raise migrated(chat.migrated_to)
    if chat.deleted and access in ("write", "members"):
        raise forbidden("the group chat was deleted")
    if access == "read" or chat.migrated_to is not None or chat.deleted:
        return
    status = state.bot_member(chat).status
    if status == "kicked":
        raise forbidden("bot was kicked from the group chat")
    if status == "left":
        raise forbidden("bot is not a member of the group chat")


def check_large(state: State, chat: Chat, access: Access) -> None:
    """Check a supergroup or channel; a public one can be read from outside."""
    if chat.deleted:
        raise bad_request("chat not found")
    member = state.bot_member(chat)
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if not member.is_present and (chat.username is None or access in ("edit", "write")):
        raise forbidden(f"bot is not a member of the {chat.kind} chat")


def check_sending(state: State, chat: Chat, what: str) -> None:
    """Check that the bot may post; `what` is `text messages` or `photos`."""
    member = state.bot_member(chat)
    if chat.kind == "channel" and not member.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if member.status == "restricted" and not member.can_send:
        raise bad_request(f"not enough rights to send {what} to the chat")


def find_topic(state: State, chat: Chat, parameters: Parameters) -> Topic | None:
    """Return the topic a post goes to; General is none. ApiError for one that is not there or closed."""
    thread_id = parameters.integer("message_thread_id")
    member = state.bot_member(chat)
    if thread_id <= 0:
        if chat.is_forum and chat.general_closed and not member.may("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
        return None
    topic = chat.topics.get(thread_id)
    if topic is None or topic.deleted:
        raise bad_request("message thread not found")
    if topic.closed and not member.may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic


def find_message(state: State, name: str, message_id: int, access: Access, what: str) -> Message:
    """Return a visible message; `what` names it in the refusal, as in `message to edit`."""
    chat = find_chat(state, name, access)
    message = chat.messages.get(message_id)
    if message is None or (chat.kind in ("supergroup", "channel") and not state.bot_member(chat).is_present):
        raise bad_request(f"{what} not found")
    return message
