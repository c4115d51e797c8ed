"""What people say and press; the bot learns of it by updates."""

from tests.telegram.chats import Chat, Member, Topic, User
from tests.telegram.membership import Membership
from tests.telegram.messages import Message
from tests.telegram.photos import Photo
from tests.telegram.privacy import is_shown
from tests.telegram.state import Query
from tests.telegram.text import find_entities
from tests.telegram.updates import LIFETIMES_S

# The sender Telegram shows for every anonymous administrator.
GROUP_ANONYMOUS = User(1_087_968_824, "Group", username="GroupAnonymousBot", is_bot=True)


class People(Membership):
    """Everyone but the bot."""

    def say(
        self,
        user: User,
        text: str,
        chat: Chat | None = None,
        *,
        topic: Topic | None = None,
        reply_to: Message | None = None,
        anonymous: bool = False,
        at: int | None = None,
    ) -> Message:
        """Write a message, privately to the bot unless a chat is given; `at` is its date.

        Writing privately starts the bot, and unblocks it first. An `anonymous` administrator writes as the group.
        """
        with self._state.changes.change():
            chat = self._come_in(user, chat)
            message = self._written(chat, text, at)
            message.sender, message.reply_to = user, reply_to
            if anonymous:
                message.sender, message.sender_chat = GROUP_ANONYMOUS, chat
            message.thread_id = None if topic is None else topic.id
            self._state.keep(message)
            if self._reaches_bot(message):
                self._state.updates.push("message", message.to_json(), queue=chat.id)
            return message

    def post(self, channel: Chat, text: str, *, photo: Photo | None = None, at: int | None = None) -> Message:
        """Post in a channel, as its administrators do."""
        with self._state.changes.change():
            message = self._written(channel, text, at)
            message.sender_chat, message.photo = channel, photo
            self._state.keep(message)
            if self._reaches_bot(message):
                self._state.updates.push("channel_post", message.to_json(), queue=channel.id)
            return message

    def edit(self, message: Message, text: str) -> None:
        """Change what someone wrote or posted."""
        with self._state.changes.change():
            message.earlier.append(message.text)
            message.text, message.entities = text, find_entities(text, [])
            message.edited_at = self._state.clock.today()
            kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
            if self._reaches_bot(message):
                self._state.updates.push(kind, message.to_json(), queue=message.chat.id)

    def erase(self, message: Message) -> None:
        """Delete a message, anyone's; bots are not told, and its id is never used again."""
        with self._state.changes.change():
            message.deleted = True
            message.chat.messages.pop(message.id, None)

    def press(self, user: User, message: Message, button: str) -> Query:
        """Press the inline button with this text or data; the answer will stand in `server.answers[query.id]`."""
        with self._state.changes.change():
            found = [b for b in message.buttons if button in (b["text"], b.get("callback_data"))]
            if not found or "callback_data" not in found[0]:
                raise LookupError(f"no button {button!r} to press among {[b['text'] for b in message.buttons]}")
            query = self._state.new_query(user, LIFETIMES_S["callback_query"])
            payload = {
                "id": query.id,
                "from": user.to_json(),
                "message": message.inaccessible_json() if message.deleted else message.to_json(),
                "chat_instance": str(abs(hash(message.chat.id))),
                "data": found[0]["callback_data"],
            }
            self._state.updates.push("callback_query", payload, queue=user.id)
            return query

    def ask(self, user: User, query: str, *, offset: str = "", chat_type: str = "sender") -> Query:
        """Type `@bot query` somewhere; the answer will stand in `server.answers[query.id]`."""
        with self._state.changes.change():
            asked = self._state.new_query(user, LIFETIMES_S["inline_query"])
            payload = {
                "id": asked.id,
                "from": user.to_json(),
                "query": query,
                "offset": offset,
                "chat_type": chat_type,
            }
            self._state.updates.push("inline_query", payload, queue=user.id)
            return asked

    def _come_in(self, user: User, chat: Chat | None) -> Chat:
        """Return the chat to write in, with the user in it."""
        if chat is not None:
            chat.members.setdefault(user.id, Member(user))
            return chat
        if user.blocked:
            self.unblock(user)
        user.started, user.known = True, True
        return self._state.chats[user.id]

    def _written(self, chat: Chat, text: str, at: int | None) -> Message:
        date = self._state.clock.today() if at is None else at
        return Message(self._state.next_message_id(chat), chat, date, text, find_entities(text, []))

    def _reaches_bot(self, message: Message) -> bool:
        member = self._state.bot_member(message.chat)
        return (message.chat.kind == "private" or member.is_present) and is_shown(self._state, message)
