"""A calendar that says something else after a restart, and what is seen of the corrections that follow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from bot.agenda.occurrence import Slot
from bot.chats.address import Address
from bot.outbox.correcting_rows import Unreached, unreached
from bot.outbox.edition import ChatView
from bot.outbox.tables import contents, corrections, deliveries
from bot.posts.post import Button, Picture, Post
from bot.posts.stated import Claimed, Stated
from tests.outbox.stage import Stage

BUTTONS = ((Button("Why", "/why x"),),)
WRONG, RIGHT, BETTER = "wrong", "right", "better"
Place = Callable[[int], Address]


def says(body: str, picture: Picture | None = None) -> Callable[[ChatView, Slot, date], Post]:
    def post(view: ChatView, slot: Slot, on: date) -> Post:
        name = picture.alt if picture else None
        stated = Stated(view.language, on, on, slot, (Claimed("event:x", ("1",)),), body=body, picture=name)
        return Post(f"{body} of {on}", BUTTONS, picture, ("x",), stated)

    return post


def now_says(stage: Stage, body: str, picture: Picture | None = None) -> None:
    """The calendar says something else from now on, after a restart."""

    def correction(stated: Stated, corrected_on: date) -> Post:
        name = picture.alt if picture else None
        return Post(
            f"Correction {corrected_on}: {body}", BUTTONS, picture, ("x",), replace(stated, body=body, picture=name)
        )

    edition = stage.edition
    edition.revision = body
    edition.post = says(body, picture)
    edition.fallen = lambda stated: stated.body != body
    edition.correction = correction


async def restarted(stage: Stage) -> None:
    await stage.crash()
    await stage.run()


async def posted(stage: Stage, *addresses: Address, picture: Picture | None = None) -> None:
    stage.edition.post = says(WRONG, picture)
    await stage.subscribe(*addresses)
    await stage.run()


async def correct(stage: Stage, body: str = RIGHT, picture: Picture | None = None) -> int:
    """The calendar is mended, the bot restarted, and all is corrected: so many messages."""
    now_says(stage, body, picture)
    await restarted(stage)
    found = await stage.outbox.correct_all()
    assert found is not None
    await stage.run()
    return found.messages


async def rows(stage: Stage) -> list[tuple[str, str | None]]:
    async with stage.database.read() as connection:
        query = select(corrections.c.state, corrections.c.reason).order_by(corrections.c.delivery)
        return [tuple(row) for row in (await connection.execute(query)).all()]


async def stand(stage: Stage) -> list[str | None]:
    """What each delivery is known to say, in the order of chats."""
    async with stage.database.read() as connection:
        joined = deliveries.outerjoin(contents, contents.c.id == deliveries.c.content)
        query = select(contents.c.html).select_from(joined).order_by(deliveries.c.day, deliveries.c.chat)
        return list(await connection.scalars(query))


async def not_reached(stage: Stage) -> list[Unreached]:
    async with stage.database.read() as connection:
        ids = list(await connection.scalars(select(contents.c.id)))
    return await unreached(stage.database, stage.seal, ids)


def edited(stage: Stage) -> list[tuple[str, str]]:
    return [(address.chat, post.html) for address, _, post, _ in stage.transport.edits]
