"""The posts that corrections bring: written down whole, and read again by whoever sends.

The process that sends may have read the calendar before it was mended, so it composes nothing here.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select, update

from bot.database import Database, insert_into
from bot.outbox.contents import Content, digest_of
from bot.outbox.tables import contents, replacements
from bot.outbox.transport import Mend
from bot.posts.post import Button, Picture, Post
from bot.posts.stated import Stated, read_stated, write_stated

_KEPT = 64


async def keep_post(database: Database, post: Post, *, replaces: int, used_on: date) -> int:
    """Write a post down as that which takes a content's place; its number."""
    digest = digest_of(post)
    async with database.write() as connection:
        former = (await connection.execute(select(contents).where(contents.c.id == replaces))).one()
        row = {
            "transport": former.transport,
            "hash": digest,
            "html": str(post.html),
            "records": " ".join(post.records),
            "stated": write_stated(post.stated) if post.stated else None,
            "replaces": replaces,
            "used_on": max(used_on, former.used_on),
            # The same card need not be uploaded again.
            "picture_ref": former.picture_ref if _same_picture(post.stated, read_stated(former.stated)) else None,
        }
        statement = insert_into(connection, contents).values(row)
        same = [contents.c.transport, contents.c.hash]
        newer = {"replaces": replaces, "used_on": row["used_on"]}
        await connection.execute(statement.on_conflict_do_update(index_elements=same, set_=newer))
        query = select(contents.c.id).where(contents.c.transport == former.transport, contents.c.hash == digest)
        number = int((await connection.execute(query)).scalar_one())
        rest = insert_into(connection, replacements).values({"content": number} | _rest_of(post))
        await connection.execute(rest.on_conflict_do_nothing())
    return number


async def read_post(database: Database, content: int) -> tuple[Post, str | None] | None:
    """The post of a correction, and the transport's name for its picture; None if it was erased."""
    columns = (contents.c.html, contents.c.records, contents.c.stated, contents.c.picture_ref, *_REST)
    query: Select[Any] = select(*columns).join_from(contents, replacements).where(contents.c.id == content)
    async with database.read() as connection:
        row = (await connection.execute(query)).first()
    return None if row is None else (_post(row), row.picture_ref)


async def newest_correction(database: Database, content: int) -> tuple[int, Post] | None:
    """The latest correction of a content, with its number; None where there was none."""
    query = select(contents.c.id).join_from(contents, replacements).where(contents.c.replaces == content)
    async with database.read() as connection:
        number = await connection.scalar(query.order_by(contents.c.id.desc()).limit(1))
    found = None if number is None else await read_post(database, number)
    return None if number is None or found is None else (number, found[0])


class CorrectionPosts:
    """The posts of corrections as they go out, read once each; mended for everyone where one is refused."""

    def __init__(self, database: Database, mend: Callable[[Post, int], tuple[Post, tuple[Mend, ...]]]) -> None:
        """`mend` gives the post of a content as it is to be sent, and what was mended of it."""
        self._database = database
        self._mend = mend
        self._known: dict[int, Content | None] = {}
        self._pictures: dict[int, str | None] = {}

    async def of(self, content: int) -> Content | None:
        """The content of that number; None if it was erased."""
        if content not in self._known:
            self._make_room()
            found = await read_post(self._database, content)
            # Another task may have read it meanwhile: only one of the two may upload.
            self._known.setdefault(content, None if found is None else self._content(content, *found))
        return self._known[content]

    async def is_pictured_as(self, content: Content, before: int) -> bool:
        """Whether a message that has the content `before` has this one's picture already."""
        if before not in self._pictures:
            async with self._database.read() as connection:
                text = await connection.scalar(select(contents.c.stated).where(contents.c.id == before))
            stated = read_stated(text)
            self._pictures[before] = stated.picture if stated else None
        stated = content.post.stated
        return stated is not None and stated.picture is not None and stated.picture == self._pictures[before]

    def forget(self, content: int) -> None:
        """Read that content anew: it has been mended."""
        self._known.pop(content, None)

    async def uploaded(self, content: Content, picture_ref: str | None) -> None:
        """Keep the transport's name for the picture of a content."""
        if not content.uploads or picture_ref is None:
            return
        content.uploads = False
        content.picture_ref = picture_ref
        async with self._database.write() as connection:
            same = contents.c.id == content.id
            await connection.execute(update(contents).where(same).values(picture_ref=picture_ref))

    def _content(self, number: int, post: Post, picture_ref: str | None) -> Content:
        post, mends = self._mend(post, number)
        content = Content(number, post, "", b"", mends, picture_ref=picture_ref if post.picture else None)
        content.uploads = post.picture is not None and picture_ref is None
        return content

    def _make_room(self) -> None:
        if len(self._known) >= _KEPT:
            self._known.clear()
            self._pictures.clear()


_REST = (replacements.c.buttons, replacements.c.png, replacements.c.alt)


def _rest_of(post: Post) -> dict[str, Any]:
    picture = post.picture
    buttons = json.dumps([[asdict(button) for button in row] for row in post.buttons], ensure_ascii=False)
    return {"buttons": buttons, "png": picture.png if picture else None, "alt": picture.alt if picture else None}


def _post(row: Row[Any]) -> Post:
    buttons = tuple(tuple(Button(**button) for button in row_) for row_ in json.loads(row.buttons))
    picture = Picture(row.png, row.alt or "") if row.png is not None else None
    return Post(row.html, buttons, picture, tuple(row.records.split()), read_stated(row.stated))


def _same_picture(one: Stated | None, other: Stated | None) -> bool:
    return one is not None and other is not None and one.picture is not None and one.picture == other.picture
