"""What is said to a chat: composed as the calendar stands now, once for all who get the same.

A post that the transport refuses is mended here for everyone at once, and a picture is uploaded
once: whoever comes next sends the transport's name for it, and the picture itself is let go.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select, update

from bot.agenda.occurrence import Slot
from bot.database import Database, insert_into
from bot.outbox.edition import ChatView, Edition
from bot.outbox.leasing import Leased
from bot.outbox.mending import mended
from bot.outbox.tables import contents
from bot.outbox.transport import Limits, Mend, Parcel
from bot.posts.post import Post
from bot.posts.stated import write_stated

_POSTS_KEPT = 512
# Of some 75 KB each, until the transport has named them; where it never does, so many stay.
_PICTURES_KEPT = 32

_Key = tuple[ChatView, Slot, date]


@dataclass(slots=True, eq=False)
class Content:
    """A post as it goes out in one transport, under its number in the database; its picture goes once that is named."""

    id: int
    post: Post
    revision: str
    raw_digest: bytes
    mends: tuple[Mend, ...] = ()
    used_on: date = date.min
    picture_ref: str | None = None
    uploads: bool = False
    is_outdated: bool = False
    _uploading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def parcel(self, *, silent: bool) -> AsyncIterator[Parcel]:
        """The parcel; while its picture is being uploaded for the first time, the others wait here."""
        if not self.uploads:
            yield Parcel(self.post, self.picture_ref, silent=silent)
            return
        async with self._uploading:
            first = self.uploads
            if first:
                yield Parcel(self.post, self.picture_ref, silent=silent)
        if not first:
            yield Parcel(self.post, self.picture_ref, silent=silent)

    def name_picture(self, picture_ref: str) -> None:
        """Send this name instead of the picture from now on."""
        self.picture_ref = picture_ref
        self.post = replace(self.post, picture=None)


class Contents:
    """The contents of one transport. `edition` gives the calendar as it stands at the moment of asking."""

    def __init__(self, database: Database, transport: str, limits: Limits, edition: Callable[[], Edition]) -> None:
        self._database = database
        self._transport = transport
        self._limits = limits
        self._edition = edition
        self._revision: str | None = None
        self._kept: dict[_Key, Content | None] = {}
        self._by_digest: dict[tuple[bytes, tuple[Mend, ...]], Content] = {}
        self._mends: dict[bytes, tuple[Mend, ...]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def of(self, delivery: Leased) -> Content | None:
        """What this chat is told now; None where nothing is left to say."""
        self._renew()
        key = (delivery.view, delivery.slot, delivery.day)
        if key not in self._kept:
            async with self._one_at_a_time:
                self._renew()
                if key not in self._kept:
                    content = self._kept[key] = await self._compose(key)
                    self._let_pictures_go()
                    return content
        return self._kept[key]

    def is_current(self, content: Content) -> bool:
        """Whether the calendar still says the same, and nothing has been mended or forgotten since."""
        same = content.revision == self._edition().revision and not content.is_outdated
        return same and content.mends == self._mends.get(content.raw_digest, ())

    def mend(self, content: Content, mend: Mend | None) -> bool:
        """Mend a post for everyone; False if that was tried already, or nobody knows how."""
        known = self._mends.get(content.raw_digest, ())
        if known != content.mends:
            return True  # mended since this one went out
        if mend is None or mend in known:
            return False
        self._mends[content.raw_digest] = (*known, mend)
        self._drop(content)
        return True

    async def forget_name(self, content: Content) -> bool:
        """The transport takes the picture's name no more: have it uploaded again; False if it had none."""
        if content.picture_ref is None:
            return False
        async with self._one_at_a_time:
            if not content.is_outdated:
                same = (contents.c.id == content.id, contents.c.picture_ref == content.picture_ref)
                async with self._database.write() as connection:
                    await connection.execute(update(contents).where(*same).values(picture_ref=None))
                content.is_outdated = True
                self._drop(content)
        return True

    async def uploaded(self, content: Content, picture_ref: str | None) -> None:
        """Keep the transport's name for the picture; null if it gave none, and then every message brings its own."""
        if not content.uploads:
            return
        content.uploads = False
        if picture_ref is not None:
            content.name_picture(picture_ref)
            async with self._database.write() as connection:
                same = contents.c.id == content.id
                await connection.execute(update(contents).where(same).values(picture_ref=picture_ref))

    def _renew(self) -> None:
        revision = self._edition().revision
        if revision != self._revision or len(self._kept) > _POSTS_KEPT:
            self._revision = revision
            self._kept = {}
            self._by_digest = {}

    def _drop(self, content: Content) -> None:
        self._kept = {key: kept for key, kept in self._kept.items() if kept is not content}
        self._by_digest = {key: kept for key, kept in self._by_digest.items() if kept is not content}

    def _let_pictures_go(self) -> None:
        """Keep no more pictures than so many: what is dropped is composed anew when somebody is told it."""
        pictured = [content for content in self._by_digest.values() if content.post.picture is not None]
        for content in pictured[:-_PICTURES_KEPT]:
            self._drop(content)

    async def _compose(self, key: _Key) -> Content | None:
        edition = self._edition()
        # Templates and pictures take milliseconds that others can use.
        raw = await asyncio.to_thread(edition.compose, *key)
        if raw is None:
            return None
        raw_digest = digest_of(raw)
        mends = self._mends.get(raw_digest, ())
        post = mended(raw, mends, self._limits)
        if post.picture is None and post.stated is not None:
            post = replace(post, stated=replace(post.stated, picture=None))
        digest, day = digest_of(post), key[2]
        fresh = Content(0, post, edition.revision, raw_digest, mends)
        content = self._by_digest.setdefault((digest, mends), fresh)
        if content.used_on < day:
            await self._keep(content, digest, used_on=day)
        return content

    async def _keep(self, content: Content, digest: bytes, *, used_on: date) -> None:
        """Write a content down, or that it is used on a later day, and take its number."""
        row = {
            "transport": self._transport,
            "hash": digest,
            "html": content.post.html,
            "records": " ".join(content.post.records),
            "used_on": used_on,
            "stated": write_stated(content.post.stated) if content.post.stated else None,
        }
        same = (contents.c.transport == self._transport, contents.c.hash == digest)
        async with self._database.write() as connection:
            await connection.execute(insert_into(connection, contents).values(row).on_conflict_do_nothing())
            later = update(contents).where(*same, contents.c.used_on < used_on)
            await connection.execute(later.values(used_on=used_on))
            found = (await connection.execute(select(contents.c.id, contents.c.picture_ref).where(*same))).one()
        if not content.id:
            content.uploads = content.post.picture is not None and found.picture_ref is None
            if found.picture_ref is not None:
                content.name_picture(found.picture_ref)
        content.id, content.used_on = found.id, used_on


def digest_of(post: Post) -> bytes:
    """What tells one content from another: all that is said and shown, and what it states."""
    picture = hashlib.sha256(post.picture.png).digest() if post.picture else b""
    alt = post.picture.alt if post.picture else ""
    whole = replace(post, picture=None)
    return hashlib.sha256(repr((whole, alt)).encode() + picture).digest()
