"""From a subscription to a message, and what follows from each answer a transport gives."""

from datetime import timedelta

from bot.agenda.occurrence import Slot
from bot.chats.address import Address, ChatKind
from bot.outbox.notices import Doubted, LeftUncertain, Mended
from bot.outbox.transport import Fate, Mend, Parcel, TransportError
from bot.posts.post import Button, Picture, Post
from tests.outbox.stage import DAY, Stage, channel, failing, private, some


async def test_a_subscriber_gets_the_day_s_post_once(on_either: Stage) -> None:
    await on_either.subscribe(private())

    for _ in range(3):
        await on_either.run()

    assert on_either.transport.texts() == [f"day of {DAY}"]
    assert await on_either.rows("state", "message_id", "day") == [("sent", 1001, DAY)]


async def test_two_slots_are_two_messages(stage: Stage) -> None:
    stage.edition.heard = lambda wishes, on: frozenset(Slot)
    await stage.subscribe(private())

    await stage.run()

    assert sorted(stage.transport.texts()) == [f"day of {DAY}", f"memorial of {DAY}"]


async def test_a_passing_error_is_tried_again_later(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private())
    stage.transport.script[private().chat] = [failing(Fate.PASSING), failing(Fate.PASSING)]

    await stage.run()
    assert await stage.rows("state", "attempts") == [("due", 1)]
    stage.clock.advance(seconds=1)
    await stage.run()
    assert await stage.rows("state", "attempts") == [("due", 2)]
    stage.clock.advance(seconds=1)
    await stage.run()
    assert stage.transport.texts() == []
    stage.clock.advance(seconds=1)
    await stage.run()

    assert await stage.states() == ["sent"]
    assert len(stage.transport.texts()) == 1


async def test_a_chat_that_is_gone_is_paused_once_the_broadcast_has_ended(stage: Stage) -> None:
    await stage.subscribe(private())
    stage.transport.default = failing(Fate.CHAT_GONE, "blocked", knows_us=True)

    await stage.run()

    chat = await stage.chats.get(private())
    assert chat is not None
    assert (chat.state, chat.pause_reason) == ("paused", "blocked")
    assert await stage.rows("state", "reason") == [("failed", "blocked")]


async def test_a_small_bot_with_another_s_token_pauses_nobody_and_tries_again(stage: Stage) -> None:
    await stage.subscribe(*some(private, 3))
    stage.transport.default = failing(Fate.CHAT_GONE, "chat_not_found")

    for _ in range(3):
        await stage.run()

    assert {chat.state for chat in await stage.chats.listing()} == {"active"}
    assert await stage.rows("state", "reason") == [("due", "breaker")] * 3
    assert stage.notices == [Doubted("telegram", {"chat_not_found": 3})]

    stage.transport.default = None
    stage.clock.advance(minutes=10)
    await stage.run()

    assert await stage.states() == ["sent"] * 3


async def test_chats_that_stay_gone_are_paused_once_another_was_reached(stage: Stage) -> None:
    await stage.subscribe(*some(private, 2))
    stage.transport.default = failing(Fate.CHAT_GONE, "chat_not_found")
    await stage.run()
    await stage.subscribe(private(3))
    stage.transport.script[private(3).chat] = [None]

    await stage.run()

    states = {chat.address: chat.state for chat in await stage.chats.listing()}
    assert states == {private(1): "paused", private(2): "paused", private(3): "active"}


async def test_a_refused_post_is_mended_for_everyone_at_its_first_failure(stage: Stage) -> None:
    await stage.subscribe(*some(private, 30))
    stage.edition.post = lambda view, slot, on: Post("<b>bold</b>", ((Button("Why", "/why x"),),))
    refusals: list[Parcel] = []

    def refuse(parcel: Parcel) -> TransportError | None:
        if "<b>" not in parcel.post.html:
            return None
        refusals.append(parcel)
        return failing(Fate.POST_BAD, "entities", mend=Mend.PLAIN_TEXT)

    stage.transport.refuse = refuse
    await stage.run()

    assert stage.transport.texts() == ["bold"] * 30
    assert len(refusals) <= 8  # those in hand when the first came back
    assert await stage.states() == ["sent"] * 30


async def test_a_post_that_no_mend_helps_fails(stage: Stage) -> None:
    await stage.subscribe(private())
    stage.transport.default = failing(Fate.POST_BAD, "entities", mend=Mend.PLAIN_TEXT)

    await stage.run()

    assert await stage.rows("state", "reason") == [("failed", "entities")]


async def test_a_chat_that_moved_is_followed_with_all_its_topics(on_either: Stage) -> None:
    stage = on_either
    old = [Address("telegram", "-500", thread, ChatKind.GROUP) for thread in (0, 7)]
    await stage.subscribe(*old)
    stage.transport.script["-500"] = [failing(Fate.MIGRATED, migrate_to="-100500")] * 4

    await stage.run()

    new = [Address("telegram", "-100500", thread, ChatKind.SUPERGROUP) for thread in (0, 7)]
    assert sorted((a.chat, a.thread) for a, _ in stage.transport.sent) == [("-100500", 0), ("-100500", 7)]
    assert [await stage.chats.get(address) for address in old] == [None, None]
    assert None not in [await stage.chats.get(address) for address in new]


