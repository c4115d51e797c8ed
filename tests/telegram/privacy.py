"""Which group messages the server shows a bot: its privacy mode."""

from tests.telegram.messages import Message
from tests.telegram.state import State


def is_shown(state: State, message: Message) -> bool:
    """Return whether the bot sees a message that someone else wrote."""
    if message.by_bot or message.chat.kind in ("private", "channel") or message.service is not None:
        return True
    if state.reads_all_group_messages or state.bot_member(message.chat).is_admin:
        return True
    if message.reply_to is not None and message.reply_to.by_bot:
        return True
    return is_addressed(message, str(state.bot.username))


def is_addressed(message: Message, username: str) -> bool:
    """Return whether a message mentions the bot or is a command it may take for its own."""
    name = f"@{username}".lower()
    units = message.text.encode("utf-16-le")
    for entity in message.entities:
        piece = units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le").lower()
        if entity["type"] == "mention" and piece == name:
            return True
        if entity["type"] == "bot_command" and ("@" not in piece or piece.endswith(name)):
            return True
    return False
