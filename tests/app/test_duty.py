"""What the process that sends does alone: it begins when the lease is ours, ends when it is lost, and begins again."""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import pytest
from structlog.testing import capture_logs

from bot.app.duty import Duty
from bot.doors.telegram.door import TelegramDoor
from bot.outbox.outbox import Outbox
from bot.outbox.transport import Fate, TransportError

SOON_S = 5.0


class Scene:
    """An outbox by what it says of the lease, and doors that write down when they open and close."""

    def __init__(self) -> None:
        self.is_sender = self.holds_lease = False
        self.happened: list[str] = []
        self.changed = asyncio.Event()
        self.refusal: TransportError | None = None
        self._stopping: asyncio.Event | None = None

    def lease(self, *, ours: bool) -> None:
        self.is_sender = self.holds_lease = ours

    def open(self) -> TelegramDoor:
        self._stopping = asyncio.Event()
        return cast(TelegramDoor, self)

    async def run(self) -> None:
        assert self._stopping is not None
        self.note("opened")
        if self.refusal is not None:
            raise self.refusal
        await self._stopping.wait()
        self.note("closed")

    def stop(self) -> None:
        assert self._stopping is not None
        self._stopping.set()

    def note(self, what: str) -> None:
        self.happened.append(what)
        self.changed.set()

    async def so_far(self, *happened: str) -> None:
        async with asyncio.timeout(SOON_S):
            while self.happened != list(happened):
                await self.changed.wait()
                self.changed.clear()


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
async def duty(scene: Scene) -> AsyncIterator[Duty]:
    made = Duty(cast(Outbox, scene), scene.open, lambda: scene.note("took over"))
    yield made
    await made.stop()


async def test_the_first_sender_opens_without_a_word(scene: Scene, duty: Duty) -> None:
    scene.lease(ours=True)
    with capture_logs() as logs:
        duty.start()
        await scene.so_far("opened")
        await duty.stop()

    assert scene.happened == ["opened", "closed"]
    assert logs == []


async def test_the_door_follows_the_lease(scene: Scene, duty: Duty) -> None:
    with capture_logs() as logs:
        duty.start()
        await asyncio.sleep(0)  # it has looked once, and stands by
        scene.lease(ours=True)
        await scene.so_far("took over", "opened")
        scene.lease(ours=False)
        await scene.so_far("took over", "opened", "closed")
        scene.lease(ours=True)
        await scene.so_far("took over", "opened", "closed", "took over", "opened")

    assert [log["event"] for log in logs] == [
        "this process sends from now on",
        "this process does not send any more: it stands by",
        "this process sends from now on",
    ]


async def test_a_shift_that_ends_while_the_lease_is_kept_closes_nothing(scene: Scene, duty: Duty) -> None:
    scene.lease(ours=True)
    duty.start()
    await scene.so_far("opened")
    scene.is_sender = False
    await duty.stop()

    assert scene.happened == ["opened", "closed"]


async def test_a_refused_token_comes_out(scene: Scene, duty: Duty) -> None:
    scene.lease(ours=True)
    scene.refusal = TransportError(Fate.STOP, "token_refused")

    with capture_logs(), pytest.raises(TransportError):
        await duty.start()


async def test_who_stands_by_ends_at_once(scene: Scene, duty: Duty) -> None:
    duty.start()
    async with asyncio.timeout(SOON_S):
        await duty.stop()

    assert scene.happened == []