async def test_nothing_is_sent_to_whoever_unsubscribed_after_planning(stage: Stage) -> None:
    await stage.subscribe(private())
    await stage.tick()
    await stage.chats.unsubscribe(private())

    await stage.run()

    assert stage.transport.sent == []
    assert await stage.rows("state", "reason") == [("dropped", "unsubscribed")]


async def test_nothing_is_sent_to_whoever_asked_for_a_rest_after_planning(stage: Stage) -> None:
    await stage.subscribe(private())
    await stage.tick()
    await stage.chats.rest(private(), DAY + timedelta(days=7))

    await stage.run()

    assert stage.transport.sent == []
    assert await stage.rows("state", "reason") == [("dropped", "resting")]


async def test_what_is_held_by_now_is_dropped(stage: Stage) -> None:
    await stage.subscribe(private())
    await stage.tick()
    stage.edition.post = lambda view, slot, on: None
    stage.edition.revision = "2"

    await stage.run()

    assert await stage.rows("state", "reason") == [("dropped", "nothing_to_say")]


async def test_a_picture_is_uploaded_once(stage: Stage) -> None:
    await stage.subscribe(*some(private, 20))
    stage.edition.post = lambda view, slot, on: Post("text", picture=Picture(b"png", "alt"))
    stage.transport.picture_ref = "ref"

    await stage.run()

    refs = [parcel.picture_ref for _, parcel in stage.transport.sent]
    assert refs == [None, *["ref"] * 19]


async def test_a_picture_that_has_a_name_is_not_carried_along(stage: Stage) -> None:
    await stage.subscribe(*some(private, 6))
    stage.edition.post = lambda view, slot, on: Post("text", picture=Picture(b"png", "alt"))
    stage.transport.picture_ref = "ref"

    await stage.run()

    assert [parcel.post.picture is None for _, parcel in stage.transport.sent] == [False, *[True] * 5]


async def test_a_name_that_is_not_taken_any_more_is_forgotten_and_the_picture_uploaded_again(stage: Stage) -> None:
    await stage.subscribe(private(1))
    stage.edition.post = lambda view, slot, on: Post("text", picture=Picture(b"png", "alt"))
    stage.transport.picture_ref = "old"
    await stage.run()
    await stage.crash()
    await stage.subscribe(*some(private, 8))
    stage.transport.picture_ref = "new"
    unknown = failing(Fate.POST_BAD, "bad_picture_ref", mend=Mend.NO_PICTURE)
    stage.transport.refuse = lambda parcel: unknown if parcel.picture_ref == "old" else None

    await stage.run()

    assert [parcel.picture_ref for _, parcel in stage.transport.sent] == [None, None, *["new"] * 6]
    assert stage.told(Mended) == []
    assert await stage.states() == ["sent"] * 8


async def test_an_uploaded_picture_is_remembered_over_a_restart(stage: Stage) -> None:
    await stage.subscribe(private(1))
    stage.edition.post = lambda view, slot, on: Post("text", picture=Picture(b"png", "alt"))
    stage.transport.picture_ref = "ref"
    await stage.run()
    await stage.subscribe(private(2))

    await stage.crash()
    await stage.run()

    assert [parcel.picture_ref for _, parcel in stage.transport.sent] == [None, "ref"]


async def test_chats_with_equal_wishes_share_one_composition(stage: Stage) -> None:
    await stage.subscribe(*some(private, 20))

    await stage.run()

    assert len(stage.edition.composed) == 1


async def test_a_stopped_token_stops_all_and_loses_nothing(stage: Stage) -> None:
    await stage.subscribe(*some(private, 10))
    stage.transport.default = failing(Fate.STOP, "token_refused")

    await stage.run()

    assert stage.outbox.halted == {"telegram": "token_refused"}
    assert set(await stage.states()) == {"due"}

    stage.transport.default = None
    stage.outbox.resume()
    await stage.run()

    assert await stage.states() == ["sent"] * 10


async def test_the_breaker_pauses_nobody_and_all_are_served_after_resuming(stage: Stage) -> None:
    addresses = list(some(private, 60))
    await stage.subscribe(*addresses)
    stage.transport.default = failing(Fate.CHAT_GONE, "chat_not_found")

    await stage.run()

    assert stage.outbox.halted == {"telegram": "breaker"}
    assert {chat.state for chat in await stage.chats.listing()} == {"active"}
    assert set(await stage.states()) == {"due"}

    stage.transport.default = None
    stage.outbox.resume()
    await stage.run()

    assert len(stage.transport.texts()) == 60


