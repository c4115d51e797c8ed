"""Orders are carried out once, whatever they come to and whatever ends in the midst of them."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.app.operators.actions import Actions
from bot.app.operators.actions import Told as Saying
from bot.app.operators.desk import Desk
from bot.chats.address import Address, ChatKind
from bot.errors import VigilError
from bot.outbox.orders import button_data, offer, take
from bot.outbox.tables import orders
from tests.app.operators.scene import OPERATORS, Told
from tests.outbox.stage import NOON

OPERATOR = int(OPERATORS.chat)


class Performed:
    """An action that notes what it was asked, and ends as it is told."""

    def __init__(self) -> None:
        self.abouts: list[str] = []
        self.failure: Exception | None = None
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def __call__(self, about: str, _: datetime) -> Saying:
        self.abouts.append(about)
        await self.may_end.wait()
        if self.failure is not None:
            raise self.failure
        return Saying(f"Done: {about}")


class Scene:
    """A desk with two actions."""

    def __init__(self, operators: Told) -> None:
        self.operators = operators
        self.said: list[str] = []
        self.safe, self.risky = Performed(), Performed()
        self.desk = self.new_desk()

    def new_desk(self) -> Desk:
        actions = Actions()
        actions.add("safe", self.safe)
        actions.add("risky", self.risky, repeatable=False)
        return Desk(self.operators.chat, self.operators.database, actions, say=lambda told: self.said.append(told.text))

    async def button(self, action: str, about: str = "it") -> str:
        [token] = await offer(self.operators.database, [(action, about)], NOON.replace(year=2030))
        return button_data(token)

    async def press(self, data: str, address: Address = OPERATORS, user_id: int | None = OPERATOR) -> str | None:
        return await self.desk.press(address, user_id, data, NOON)

    async def worked(self, said: int = 1) -> None:
        await self.desk.work(NOON)
        await self.operators.until(lambda: len(self.said) >= said)

    async def written_down(self) -> None:
        """Once of every order that was said it is on the disk too."""
        while self.desk._under_way:
            await asyncio.wait(list(self.desk._under_way.values()))


@pytest.fixture
def scene(operators: Told) -> Scene:
    return Scene(operators)


async def test_an_order_is_carried_out_once_however_often_it_is_pressed(scene: Scene) -> None:
    data = await scene.button("safe")

    assert await scene.press(data) == "Ordered. What came of it follows here."
    assert await scene.press(data) == "Ordered already."
    await scene.worked()
    await scene.written_down()
    assert await scene.press(data) == "Already done."
    await scene.desk.work(NOON)

    assert (scene.safe.abouts, scene.said) == (["it"], ["Done: it"])


@pytest.mark.parametrize(
    ("address", "user_id"),
    [
        (Address("telegram", "78"), 78),
        (Address("telegram", "78"), OPERATOR),
        (OPERATORS, 78),
        (OPERATORS, None),
        (Address("telegram", "-1001000000078", kind=ChatKind.CHANNEL), OPERATOR),
        (Address("room", OPERATORS.chat), OPERATOR),
        (Address("telegram", OPERATORS.chat, kind=ChatKind.SUPERGROUP), OPERATOR),
    ],
)
async def test_a_press_from_elsewhere_orders_nothing(scene: Scene, address: Address, user_id: int | None) -> None:
    assert await scene.press(await scene.button("safe"), address, user_id) is None
    assert await take(scene.operators.database) is None


@pytest.mark.parametrize("data", ["/today", "order ", "order x", "order " + "x" * 500, "hold person:ihar-losik", ""])
async def test_what_no_button_carries_orders_nothing(scene: Scene, data: str) -> None:
    assert await scene.press(data) in (None, "This button is too old: nothing was done.")
    assert await take(scene.operators.database) is None


async def test_what_goes_wrong_is_told_and_the_next_order_is_carried_out(scene: Scene) -> None:
    scene.risky.failure = VigilError("no such thing")
    for action in ("risky", "safe"):
        await scene.press(await scene.button(action))
    await scene.worked(2)
    scene.risky.failure = ValueError("a defect")
    await scene.press(await scene.button("risky"))
    await scene.worked(3)

    assert scene.said == ["Not done: no such thing", "Done: it", "Not done, or not wholly: risky failed (ValueError)."]


async def test_a_long_order_keeps_no_other_waiting(scene: Scene) -> None:
    scene.risky.may_end.clear()
    for action in ("risky", "safe"):
        await scene.press(await scene.button(action))
    await scene.worked()

    assert scene.said == ["Done: it"]
    await scene.desk.stop()


async def test_an_order_of_an_older_version_is_told(scene: Scene) -> None:
    await scene.press(await scene.button("gone"))
    await scene.worked()

    assert scene.said == ["This version of Vigil knows no such order: gone. Nothing was done."]


async def test_what_a_run_did_not_end_is_done_again_only_where_that_does_no_harm(scene: Scene) -> None:
    for performed in (scene.safe, scene.risky):
        performed.may_end.clear()
    for action in ("safe", "risky"):
        await scene.press(await scene.button(action))
    await scene.desk.work(NOON)
    await scene.operators.until(lambda: scene.safe.abouts and scene.risky.abouts)
    await scene.desk.stop()
    scene.safe.may_end.set()

    scene.desk = scene.new_desk()
    await scene.desk.take_up(NOON)
    await scene.worked(2)

    assert (len(scene.safe.abouts), len(scene.risky.abouts)) == (2, 1)
    assert scene.said == ["Interrupted, and perhaps done: risky. It is not done again by itself.", "Done: it"]


async def test_what_is_under_way_is_not_taken_up_anew(scene: Scene) -> None:
    scene.safe.may_end.clear()
    await scene.press(await scene.button("safe"))
    await scene.desk.work(NOON)
    await scene.operators.until(lambda: scene.safe.abouts)

    await scene.desk.take_up(NOON)
    await scene.desk.work(NOON)
    scene.safe.may_end.set()
    await scene.worked()

    assert scene.safe.abouts == ["it"]


async def test_buttons_whose_time_is_over_are_forgotten_while_it_works(scene: Scene) -> None:
    await scene.button("safe")
    await scene.desk.work(NOON)
    await scene.desk.work(NOON.replace(year=2031))

    async with scene.operators.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(orders)) == 0


def test_two_actions_of_one_name_are_refused() -> None:
    actions = Actions()
    actions.add("safe", Performed())

    with pytest.raises(ValueError, match="safe"):
        actions.add("safe", Performed())
