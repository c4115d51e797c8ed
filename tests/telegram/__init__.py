"""A local server that answers as Telegram's Bot API does: the outermost fake of Vigil's tests."""

from tests.telegram.chats import Chat, Member, Rights, Topic, User
from tests.telegram.faults import Fault
from tests.telegram.messages import Message
from tests.telegram.people import People
from tests.telegram.server import TelegramServer

__all__ = ["Chat", "Fault", "Member", "Message", "People", "Rights", "TelegramServer", "Topic", "User"]