async def test_a_429_holds_its_chat_alone_and_over_a_restart(stage: Stage) -> None:
    await stage.subscribe(*some(private, 3))
    stage.transport.script[private(1).chat] = [failing(Fate.PASSING, "flood", retry_after_s=600)]

    await stage.run()
    assert len(stage.transport.texts()) == 2
    await stage.crash()
    stage.limiter = type(stage.limiter)(None, clock=stage.clock.elapsed)
    stage.outbox = stage.new_outbox()
    stage.clock.advance(seconds=500)
    await stage.run()
    assert len(stage.transport.texts()) == 2
    stage.clock.advance(seconds=102)
    await stage.run()

    assert len(stage.transport.texts()) == 3


async def test_two_chats_429_within_a_second_hold_all(stage: Stage) -> None:
    await stage.subscribe(*some(private, 40))
    for number in (1, 2):
        stage.transport.script[private(number).chat] = [failing(Fate.PASSING, "flood", retry_after_s=600)]

    await stage.run()

    assert stage.limiter.all_held_s > 500
    assert "due" in await stage.states()


async def test_the_day_s_end_makes_it_missed_and_it_is_told_once(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private())
    stage.transport.default = failing(Fate.PASSING)
    await stage.run()

    stage.clock.advance(hours=10)
    stage.transport.default = None
    stage.edition.heard = lambda wishes, on: frozenset()
    await stage.run()
    await stage.run()

    assert await stage.states() == ["missed"]
    assert [notice.by_day for notice in stage.notices if hasattr(notice, "by_day")] == [{DAY: 1}]


async def test_an_uncertain_send_in_a_channel_is_looked_for_and_found(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(channel())
    stage.transport.script[channel().chat] = [None, failing(Fate.UNCERTAIN, "read_timeout")]
    stage.transport.found[channel().chat] = 1077

    await stage.run()

    assert await stage.rows("state", "message_id") == [("sent", 1077)]
    assert [(after, text) for _, after, text in stage.transport.looked] == [(1001, f"day of {DAY}")]


async def test_what_surely_does_not_stand_in_a_channel_is_sent_again(stage: Stage) -> None:
    await stage.subscribe(channel())
    stage.transport.script[channel().chat] = [None, failing(Fate.LOOK_FIRST, "http_502")]
    stage.transport.found[channel().chat] = None

    await stage.run()
    assert await stage.states() == ["uncertain"]
    stage.clock.advance(seconds=3)
    await stage.run()

    assert await stage.states() == ["sent"]
    assert stage.transport.texts() == [f"day of {DAY}"]
    assert len(stage.transport.looked) == 2


async def test_the_probe_of_a_channel_is_silent_and_deleted(stage: Stage) -> None:
    await stage.subscribe(channel())

    await stage.run()

    probe = stage.transport.sent[0][1]
    assert (probe.post.html, probe.silent) == ("…", True)
    assert stage.transport.deleted == [(channel(), 1001)]


async def test_an_uncertain_send_to_a_person_is_left_and_told_together(stage: Stage) -> None:
    await stage.subscribe(*some(private, 3))
    for address in some(private, 3):
        stage.transport.script[address.chat] = [failing(Fate.UNCERTAIN, "read_timeout")]

    await stage.run()
    await stage.run()

    assert await stage.states() == ["uncertain"] * 3
    assert stage.notices == [LeftUncertain(new=3, total=3)]
    assert stage.transport.texts() == []


async def test_a_person_may_decide_to_send_again(stage: Stage) -> None:
    await stage.subscribe(private())
    stage.transport.script[private().chat] = [failing(Fate.UNCERTAIN, "read_timeout")]
    await stage.run()

    assert await stage.outbox.resend_uncertain(stage.clock()) == 1
    await stage.run()

    assert await stage.states() == ["sent"]


async def test_uncertain_is_final_once_its_day_is_over(stage: Stage) -> None:
    await stage.subscribe(private())
    stage.transport.script[private().chat] = [failing(Fate.UNCERTAIN, "read_timeout")]
    await stage.run()
    stage.edition.heard = lambda wishes, on: frozenset()

    stage.clock.advance(hours=10)
    await stage.run()

    assert await stage.rows("state", "next_at") == [("uncertain", None)]


async def test_the_policy_may_be_to_send_again(stage: Stage) -> None:
    resending = Stage(stage.database, when_uncertain="resend")
    await resending.subscribe(private())
    resending.transport.script[private().chat] = [failing(Fate.UNCERTAIN, "read_timeout")]

    await resending.run()
    await resending.stop()

    assert await resending.states() == ["sent"]


async def test_a_passing_error_waits_no_longer_than_a_minute(stage: Stage) -> None:
    await stage.subscribe(private())
    stage.transport.default = failing(Fate.PASSING)
    for _ in range(9):
        await stage.run()
        stage.clock.advance(seconds=60)

    await stage.tick()

    [(next_at, attempts)] = await stage.rows("next_at", "attempts")
    assert attempts == 9
    assert next_at <= stage.clock() + timedelta(seconds=60)
