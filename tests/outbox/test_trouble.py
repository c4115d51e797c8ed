"""A database that fails for a while: told once, nothing lost, nothing doubled."""

from sqlalchemy import text

from bot.outbox.notices import Trouble
from tests.outbox.stage import Stage, private, some


async def test_a_full_disk_is_told_once_and_planned_once_there_is_room(stage: Stage) -> None:
    await stage.subscribe(*some(private, 200))
    await _room(stage, 0)

    for _ in range(3):
        await stage.tick()
    assert stage.told(Trouble) == [Trouble("full")]

    await _room(stage, 100_000)
    await stage.run()

    assert await stage.states() == ["sent"] * 200
    assert len(stage.transport.texts()) == 200


async def test_trouble_is_told_again_after_it_had_passed(stage: Stage) -> None:
    await stage.subscribe(private())
    for revision in ("1", "2"):
        stage.edition.revision = revision
        async with stage.database.write() as connection:
            await connection.execute(text("ALTER TABLE waves RENAME TO gone"))
        await stage.tick()
        async with stage.database.write() as connection:
            await connection.execute(text("ALTER TABLE gone RENAME TO waves"))
        await stage.tick()

    assert len(stage.told(Trouble)) == 2


async def _room(stage: Stage, pages: int) -> None:
    """Leave room for so many more pages, on every connection that writes."""
    async with stage.database.write() as connection:
        used = await connection.scalar(text("PRAGMA page_count"))
        limit = text(f"PRAGMA max_page_count = {used + pages}")
        await connection.execute(limit)
    await stage.database.transact(lambda connection: connection.execute(limit).close())
