"""Looking whether a post stands in a channel, over a server that answers as Telegram does."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox.limiter import Limiter
from bot.outbox.transport import Fate, Parcel, TransportError
from bot.outbox.windows import Rates
from bot.posts.post import Post
from bot.transports.telegram import TelegramTransport
from bot.transports.telegram_wire import Wire
from tests.telegram import Chat, Message, TelegramServer, User
from tests.telegram.faults import BAD_GATEWAY, CUT_AFTER, Fault, flood
from tests.transports.conftest import address_of
from tests.transports.pacers import FreePacer
from tests.transports.pictures import picture

POST = Post("🕯 <b>20 February</b>\nthree years")
SINCE = datetime.now(UTC) - timedelta(seconds=5)


class Watch:
    """A channel with posts, an operator, and a transport that sends copies to her."""

    def __init__(self, server: TelegramServer, wire: Wire, pacer: FreePacer) -> None:
        self.server = server
        self.pacer = pacer
        self.operator: User | Chat = server.people.add_user()
        self.channel = server.people.add_channel(last_id=4000)
        self.transport = TelegramTransport(wire, pacer, operators=address_of(self.operator))

    def others_post(self, count: int = 1) -> None:
        for number in range(count):
            self.server.people.post(self.channel, f"by an administrator, {number}")

    async def send(self, post: Post = POST) -> int:
        return (await self.transport.send(address_of(self.channel), Parcel(post))).message_id

    async def look(self, after_id: int = 4000, since: datetime = SINCE, text: str = POST.text) -> int | None:
        return await self.transport.look(address_of(self.channel), after_id, text, since)

    async def look_back(self, before_id: int, since: datetime = SINCE) -> int | None:
        return await self.transport.look_back(address_of(self.channel), before_id, POST.text, since)

    def copies(self) -> list[Message]:
        return [message for message in self.server.sent if message.chat.id == self.operator.id]

    async def refused(self, after_id: int = 4000) -> TransportError:
        with pytest.raises(TransportError) as caught:
            await self.look(after_id)
        return caught.value


@pytest.fixture
def watch(server: TelegramServer, wire: Wire, pacer: FreePacer) -> Watch:
    return Watch(server, wire, pacer)


async def test_post_is_found_among_those_of_administrators(watch: Watch) -> None:
    watch.others_post(3)
    sent = await watch.send()
    watch.others_post(2)
    assert await watch.look() == sent


async def test_picture_is_found_by_its_caption(watch: Watch) -> None:
    sent = await watch.send(Post(POST.html, picture=picture()))
    assert await watch.look() == sent


async def test_copies_are_silent_and_taken_away(watch: Watch) -> None:
    watch.others_post(2)
    await watch.send()
    await watch.look()
    assert [(m.silent, m.deleted) for m in watch.copies()] == [(True, True)] * 3


@pytest.mark.parametrize("fault", [BAD_GATEWAY, CUT_AFTER])
async def test_copy_that_is_hard_to_take_away_is_taken_away_all_the_same(watch: Watch, fault: Fault) -> None:
    sent = await watch.send()
    watch.server.faults.script(fault, method="deleteMessage")
    assert await watch.look() == sent
    assert [copy.deleted for copy in watch.copies()] == [True]


async def test_ten_missing_ids_say_that_it_is_not_there(watch: Watch) -> None:
    watch.others_post(2)
    assert await watch.look() is None
    # Twelve ids tried without a destination, and the two that stand there copied.
    assert watch.server.methods["forwardMessage"] == 14


async def test_gap_of_nine_ids_does_not_hide_it(watch: Watch) -> None:
    watch.channel.last_id += 9
    sent = await watch.send()
    assert await watch.look() == sent == 4010


async def test_twenty_other_posts_leave_doubt(watch: Watch) -> None:
    watch.others_post(21)
    await watch.send()
    error = await watch.refused()
    assert (error.fate, error.reason) == (Fate.UNCERTAIN, "look_too_many_posts")
    assert len(watch.copies()) == 20


async def test_posts_of_others_that_are_known_need_no_copy_and_do_not_count(watch: Watch) -> None:
    watch.others_post(30)
    sent = await watch.send()
    known = range(4001, 4031)
    assert await watch.transport.look(address_of(watch.channel), 4000, POST.text, SINCE, others=known) == sent
    assert len(watch.copies()) == 1


async def test_post_told_of_while_a_copy_waits_for_its_turn_needs_none(watch: Watch) -> None:
    watch.others_post()
    known: list[int] = []
    watch.pacer.before_turn = lambda: known.append(4001)
    assert await watch.transport.look(address_of(watch.channel), 4000, POST.text, SINCE, others=known) is None
    assert watch.copies() == []


async def test_missing_ids_cost_the_operators_chat_nothing(watch: Watch) -> None:
    assert await watch.look() is None
    assert watch.copies() == []


async def test_post_made_long_after_ours_was_sent_ends_the_search(watch: Watch) -> None:
    late = SINCE + timedelta(minutes=21)
    for _ in range(25):
        watch.server.people.post(watch.channel, "news of another hour", at=int(late.timestamp()))
    assert await watch.look() is None
    assert len(watch.copies()) == 1


async def test_looking_back_finds_the_newest_before_an_id(watch: Watch) -> None:
    first, second = await watch.send(), await watch.send()
    watch.others_post()
    assert await watch.look_back(second + 2) == second
    assert await watch.look_back(second) == first


async def test_looking_back_ends_at_a_post_made_before_ours_was_sent(watch: Watch) -> None:
    watch.server.people.add_history(watch.channel, 30)
    assert await watch.look_back(watch.channel.last_id + 1) is None
    assert len(watch.copies()) == 1


async def test_looking_back_ends_at_the_first_id(watch: Watch) -> None:
    young = watch.server.people.add_channel()
    watch.channel = young
    watch.others_post(2)
    assert await watch.look_back(3) is None


async def test_same_text_of_an_earlier_day_is_not_ours(watch: Watch) -> None:
    watch.server.people.post(watch.channel, POST.text, at=int((SINCE - timedelta(days=1)).timestamp()))
    assert await watch.look() is None


async def test_white_space_that_telegram_trims_does_not_matter(watch: Watch) -> None:
    sent = await watch.send(Post(POST.html + "\n \n"))
    assert await watch.look(text=POST.text + "\n \n") == sent


async def test_service_message_is_passed_over(watch: Watch) -> None:
    first = await watch.send(Post("pinned"))
    watch.others_post()
    watch.channel.messages[first + 1].service = {"new_chat_title": "Vigil"}
    sent = await watch.send()
    assert await watch.look(first) == sent


async def test_protected_channel_leaves_doubt(watch: Watch) -> None:
    await watch.send()
    watch.channel.protected = True
    error = await watch.refused()
    assert (error.fate, error.reason) == (Fate.UNCERTAIN, "look_protected")


async def test_private_chats_and_groups_are_never_looked_into(watch: Watch) -> None:
    for place in (
        watch.server.people.add_user(),
        watch.server.people.add_group(),
        watch.server.people.add_supergroup(),
    ):
        with pytest.raises(TransportError) as caught:
            await watch.transport.look(address_of(place), 0, "A", SINCE)
        assert caught.value.fate is Fate.UNCERTAIN
    assert watch.server.methods["forwardMessage"] == 0


async def test_without_operators_there_is_doubt(watch: Watch, wire: Wire) -> None:
    with pytest.raises(TransportError) as caught:
        await TelegramTransport(wire, watch.pacer).look(address_of(watch.channel), 0, "A", SINCE)
    assert (caught.value.fate, caught.value.reason) == (Fate.UNCERTAIN, "look_no_operators")


async def test_operators_in_a_group_see_no_copies(watch: Watch, wire: Wire) -> None:
    group = address_of(watch.server.people.add_group())
    with pytest.raises(TransportError) as caught:
        await TelegramTransport(wire, watch.pacer, operators=group).look(address_of(watch.channel), 0, "A", SINCE)
    assert caught.value.fate is Fate.UNCERTAIN


async def test_operators_who_blocked_the_bot_leave_doubt_and_pause_no_channel(watch: Watch) -> None:
    assert isinstance(watch.operator, User)
    watch.operator.blocked = True
    await watch.send()
    error = await watch.refused()
    assert (error.fate, error.reason) == (Fate.UNCERTAIN, "look_blocked")


@pytest.mark.parametrize("fault", [BAD_GATEWAY, CUT_AFTER])
async def test_passing_trouble_is_tried_again(watch: Watch, fault: Fault) -> None:
    sent = await watch.send()
    watch.server.faults.script(*[fault] * 3, method="forwardMessage")
    assert await watch.look() == sent


async def test_lasting_trouble_is_for_a_later_look(watch: Watch) -> None:
    await watch.send()
    watch.server.faults.script(*[BAD_GATEWAY] * 3, method="forwardMessage", chat=watch.operator.id)
    error = await watch.refused()
    assert (error.fate, error.reason) == (Fate.PASSING, "look_http_502")


async def test_flood_in_the_operators_chat_is_for_a_later_look(watch: Watch) -> None:
    await watch.send()
    watch.server.faults.script(flood(3), method="forwardMessage", chat=watch.operator.id)
    error = await watch.refused()
    assert (error.fate, error.retry_after_s) == (Fate.PASSING, 3)
    assert watch.pacer.holds == [(str(watch.operator.id), 3)]


async def test_each_copy_takes_a_turn_of_the_operators_chat_and_a_missing_id_none(watch: Watch) -> None:
    watch.others_post(2)
    await watch.look()
    assert watch.pacer.used == [(str(watch.operator.id), False)] * 2


async def test_look_keeps_to_the_limits_of_the_operators_chat(watch: Watch, wire: Wire) -> None:
    watch.server.limits.enabled = True
    watch.server.limits.private_burst, watch.server.limits.private_per_second = 10, 10.0
    limiter = Limiter(Rates(all_per_s=30, private_per_s=10))
    watch.transport = TelegramTransport(wire, limiter, operators=address_of(watch.operator))
    watch.others_post(12)
    sent = await watch.send()
    assert await watch.look() == sent
    assert 429 not in watch.server.statuses


async def test_bot_that_may_no_longer_see_the_channel_leaves_doubt(watch: Watch) -> None:
    await watch.send()
    watch.server.state.chats[watch.channel.id].members.clear()
    error = await watch.refused()
    assert error.fate is Fate.UNCERTAIN


async def test_a_look_that_is_cut_short_leaves_no_copy(watch: Watch) -> None:
    await watch.send()
    watch.server.faults.latency_s = 0.05
    looking = asyncio.create_task(watch.look())
    await watch.server.wait_for(watch.copies)

    looking.cancel()
    await asyncio.wait({looking})

    assert looking.cancelled()
    assert watch.server.texts(watch.operator.id) == []
