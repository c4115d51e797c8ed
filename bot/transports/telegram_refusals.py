"""How Telegram words a refusal, and what each wording means for the chat or the post. Pure data.

Wordings are those of the Bot API server and, in capitals there, of Telegram behind it. They are
compared in lower case, by the first that is contained in the description.
"""

from dataclasses import dataclass
from typing import Final

from bot.outbox.transport import MESSAGE_MISSING, NOT_EDITABLE, Fate, Mend

NOT_MODIFIED: Final = "not_modified"
NOT_FORWARDABLE: Final = "not_forwardable"
NO_TEXT_TO_EDIT: Final = "no_text_to_edit"
NO_CAPTION_TO_EDIT: Final = "no_caption_to_edit"
BAD_PICTURE_REF: Final = "bad_picture_ref"
NO_PHOTO_RIGHTS: Final = "no_photo_rights"
QUERY_TOO_OLD: Final = "query_too_old"
WEBHOOK_SET: Final = "webhook_set"
OTHER_READER: Final = "other_reader"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`wording` is part of the description, in lower case; `reason` is our code for it.

    `knows_us` where a bot that the chat never met, one with another token say, is answered otherwise.
    """

    wording: str
    fate: Fate
    reason: str
    mend: Mend | None = None
    knows_us: bool = False


_GONE, _BAD = Fate.CHAT_GONE, Fate.POST_BAD

# Status 403: each says that this chat is closed to the bot.
FORBIDDEN: Final = (
    Refusal("bot was blocked by the user", _GONE, "blocked", knows_us=True),
    Refusal("user is deactivated", _GONE, "deactivated", knows_us=True),
    Refusal("bot was kicked", _GONE, "kicked", knows_us=True),
    Refusal("bot is not a member", _GONE, "not_a_member"),
    Refusal("the group chat was deleted", _GONE, "deleted", knows_us=True),
    Refusal("bot can't initiate conversation", _GONE, "never_started"),
    Refusal("", _GONE, "forbidden"),
)

# Status 400: descriptions that quote the post; first, so that its words are not read as Telegram's.
_QUOTING: Final = (
    Refusal("can't parse entities", _BAD, "bad_markup", Mend.PLAIN_TEXT),
    Refusal("inline keyboard button", _BAD, "bad_button", Mend.NO_BUTTONS),
)

# Status 400: the chat, the topic or the bot's rights there.
_OF_THE_CHAT: Final = (
    Refusal("not enough rights to send photos", _GONE, NO_PHOTO_RIGHTS),
    Refusal("chat_send_photos_forbidden", _GONE, NO_PHOTO_RIGHTS),
    Refusal("chat not found", _GONE, "chat_not_found"),
    Refusal("user not found", _GONE, "chat_not_found"),
    Refusal("peer_id_invalid", _GONE, "chat_not_found"),
    Refusal("channel_invalid", _GONE, "chat_not_found"),
    Refusal("channel_private", _GONE, "not_a_member"),
    Refusal("group chat was deactivated", _GONE, "deleted", knows_us=True),
    Refusal("not enough rights", _GONE, "no_rights"),
    Refusal("have no rights", _GONE, "no_rights"),
    Refusal("need administrator rights", _GONE, "no_rights"),
    Refusal("chat_admin_required", _GONE, "no_rights"),
    Refusal("chat_write_forbidden", _GONE, "no_rights"),
    Refusal("chat_send_plain_forbidden", _GONE, "no_rights"),
    Refusal("chat_restricted", _GONE, "no_rights"),
    Refusal("user_banned_in_channel", _GONE, "no_rights"),
    Refusal("member list is inaccessible", _GONE, "no_rights"),
    Refusal("message thread not found", _GONE, "topic_not_found", knows_us=True),
    Refusal("topic_deleted", _GONE, "topic_not_found", knows_us=True),
    Refusal("topic_closed", _GONE, "topic_closed", knows_us=True),
    # The new id comes as a parameter, or later with an update; without it nothing can be sent.
    Refusal("upgraded to a supergroup", _GONE, "upgraded", knows_us=True),
)

# Status 400: editing, deleting, forwarding, answering presses. Nothing to mend.
_OF_THE_MESSAGE: Final = (
    Refusal("message is not modified", _BAD, NOT_MODIFIED),
    Refusal("there is no text in the message to edit", _BAD, NO_TEXT_TO_EDIT),
    Refusal("there is no caption in the message to edit", _BAD, NO_CAPTION_TO_EDIT),
    Refusal("message to edit not found", _BAD, MESSAGE_MISSING),
    Refusal("message to delete not found", _BAD, MESSAGE_MISSING),
    Refusal("message to forward not found", _BAD, MESSAGE_MISSING),
    Refusal("message to be replied not found", _BAD, MESSAGE_MISSING),
    Refusal("replied message not found", _BAD, MESSAGE_MISSING),
    Refusal("message_id_invalid", _BAD, MESSAGE_MISSING),
    Refusal("message can't be edited", _BAD, NOT_EDITABLE),
    Refusal("message can't be deleted", _BAD, "not_deletable"),
    Refusal("message can't be forwarded", _BAD, NOT_FORWARDABLE),
    Refusal("query is too old", _BAD, QUERY_TOO_OLD),
)

# Status 400: the post itself.
_OF_THE_POST: Final = (
    Refusal("button", _BAD, "bad_button", Mend.NO_BUTTONS),
    Refusal("keyboard", _BAD, "bad_button", Mend.NO_BUTTONS),
    Refusal("reply markup", _BAD, "bad_button", Mend.NO_BUTTONS),
    Refusal("reply_markup", _BAD, "bad_button", Mend.NO_BUTTONS),
    Refusal("message is too long", _BAD, "too_long", Mend.SHORTER),
    Refusal("message_too_long", _BAD, "too_long", Mend.SHORTER),
    Refusal("text is too long", _BAD, "too_long", Mend.SHORTER),
    Refusal("caption is too long", _BAD, "caption_too_long", Mend.SHORTER),
    Refusal("caption_too_long", _BAD, "caption_too_long", Mend.SHORTER),
    Refusal("entit", _BAD, "bad_markup", Mend.PLAIN_TEXT),
    Refusal("message text is empty", _BAD, "empty"),
    Refusal("text must be non-empty", _BAD, "empty"),
    Refusal("file identifier", _BAD, BAD_PICTURE_REF, Mend.NO_PICTURE),
    Refusal("file_id", _BAD, BAD_PICTURE_REF, Mend.NO_PICTURE),
    Refusal("file reference", _BAD, BAD_PICTURE_REF, Mend.NO_PICTURE),
    Refusal("file_reference", _BAD, BAD_PICTURE_REF, Mend.NO_PICTURE),
    Refusal("can't use file of type", _BAD, BAD_PICTURE_REF, Mend.NO_PICTURE),
    Refusal("photo", _BAD, "bad_picture", Mend.NO_PICTURE),
    Refusal("image_process_failed", _BAD, "bad_picture", Mend.NO_PICTURE),
    Refusal("file is too big", _BAD, "bad_picture", Mend.NO_PICTURE),
    Refusal("file must be non-empty", _BAD, "bad_picture", Mend.NO_PICTURE),
    Refusal("failed to get http url content", _BAD, "bad_picture", Mend.NO_PICTURE),
    Refusal("wrong type of the web page content", _BAD, "bad_picture", Mend.NO_PICTURE),
)

_UNTOLD: Final = (
    Refusal("try again later", Fate.PASSING, "try_later"),
    Refusal("retry later", Fate.PASSING, "try_later"),
    Refusal("", _BAD, "bad_request"),
)

BAD_REQUEST: Final = _QUOTING + _OF_THE_CHAT + _OF_THE_MESSAGE + _OF_THE_POST + _UNTOLD


def refusal(wordings: tuple[Refusal, ...], description: str) -> Refusal:
    """The first wording that the description holds; each table ends with one that always fits."""
    lowered = description.lower()
    return next(row for row in wordings if row.wording in lowered)
