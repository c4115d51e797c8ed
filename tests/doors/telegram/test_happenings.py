"""What updates tell besides commands."""

from bot.chats.address import Address, ChatKind
from tests.doors.telegram.conftest import Porch
from tests.telegram import Rights


async def test_channel_that_makes_the_bot_administrator_is_told_with_who_did_it(porch: Porch) -> None:
    owner = porch.people.add_user()
    channel = porch.people.add_channel("Channel", owner, bot="left")
    porch.people.promote(channel, owner)
    porch.people.promote(channel, owner, rights=Rights(can_post_messages=False))
    porch.people.kick(channel, owner)
    await porch.quiet()
    address = Address("telegram", str(channel.id), 0, ChatKind.CHANNEL)
    told = [(change.address, change.may_post, change.by) for change in porch.record.memberships]
    assert told == [(address, may, Address("telegram", str(owner.id))) for may in (True, False, False)]


async def test_person_who_blocks_the_bot_is_told_and_so_is_her_return(porch: Porch) -> None:
    user = porch.people.add_user()
    porch.people.block(user)
    porch.people.unblock(user)
    await porch.quiet()
    assert [change.may_post for change in porch.record.memberships] == [False, True]


async def test_memberships_are_told_however_old(closed: Porch) -> None:
    closed.people.block(closed.people.add_user())
    closed.server.clock.advance(20 * 3600)
    await closed.open()
    await closed.quiet()
    assert len(closed.record.memberships) == 1


async def test_group_that_became_a_supergroup_is_told(porch: Porch) -> None:
    group = porch.people.add_group()
    large = porch.people.upgrade(group)
    await porch.quiet()
    assert set(porch.record.migrations) == {(str(group.id), str(large.id))}


async def test_posts_of_administrators_in_channels_are_told_and_not_answered(porch: Porch) -> None:
    channel = porch.people.add_channel(last_id=40)
    porch.people.post(channel, "/forget")
    await porch.quiet()
    assert porch.record.posts == [(str(channel.id), 41)]
    assert porch.script.asked == []


async def test_reply_to_a_group_that_moved_meanwhile_reaches_it(porch: Porch) -> None:
    user = porch.people.add_user()
    group = porch.people.add_group("Group", user)

    async def upgrade(_: object) -> None:
        porch.people.upgrade(group)

    porch.script.meanwhile = upgrade
    porch.people.say(user, "/today", group)
    await porch.quiet()
    assert group.migrated_to is not None
    assert porch.server.texts(group.migrated_to) == ["You said /today"]
    assert porch.record.migrations[0] == (str(group.id), str(group.migrated_to))
