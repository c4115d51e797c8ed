"""A group that becomes a supergroup while its post is under way."""

from collections.abc import Awaitable, Callable

from bot.chats.address import Address, ChatKind
from tests.outbox.stage import Stage

OLD = Address("telegram", "-77", kind=ChatKind.GROUP)
NEW = Address("telegram", "-1001000000077", kind=ChatKind.SUPERGROUP)


def _moving(stage: Stage) -> Callable[[Address], Awaitable[None]]:
    """What happens between the message and its answer: the group has a new id."""

    async def move(_: Address) -> None:
        await stage.chats.migrate(OLD, NEW)

    return move


async def test_the_id_of_a_message_in_the_former_group_is_not_kept(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(OLD)
    stage.transport.before_answer = _moving(stage)

    await stage.run()

    assert [address for address, _ in stage.transport.sent] == [OLD]
    assert await stage.rows("state", "message_id") == [("sent", None)]


async def test_where_the_group_stays_as_it_is_the_id_is_kept(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(OLD)

    await stage.run()

    assert await stage.rows("state", "message_id") == [("sent", 1001)]
