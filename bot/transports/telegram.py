"""The `telegram` transport: posts become messages of a bot."""

from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from telegram import InlineKeyboardMarkup, InputFile
from telegram.constants import ParseMode

from bot.chats.address import Address, ChatKind
from bot.outbox.transport import MESSAGE_MISSING, Fate, Limits, Mend, Parcel, Sent, TransportError
from bot.posts.post import Picture, Post
from bot.transports.lengths import check_length, fits_caption
from bot.transports.pacing import Pacer
from bot.transports.picture_refs import PictureRefs
from bot.transports.telegram_editing import Edition
from bot.transports.telegram_form import form, photo, text
from bot.transports.telegram_keyboard import keyboard
from bot.transports.telegram_look import Lookout, Span
from bot.transports.telegram_places import Rights, chat_id, resolve, rights
from bot.transports.telegram_refusals import BAD_PICTURE_REF, NO_PHOTO_RIGHTS
from bot.transports.telegram_request import written_after
from bot.transports.telegram_wire import Wire

_GENERAL_TOPIC: Final = 1

_T = TypeVar("_T")
_By = Callable[[_T], Awaitable[Sent]]


class TelegramTransport:
    """Carries posts over a wire that is open; `operators` are where copies go when it looks.

    `paid` asks for paid broadcasts, for all but the parcels that are free.
    """

    name = "telegram"
    limits = Limits(text_chars=4096, caption_chars=1024)

    def __init__(self, wire: Wire, pacer: Pacer, *, operators: Address | None = None, paid: bool = False) -> None:
        self.wire = wire
        self._lookout = Lookout(wire, operators, pacer)
        self._paid = paid or None
        self._refs = PictureRefs()

    async def send(self, address: Address, parcel: Parcel) -> Sent:
        """Make one message of the parcel: with its picture where the text fits a caption."""
        post = parcel.post
        check_length(post, self.limits)
        where = _Where(self._fields(address, parcel), await self._link_to(address, post))
        with written_after(parcel.before_writing):
            return await self._send(where, parcel)

    async def replace(self, address: Address, message_id: int, parcel: Parcel) -> Sent:
        """Put the post in a message's place, with its picture where the message may have one."""
        post = parcel.post
        edition = Edition(address, message_id, post, await self._keyboard(address, post))
        with written_after(parcel.before_writing):
            if (post.picture or parcel.picture_ref) and fits_caption(post, self.limits):
                exchange = partial(edition.exchange, self.wire)
                try:
                    return await self._with_picture(parcel, exchange, exchange)
                except TransportError as exc:
                    if exc.reason != NO_PHOTO_RIGHTS:
                        raise
            await edition.publish(self.wire, self.limits)
        return Sent(message_id)

    async def _send(self, where: "_Where", parcel: Parcel) -> Sent:
        post = parcel.post
        if (post.picture or parcel.picture_ref) and fits_caption(post, self.limits):
            by_name = partial(self._send_again, where, post)
            by_upload = partial(self._send_photo, where, post)
            try:
                return await self._with_picture(parcel, by_name, by_upload)
            except TransportError as exc:
                # Groups may allow texts and no photos: certainly refused, so the text goes alone.
                if exc.reason != NO_PHOTO_RIGHTS:
                    raise
        what = text(post.html, post.buttons, where.link_to)
        return _sent(await self.wire.say("sendMessage", form(where.fields, what)))

    async def edit(self, address: Address, message_id: int, post: Post) -> None:
        """Replace text or caption, and the buttons; a message that already says so is no error."""
        edition = Edition(address, message_id, post, await self._keyboard(address, post))
        await edition.publish(self.wire, self.limits)

    async def delete(self, address: Address, message_id: int) -> None:
        """Take a message away; one already gone is no error."""
        try:
            await self.wire.ask_twice(self.wire.bot.delete_message(chat_id(address.chat), message_id))
        except TransportError as exc:
            if exc.reason != MESSAGE_MISSING:
                raise

    async def look(
        self, address: Address, after_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        """Find our message with this text in a channel, among ids after `after_id`."""
        return await self._lookout.find(Span(address, after_id, others=others), text, since)

    async def look_back(
        self, address: Address, before_id: int, text: str, since: datetime, *, others: Container[int] = ()
    ) -> int | None:
        """Find our message with this text in a channel, among ids before `before_id`, the newest first."""
        return await self._lookout.find(Span(address, before_id, others=others, back=True), text, since)

    async def resolve(self, chat: str, thread: int = 0) -> Address:
        """The address of `@name` or of a numeric id, with its kind; CHAT_GONE where the bot sees none."""
        return await resolve(self.wire, chat, thread)

    async def rights(self, address: Address) -> Rights:
        """What the bot may do in a chat."""
        return await rights(self.wire, address)

    def _fields(self, address: Address, parcel: Parcel) -> dict[str, Any]:
        return {
            "chat_id": chat_id(address.chat),
            # The General topic is addressed without an id: 1 fails.
            "message_thread_id": address.thread if address.thread > _GENERAL_TOPIC else None,
            "disable_notification": parcel.silent or None,
            # A protected post could not be looked for in a channel.
            "protect_content": (parcel.protected and address.kind is not ChatKind.CHANNEL) or None,
            "allow_paid_broadcast": None if parcel.free else self._paid,
            "reply_parameters": {"message_id": parcel.answers} if parcel.answers is not None else None,
        }

    async def _keyboard(self, address: Address, post: Post) -> InlineKeyboardMarkup | None:
        return keyboard(post.buttons, await self._link_to(address, post))

    async def _link_to(self, address: Address, post: Post) -> str | None:
        """The bot's own name where buttons are links to it."""
        if not post.buttons or address.kind is not ChatKind.CHANNEL:
            return None
        return (await self.wire.identity()).username

    async def _with_picture(self, parcel: Parcel, by_name: "_By[str]", by_upload: "_By[Picture]") -> Sent:
        """By the name of an earlier upload if there is one; uploaded (again) otherwise."""
        picture = parcel.post.picture
        ref = (self._refs.get(picture) if picture else None) or parcel.picture_ref
        if ref is not None:
            try:
                return await by_name(ref)
            except TransportError as exc:
                if exc.reason != BAD_PICTURE_REF or picture is None:
                    raise
                self._refs.forget(picture, ref)
        if picture is None:
            raise TransportError(Fate.POST_BAD, BAD_PICTURE_REF, mend=Mend.NO_PICTURE)
        return await self._upload(picture, by_name, by_upload)

    async def _upload(self, picture: Picture, by_name: "_By[str]", by_upload: "_By[Picture]") -> Sent:
        async with self._refs.one_upload(picture):
            ref = self._refs.get(picture)
            if ref is None:
                sent = await by_upload(picture)
                self._refs.keep(picture, sent.picture_ref)
                return sent
        return await by_name(ref)

    async def _send_photo(self, where: "_Where", post: Post, picture: Picture) -> Sent:
        sent = await self.wire.ask(
            self.wire.bot.send_photo(
                photo=InputFile(picture.png, filename=picture.name),
                caption=post.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(post.buttons, where.link_to),
                **where.fields,
            )
        )
        return Sent(sent.message_id, sent.photo[-1].file_id if sent.photo else None)

    async def _send_again(self, where: "_Where", post: Post, ref: str) -> Sent:
        what = photo(ref, post.html, post.buttons, where.link_to)
        return _sent(await self.wire.say("sendPhoto", form(where.fields, what)))


@dataclass(frozen=True, slots=True)
class _Where:
    """The fields of a request that are about its chat, and whom buttons link to."""

    fields: dict[str, Any]
    link_to: str | None


def _sent(message: dict[str, Any]) -> Sent:
    photos = message.get("photo") or [{}]
    return Sent(message["message_id"], photos[-1].get("file_id"))
