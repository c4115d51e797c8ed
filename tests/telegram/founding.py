"""Setting the scene: people, groups, forums and channels; no update tells the bot of it."""

from tests.telegram.chats import Chat, Member, Rights, Status, Topic, User
from tests.telegram.messages import Message
from tests.telegram.state import SUPERGROUP_BASE, State


class Founding:
    """Makes chats. The first of `members` is the creator; `bot` is what the bot is there."""

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
        with self._state.changes.lock:
            self._state.last_group_id += 1
            chat = Chat(-self._state.last_group_id, "group", title)
        return self._settle(chat, members, Member(self._state.bot, bot))

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
        # Its founding is its first message, so no topic but General has the id 1.
        chat = Chat(self._next_id(), "supergroup", title, username, is_forum=forum, last_id=1 if forum else 0)
        return self._settle(chat, members, Member(self._state.bot, bot, rights or Rights()))

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
        chat = Chat(self._next_id(), "channel", title, username, last_id=last_id)
        return self._settle(chat, members, Member(self._state.bot, bot, rights or Rights()))

    def add_topic(self, chat: Chat, name: str) -> Topic:
        """Return a new topic of a forum."""
        with self._state.changes.change():
            opened = Message(self._state.next_message_id(chat), chat, self._state.clock.today())
            opened.service = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            opened.thread_id = opened.id
            self._state.keep(opened)
            topic = chat.topics[opened.id] = Topic(opened.id, name)
            return topic

    def add_history(self, chat: Chat, count: int, *, gap_every: int = 0, age_s: int = 86_400) -> None:
        """Add earlier posts by administrators; each `gap_every`-th id is missing, as of a deleted one."""
        with self._state.changes.change():
            date = self._state.clock.today() - age_s
            left = count
            while left:
                message_id = self._state.next_message_id(chat)
                if gap_every == 0 or message_id % gap_every:
                    sender = chat if chat.kind == "channel" else None
                    self._state.keep(Message(message_id, chat, date, f"Post {message_id}", sender_chat=sender))
                    left -= 1

    def _next_id(self) -> int:
        with self._state.changes.lock:
            self._state.last_channel_id += 1
            return SUPERGROUP_BASE - self._state.last_channel_id

    def _settle(self, chat: Chat, members: tuple[User, ...], bot: Member) -> Chat:
        with self._state.changes.change():
            for number, user in enumerate(members):
                chat.members[user.id] = Member(user, "member" if number else "creator")
            chat.members[bot.user.id] = bot
            self._state.chats[chat.id] = chat
            if chat.username:
                self._state.names[chat.username.lower()] = chat
            return chat
