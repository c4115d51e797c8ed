"""Who is there: people, groups, supergroups, forums, channels, and what the bot may do in them."""

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.telegram.messages import Message

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
PRESENT = frozenset(("creator", "administrator", "member", "restricted"))
GROUP_ONLY = frozenset(("can_pin_messages", "can_manage_topics"))
SENDABLE = "messages audios documents photos videos video_notes voice_notes polls other_messages"
CHANNEL_ONLY = frozenset(("can_post_messages", "can_edit_messages"))


@dataclass
class User:
    """A person or a bot. `known` is false for one the bot never met: the server answers "chat not found"."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = True
    known: bool = True
    blocked: bool = False
    deactivated: bool = False
    hides_forwards: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's User."""
        shown: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                shown[name] = value
        return shown


@dataclass(frozen=True)
class Rights:
    """An administrator's rights, as the Bot API names them."""

    can_post_messages: bool = True
    can_edit_messages: bool = True
    can_delete_messages: bool = True
    can_pin_messages: bool = True
    can_manage_topics: bool = False
    can_change_info: bool = False
    can_invite_users: bool = True
    can_restrict_members: bool = False
    can_promote_members: bool = False
    can_manage_video_chats: bool = False
    can_post_stories: bool = False
    can_edit_stories: bool = False
    can_delete_stories: bool = False

    def to_json(self, kind: Kind) -> dict[str, bool]:
        """Return the rights that exist in chats of this kind."""
        absent = GROUP_ONLY if kind == "channel" else CHANNEL_ONLY
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in absent}


@dataclass(frozen=True)
class Member:
    """What a user is in a chat. `can_send` is for restricted members; `until` is when a ban ends, 0 never."""

    user: User
    status: Status = "member"
    rights: Rights = Rights()
    can_send: bool = True

    @property
    def is_present(self) -> bool:
        return self.status in PRESENT

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Return whether the member is an administrator with this right."""
        return self.status == "creator" or (self.status == "administrator" and bool(getattr(self.rights, right)))

    def to_json(self, kind: Kind) -> dict[str, Any]:
        """Return the Bot API's ChatMember."""
        shown: dict[str, Any] = {"user": self.user.to_json(), "status": self.status}
        if self.status == "creator":
            return shown | {"is_anonymous": False}
        if self.status == "administrator":
            always = {"can_be_edited": False, "is_anonymous": False, "can_manage_chat": True}
            return shown | always | self.rights.to_json(kind)
        if self.status == "restricted":
            return shown | {"is_member": True, "until_date": 0} | permissions(self.can_send)
        if self.status == "kicked":
            return shown | {"until_date": 0}
        return shown

    def become(self, status: Status, rights: Rights | None = None) -> "Member":
        """Return the member with another status."""
        return replace(self, status=status, rights=rights or self.rights)


@dataclass
class Topic:
    """A forum topic; its id is the id of the message that opened it."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass
class Chat:
    """A chat with its members, topics and messages; `messages` are those one can see."""

    id: int
    kind: Kind
    title: str = ""
    username: str | None = None
    user: User | None = None
    is_forum: bool = False
    protected: bool = False
    deleted: bool = False
    general_closed: bool = False
    migrated_to: int | None = None
    last_id: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)
    everything: list["Message"] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's Chat."""
        shown: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.user is not None:
            person = self.user.to_json()
            return shown | {key: person[key] for key in ("first_name", "last_name", "username") if key in person}
        shown["title"] = self.title
        if self.username:
            shown["username"] = self.username
        if self.is_forum:
            shown["is_forum"] = True
        if self.kind == "group":
            shown["all_members_are_administrators"] = False
        return shown


def permissions(can_send: bool) -> dict[str, bool]:
    """Return the Bot API's permissions to send, all alike."""
    shown = {f"can_send_{kind}": can_send for kind in SENDABLE.split()} | {"can_add_web_page_previews": can_send}
    return shown | dict.fromkeys(
        ("can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"), False
    )
