"""Amending one message that was sent: edited, or answered where it cannot be.

An edit may be repeated without harm, so nothing is marked before it. No chat is paused here: its next
post shows whether it is still there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

import structlog

from bot.chats.address import ChatKind
from bot.outbox.carrier import Line
from bot.outbox.contents import Content
from bot.outbox.correcting_rows import Due, Outcome, Step, begin_answer
from bot.outbox.correction_posts import CorrectionPosts
from bot.outbox.limiter import WithdrawnError
from bot.outbox.mending import mended
from bot.outbox.place import Place
from bot.outbox.transport import MESSAGE_MISSING, NOT_EDITABLE, Fate, Mend, Parcel, TransportError
from bot.outbox.verdict import MAX_ATTEMPTS_KEPT, back_off
from bot.outbox.waits import Floods
from bot.posts.post import Post

_log = structlog.get_logger(__name__)

# Whoever must wait longer for its own chat's limit makes room for others.
_PATIENCE_S = 2.0
_AFTER_A_DEFECT_S = 60.0


class Brake(Protocol):
    """What stops sending over a transport altogether."""

    @property
    def why_not(self) -> str | None:
        """Why nothing may be sent now; null if it may."""

    def halt(self, reason: str) -> None:
        """Send nothing more."""


@dataclass(slots=True)
class Amender:
    """Amends messages of one transport; `may_write` is asked immediately before a request is written."""

    place: Place
    line: Line
    brake: Brake
    may_write: Callable[[], bool]
    _mends: dict[int, tuple[Mend, ...]] = field(default_factory=dict)
    _posts: CorrectionPosts = field(init=False)

    def __post_init__(self) -> None:
        self._posts = CorrectionPosts(self.place.database, self._as_sent)

    async def amend(self, due: Due) -> Outcome | None:
        """What came of one attempt; null where it was not even tried, since sending stops."""
        if not self.may_write():
            return None
        if due.chat.state == "paused":
            return Outcome(due, Step.FAILED, "paused")
        content = await self._posts.of(due.content)
        if content is None:
            return Outcome(due, Step.FAILED, "erased")
        try:
            return await self._edited_or_answered(due, content)
        except WithdrawnError:
            return self._later(due, self.line.limiter.all_held_s, reason="limit", counts=False)

    async def _edited_or_answered(self, due: Due, content: Content) -> Outcome:
        try:
            return await self._edited(due, content)
        except TransportError as exc:
            error = exc
        return await self._after(due, content, error)

    async def _edited(self, due: Due, content: Content) -> Outcome:
        wait_s = self.line.limiter.wait_s(due.chat.address)
        if _PATIENCE_S < wait_s < float("inf"):
            return self._later(due, wait_s, reason="limit", counts=False)
        has_picture = await self._posts.is_pictured_as(content, due.before)
        async with content.parcel(silent=True) as parcel, self.line.limiter.take(due.chat.address) as turn:
            if not self.may_write():
                return self._later(due, 0, reason="lease", counts=False)
            turn.written()
            await self._edit(due, content, parcel, has_picture=has_picture)
        return Outcome(due)

    async def _edit(self, due: Due, content: Content, parcel: Parcel, *, has_picture: bool) -> None:
        transport, address = self.line.transport, due.chat.address
        if due.answer_id is not None:  # answers have no picture
            await transport.edit(address, due.answer_id, replace(content.post, picture=None))
        elif has_picture:
            await transport.edit(address, due.message_id, content.post)
        else:
            sent = await transport.replace(address, due.message_id, parcel)
            await self._posts.uploaded(content, sent.picture_ref)

    async def _after(self, due: Due, content: Content, error: TransportError) -> Outcome:  # noqa: PLR0911 (one return a fate)
        """What follows from a failed edit."""
        match error.fate:
            case Fate.POST_BAD if error.reason == MESSAGE_MISSING:
                # Somebody took it away: nothing wrong stands there, and a new post would be a second one.
                return Outcome(due, Step.GONE, error.reason)
            case Fate.POST_BAD if error.reason == NOT_EDITABLE:
                return await self._answered(due, content)
            case Fate.POST_BAD:
                return self._mended(due, content, error)
            case Fate.CHAT_GONE:
                return Outcome(due, Step.FAILED, error.reason)
            case Fate.MIGRATED if error.migrate_to is not None:
                moved = replace(due.chat.address, chat=error.migrate_to, kind=ChatKind.SUPERGROUP)
                await self.place.chats.migrate(due.chat.address, moved)
                return Outcome(due, Step.FAILED, error.reason)
            case Fate.STOP:
                self.brake.halt(error.reason)
                return self._later(due, 0, reason=error.reason)
            case _:
                return await self._passing(due, error)

    async def _passing(self, due: Due, error: TransportError) -> Outcome:
        if error.retry_after_s is None:
            return self._later(due, back_off(due.attempts + 1).total_seconds(), reason=error.reason)
        self.line.limiter.hold(due.chat.address, error.retry_after_s)
        floods = Floods(self.place.database, self.line.transport.name, self.line.limiter)
        await floods.keep(due.chat.id, error.retry_after_s, self.place.clock())
        return self._later(due, error.retry_after_s, reason=error.reason)

    def _mended(self, due: Due, content: Content, error: TransportError) -> Outcome:
        """Mend the post for everyone and try again; given up where that was tried or nobody knows how."""
        known = self._mends.get(due.content, ())
        if known == content.mends:  # not mended since this one went out
            if error.mend is None or error.mend in known:
                return Outcome(due, Step.FAILED, error.reason)
            self._mends[due.content] = (*known, error.mend)
            self._posts.forget(due.content)
        return self._later(due, 0, reason=error.reason)

    async def _answered(self, due: Due, content: Content) -> Outcome:
        """Say it beneath the message that cannot be edited; whoever has left is sent nothing new."""
        if due.chat.state != "active" or due.chat.rests_until is not None:
            return Outcome(due, Step.FAILED, NOT_EDITABLE)
        silent = due.chat.silent or due.chat.discreet
        parcel = Parcel(self._answer(due, content.post), silent=silent, answers=due.message_id)
        async with self.line.limiter.take(due.chat.address) as turn:
            marked = self.may_write() and await begin_answer(self.place.database, due, self.place.clock())
            # Marking waited for the disk, and perhaps for whoever stopped this process.
            if not marked or not self.may_write():
                return self._later(due, 0, reason="lease", counts=False)
            turn.written()
            return await self._sent_answer(due, content, parcel)

    async def _sent_answer(self, due: Due, content: Content, parcel: Parcel) -> Outcome:
        try:
            sent = await self.line.transport.send(due.chat.address, parcel)
        except TransportError as exc:
            if exc.fate in (Fate.UNCERTAIN, Fate.LOOK_FIRST):
                return Outcome(due, Step.UNCERTAIN, exc.reason)
            if exc.reason == NOT_EDITABLE:
                return Outcome(due, Step.FAILED, exc.reason)
            return await self._after(due, content, exc)
        except Exception as exc:  # it may have been written: never again blindly
            _log.error("answering_failed", error=type(exc).__name__)
            return Outcome(due, Step.UNCERTAIN, "defect")
        return Outcome(due, Step.ANSWERED, answer_id=sent.message_id)

    def _answer(self, due: Due, post: Post) -> Post:
        """The text alone; in a discreet chat nothing but that the earlier post is withdrawn: it would be shown."""
        from bot.posts.correction import correction_line  # noqa: PLC0415 (templates: not needed to start)

        if not due.chat.discreet:
            return replace(post, picture=None)
        language = post.stated.language if post.stated else due.chat.language
        return Post(correction_line(language, self.place.clock().date(), is_withdrawn=True))

    def later_after_defect(self, due: Due) -> Outcome:
        """It failed in a way that nobody foresaw: to be tried again, and not at once."""
        return self._later(due, _AFTER_A_DEFECT_S, reason="defect")

    def _later(self, due: Due, wait_s: float, *, reason: str, counts: bool = True) -> Outcome:
        next_at = self.place.clock() + timedelta(seconds=wait_s)
        return Outcome(due, Step.DUE, reason, next_at, min(due.attempts + counts, MAX_ATTEMPTS_KEPT))

    def _as_sent(self, post: Post, content: int) -> tuple[Post, tuple[Mend, ...]]:
        mends = self._mends.get(content, ())
        return mended(post, mends, self.line.transport.limits), mends
