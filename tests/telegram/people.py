"""What people do: they come, write, press, block, and administer; the bot learns of it by updates."""

from typing import Any

from tests.telegram.chats import Chat, Member, Rights, Status, Topic, User
from tests.telegram.messages import Message
from tests.telegram.state import SUPERGROUP_BASE, State
from tests.telegram.text import find_entities

Json = dict[str, Any]


class People:
    """Everyone but the bot."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add_user(
        self,
        user_id: int | None = None,
        *,
        first_name: str = "Alena",
        username: str | None = None,
        language_code: str | None = None,
        started: bool = True,
        known: bool = True,
    ) -> User:
        """Return a new person with a private chat; without `started` the bot may not write first."""
        with self._state.changes.change():
            if user_id is None:
                self._state.last_user_id += 1
                user_id = self._state.last_user_id
            user = User(user_id, first_name, None, username, language_code, started=started, known=known)
            self._state.users[user.id] = user
            self._state.chats[user.id] = Chat(user.id, "private", user=user)
            return user

    def add_group(self, title: str = "Group", *members: User, bot: Status = "member") -> Chat:
        """Return a new basic group."""
        self._state.last_group_id += 1
        return self._add_chat(Chat(-self._state.last_group_id, "group", title), members, Member(self._state.bot, bot))

    def add_supergroup(
        self,
        title: str = "Supergroup",
        *members: User,
        username: str | None = None,
        forum: bool = False,
        bot: Status = "member",
        rights: Rights | None = None,
    ) -> Chat:
        """Return a new supergroup, or forum."""
        chat = Chat(self._next_large_id(), "supergroup", title, username, is_forum=forum)
        return self._add_chat(chat, members, Member(self._state.bot, bot, rights or Rights()))

    def add_channel(
        self,
        title: str = "Channel",
        *members: User,
        username: str | None = None,
        bot: Status = "administrator",
        rights: Rights | None = None,
        last_id: int = 0,
    ) -> Chat:
        """Return a new channel, in which the bot is an administrator; `last_id` is the id of its newest post."""
        chat = Chat(self._next_large_id(), "channel", title, username, last_id=last_id)
        return self._add_chat(chat, members, Member(self._state.bot, bot, rights or Rights()))

    def add_topic(self, chat: Chat, name: str) -> Topic:
        """Return a new topic of a forum."""
        with self._state.changes.change():
            opened = Message(self._state.next_message_id(chat), chat, self._state.clock.today())
            opened.service = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            opened.thread_id = opened.id
            self._state.keep(opened)
            topic = chat.topics[opened.id] = Topic(opened.id, name)
            return topic

    def say(
        self,
        user: User,
        text: str,
        chat: Chat | None = None,
        *,
        topic: Topic | None = None,
        reply_to: Message | None = None,
        at: int | None = None,
    ) -> Message:
        """Write a message, privately to the bot unless a chat is given; `at` is its date."""
        with self._state.changes.change():
            if chat is None:
                user.started, user.known = True, True
                chat = self._state.chats[user.id]
            message = Message(
                self._state.next_message_id(chat),
                chat,
                self._state.clock.today() if at is None else at,
                text,
                find_entities(text, []),
                sender=user,
                thread_id=None if topic is None else topic.id,
                reply_to=reply_to,
            )
            self._state.keep(message)
            if self._is_for_bot(message):
                self._state.updates.push("message", message.to_json(), queue=chat.id)
            return message

    def post(self, channel: Chat, text: str, *, at: int | None = None) -> Message:
        """Post in a channel, as its administrators do."""
        with self._state.changes.change():
            date = self._state.clock.today() if at is None else at
            message = Message(self._state.next_message_id(channel), channel, date, text, find_entities(text, []))
            message.sender_chat = channel
            self._state.keep(message)
            if self._state.bot_member(channel).is_present:
                self._state.updates.push("channel_post", message.to_json(), queue=channel.id)
            return message

    def _next_large_id(self) -> int:
        self._state.last_channel_id += 1
        return SUPERGROUP_BASE - self._state.last_channel_id

    def _add_chat(self, chat: Chat, members: tuple[User, ...], bot: Member) -> Chat:
        with self._state.changes.change():
            creator: Status = "creator"
            for number, user in enumerate(members):
                chat.members[user.id] = Member(user, creator if number == 0 else "member")
            chat.members[bot.user.id] = bot
            self._state.chats[chat.id] = chat
            if chat.username:
                self._state.names[chat.username.lower()] = chat
            return chat

    def _is_for_bot(self, message: Message) -> bool:
        """Whether the server passes a message on, given the bot's privacy mode in groups."""
        state, chat = self._state, message.chat
        if chat.kind == "private":
            return True
        member = state.bot_member(chat)
        if not member.is_present:
            return False
        if state.reads_all_group_messages or member.is_admin:
            return True
        if message.reply_to is not None and message.reply_to.by_bot:
            return True
        return is_addressed(message, str(state.bot.username))


def is_addressed(message: Message, username: str) -> bool:
    """Whether a group message is a command for the bot or mentions it."""
    name = f"@{username}".lower()
    units = message.text.encode("utf-16-le")
    for entity in message.entities:
        piece = units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le").lower()
        if entity["type"] == "mention" and piece == name:
            return True
        if entity["type"] == "bot_command" and ("@" not in piece or piece.endswith(name)):
            return True
    return False
