"""What changes around the bot: blocked, kicked, promoted; groups upgraded or deleted; topics closed."""

from tests.telegram.chats import Chat, Member, Rights, Status, Topic, User
from tests.telegram.founding import Founding
from tests.telegram.messages import Json, Message


class Membership(Founding):
    """Changes of who may do what; the bot is told as Telegram tells it."""

    def block(self, user: User) -> None:
        """Block the bot."""
        with self._state.changes.change():
            user.blocked = True
            self._tell_private(user, "member", "kicked")

    def unblock(self, user: User) -> None:
        """Unblock the bot."""
        with self._state.changes.change():
            user.blocked = False
            self._tell_private(user, "kicked", "member")

    def deactivate(self, user: User) -> None:
        """Delete the account; bots are not told."""
        with self._state.changes.change():
            user.deactivated = True

    def set_bot(self, chat: Chat, status: Status, by: User | None = None, *, rights: Rights | None = None) -> None:
        """Make the bot this in a group or channel: add, promote, demote, kick it."""
        with self._state.changes.change():
            old = self._state.bot_member(chat)
            new = chat.members[self._state.bot.id] = old.become(status, rights)
            self._tell(chat, old, new, by)

    def kick(self, chat: Chat, by: User | None = None) -> None:
        """Remove and ban the bot."""
        self.set_bot(chat, "kicked", by)

    def promote(self, chat: Chat, by: User | None = None, *, rights: Rights | None = None) -> None:
        """Make the bot an administrator with these rights."""
        self.set_bot(chat, "administrator", by, rights=rights or Rights())

    def mute(self, chat: Chat) -> None:
        """Restrict the bot: it stays but cannot send."""
        with self._state.changes.change():
            old = self._state.bot_member(chat)
            new = chat.members[self._state.bot.id] = Member(old.user, "restricted", can_send=False)
            self._tell(chat, old, new, None)

    def set_member(self, chat: Chat, user: User, status: Status, *, rights: Rights | None = None) -> None:
        """Make a person this in a group or channel; told to bots that are administrators and asked for it."""
        with self._state.changes.change():
            old = chat.members.get(user.id) or Member(user, "left")
            new = chat.members[user.id] = old.become(status, rights)
            if self._state.bot_member(chat).is_admin:
                self._state.updates.push("chat_member", self._change(chat, old, new, user), queue=user.id)

    def upgrade(self, group: Chat) -> Chat:
        """Turn a basic group into a supergroup and return it; the old id answers with the new one."""
        with self._state.changes.change():
            large = Chat(self._next_id(), "supergroup", group.title, members=dict(group.members))
            self._state.chats[large.id] = large
            self._notice(group, {"migrate_to_chat_id": large.id})
            group.migrated_to = large.id
            self._notice(large, {"migrate_from_chat_id": group.id})
            return large

    def delete_chat(self, chat: Chat) -> None:
        """Delete a group or channel."""
        with self._state.changes.change():
            chat.deleted = True
            if chat.username:
                self._state.names.pop(chat.username.lower(), None)

    def protect(self, chat: Chat, protected: bool = True) -> None:
        """Forbid or allow saving and forwarding what stands there."""
        with self._state.changes.change():
            chat.protected = protected

    def close_topic(self, chat: Chat, topic: Topic | None, *, closed: bool = True) -> None:
        """Close or reopen a topic; None is General."""
        with self._state.changes.change():
            if topic is None:
                chat.general_closed = closed
            else:
                chat.topics[topic.id].closed = closed

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Delete a topic with its messages."""
        with self._state.changes.change():
            chat.topics[topic.id].deleted = True
            for message in [m for m in chat.messages.values() if m.thread_id == topic.id]:
                message.deleted = True
                del chat.messages[message.id]

    def _tell_private(self, user: User, old: Status, new: Status) -> None:
        bot = self._state.bot
        change = self._change(self._state.chats[user.id], Member(bot, old), Member(bot, new), user)
        self._state.updates.push("my_chat_member", change, queue=user.id)

    def _tell(self, chat: Chat, old: Member, new: Member, by: User | None) -> None:
        self._state.updates.push(
            "my_chat_member", self._change(chat, old, new, by or self._creator(chat)), queue=chat.id
        )
        if chat.kind != "channel" and new.is_present and not old.is_present:
            self._notice(chat, {"new_chat_members": [new.user.to_json()]})

    def _change(self, chat: Chat, old: Member, new: Member, by: User) -> Json:
        return {
            "chat": chat.to_json(),
            "from": by.to_json(),
            "date": self._state.clock.today(),
            "old_chat_member": old.to_json(chat.kind),
            "new_chat_member": new.to_json(chat.kind),
        }

    def _creator(self, chat: Chat) -> User:
        creators = [member.user for member in chat.members.values() if member.status == "creator"]
        return creators[0] if creators else self.add_user(first_name="Owner")

    def _notice(self, chat: Chat, service: Json) -> None:
        """Put a service message into a group and tell the bot."""
        message = Message(self._state.next_message_id(chat), chat, self._state.clock.today(), service=service)
        message.sender = self._creator(chat)
        self._state.keep(message)
        self._state.updates.push("message", message.to_json(), queue=chat.id)
