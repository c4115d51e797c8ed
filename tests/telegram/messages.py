"""A message, and how the Bot API shows it."""

from dataclasses import dataclass, field
from typing import Any

from tests.telegram.chats import Chat, User
from tests.telegram.entities import Entity
from tests.telegram.photos import Photo

Json = dict[str, Any]


@dataclass(slots=True, eq=False)
class Message:
    """One message of a chat, with what became of it. `text` is the caption where there is a photo."""

    id: int
    chat: Chat
    date: int
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    sender: User | None = None
    sender_chat: Chat | None = None
    photo: Photo | None = None
    reply_markup: Json | None = None
    thread_id: int | None = None
    reply_to: "Message | None" = None
    origin: Json | None = None
    service: Json | None = None
    edited_at: int | None = None
    protected: bool = False
    silent: bool = False
    deleted: bool = False
    by_bot: bool = False
    request: int | None = None
    source: str = ""
    earlier: list[str] = field(default_factory=list)

    @property
    def is_pinned(self) -> bool:
        return self.id in self.chat.pinned

    @property
    def buttons(self) -> list[Json]:
        """Return the inline buttons in one list."""
        return [button for row in (self.reply_markup or {}).get("inline_keyboard", []) for button in row]

    def to_json(self, *, with_reply: bool = True) -> Json:
        """Return the Bot API's Message."""
        shown: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json()}
        if self.sender is not None and self.chat.kind != "channel":
            shown["from"] = self.sender.to_json()
        if self.sender_chat is not None:
            shown["sender_chat"] = self.sender_chat.to_json()
        if self.thread_id is not None:
            shown |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.origin is not None:
            shown["forward_origin"] = self.origin
        if self.reply_to is not None and with_reply:
            shown["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        if self.edited_at is not None:
            shown["edit_date"] = self.edited_at
        if self.protected or self.chat.protected:
            shown["has_protected_content"] = True
        shown |= self.content_json()
        if self.reply_markup is not None and "inline_keyboard" in self.reply_markup:
            shown["reply_markup"] = self.reply_markup
        return shown

    def content_json(self) -> Json:
        """Return what the message holds: a text, a photo with caption, or a service notice."""
        if self.service is not None:
            return self.service
        if self.photo is None:
            shown: Json = {"text": self.text}
            return shown | {"entities": self.entities} if self.entities else shown
        shown = {"photo": self.photo.to_json()}
        if self.text:
            shown["caption"] = self.text
            if self.entities:
                shown["caption_entities"] = self.entities
        return shown

    def inaccessible_json(self) -> Json:
        """Return the Bot API's InaccessibleMessage: what a press of a deleted message's button shows."""
        return {"chat": self.chat.to_json(), "message_id": self.id, "date": 0}
