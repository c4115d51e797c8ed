"""Replacing what a message says: its text, or the caption beneath its picture, or both."""

from dataclasses import dataclass
from typing import Final

from telegram import InlineKeyboardMarkup, InputFile, InputMediaPhoto, LinkPreviewOptions, Message
from telegram.constants import ParseMode

from bot.chats.address import Address
from bot.outbox.transport import Fate, Limits, Mend, Sent, TransportError
from bot.posts.post import Picture, Post
from bot.transports.lengths import check_length, fits_caption
from bot.transports.telegram_places import chat_id
from bot.transports.telegram_refusals import NO_CAPTION_TO_EDIT, NO_TEXT_TO_EDIT, NOT_MODIFIED
from bot.transports.telegram_wire import Wire

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_OTHER_WAY: Final = frozenset({NO_TEXT_TO_EDIT, NO_CAPTION_TO_EDIT})


@dataclass(frozen=True, slots=True)
class Edition:
    """What a message shall say from now on; its picture, if it has one, stays unless it is exchanged."""

    address: Address
    message_id: int
    post: Post
    markup: InlineKeyboardMarkup | None

    async def publish(self, wire: Wire, limits: Limits) -> None:
        """Edit as text or as caption, whichever the message has; one that already says so is no error.

        Nobody keeps whether a message has a picture, so the likelier way is tried first. POST_BAD with
        SHORTER where the message has one and the text does not fit a caption.
        """
        check_length(self.post, limits)
        ways = [self._edit_text, self._edit_caption]
        if self.post.picture is not None and fits_caption(self.post, limits):
            ways.reverse()
        for way in ways:
            try:
                await way(wire, limits)
            except TransportError as exc:
                refused = exc
            else:
                return
            if refused.reason == NOT_MODIFIED:
                return
            if refused.reason not in _OTHER_WAY:
                break
        raise refused

    async def exchange(self, wire: Wire, picture: str | Picture) -> Sent:
        """Edit picture and caption together: by the name of an earlier upload, or uploading it."""
        file = picture if isinstance(picture, str) else InputFile(picture.png, filename=picture.name, attach=True)
        media = InputMediaPhoto(file, caption=self.post.html, parse_mode=ParseMode.HTML)
        where = (chat_id(self.address.chat), self.message_id)
        try:
            edited = await wire.ask_twice(wire.bot.edit_message_media(media, *where, reply_markup=self.markup))
        except TransportError as exc:
            if exc.reason != NOT_MODIFIED:
                raise
            return Sent(self.message_id, picture if isinstance(picture, str) else None)
        # True instead of the message is for inline ones alone (Bot API, editMessageMedia).
        photos = edited.photo if isinstance(edited, Message) else ()
        return Sent(self.message_id, photos[-1].file_id if photos else None)

    async def _edit_text(self, wire: Wire, _: Limits) -> None:
        await wire.ask_twice(
            wire.bot.edit_message_text(
                self.post.html,
                chat_id(self.address.chat),
                self.message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=self.markup,
            )
        )

    async def _edit_caption(self, wire: Wire, limits: Limits) -> None:
        if not fits_caption(self.post, limits):
            raise TransportError(Fate.POST_BAD, "caption_too_long", mend=Mend.SHORTER)
        await wire.ask_twice(
            wire.bot.edit_message_caption(
                chat_id(self.address.chat),
                self.message_id,
                caption=self.post.html,
                parse_mode=ParseMode.HTML,
                reply_markup=self.markup,
            )
        )
