"""Planning in both databases: who gets a delivery, when, and that nothing is written twice."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import event, insert, select

from bot.agenda.occurrence import Slot
from bot.agenda.wishes import Wishes
from bot.chats.tables import chats, schedules
from bot.outbox.notices import Missed
from bot.outbox.planning import Planner
from bot.outbox.tables import deliveries
from tests.outbox.stage import DAY, Stage, private, some

NEXT = DAY + timedelta(days=1)


async def test_nothing_is_due_before_its_hour(on_either: Stage) -> None:
    await on_either.subscribe(private(), days_ago=0, at=time(15, 1))  # noon in UTC is 15:00 in Minsk

    await on_either.tick()
    assert await on_either.states() == []
    on_either.clock.advance(minutes=1)
    await on_either.tick()

    assert await on_either.states() == ["due"]


async def test_a_chat_hears_nothing_before_its_first_day(on_either: Stage) -> None:
    await on_either.subscribe(private(), days_ago=0)

    await on_either.tick()
    assert await on_either.states() == []
    on_either.clock.advance(days=1)
    await on_either.tick()

    assert await on_either.rows("day") == [NEXT]


async def test_a_first_day_that_has_come_is_forgotten(on_either: Stage) -> None:
    chat = await on_either.subscribe(private())
    assert chat.first_day == DAY

    await on_either.tick()

    found = await on_either.chats.by_id(chat.id)
    assert found is not None
    assert found.first_day is None


async def test_only_those_who_hear_something_get_a_delivery(on_either: Stage) -> None:
    stage = on_either
    quiet = await stage.subscribe(private(1), wishes=Wishes(frozenset({"days"})))
    loud = await stage.subscribe(private(2), wishes=Wishes(frozenset({"country:BY"})))
    stage.edition.heard = lambda wishes, on: frozenset(Slot) if "country:BY" in wishes.topics else frozenset()

    await stage.tick()

    assert await stage.rows("chat", "slot") == [(loud.id, "day"), (loud.id, "memorial")]
    assert quiet.id != loud.id


async def test_followers_hear_of_whom_they_follow_and_others_do_not(on_either: Stage) -> None:
    stage = on_either
    follower = await stage.subscribe(private(1), wishes=Wishes(frozenset({"follows"})))
    await stage.subscribe(private(2), wishes=Wishes(frozenset({"follows"})))
    await stage.chats.follow(follower.id, "jane-doe")
    stage.edition.heard = lambda wishes, on: frozenset()
    stage.edition.people = ["jane-doe", "john-roe"]
    stage.edition.concerns = {Slot.MEMORIAL: frozenset({"jane-doe", "john-roe"})}

    await stage.run()

    assert await stage.rows("chat", "slot") == [(follower.id, "memorial")]
    assert [view.wishes.followed for view, _, _ in stage.edition.composed] == [{"jane-doe"}]


async def test_following_somebody_whose_country_is_subscribed_doubles_nothing(on_either: Stage) -> None:
    stage = on_either
    chat = await stage.subscribe(private())
    await stage.chats.follow(chat.id, "jane-doe")
    stage.edition.concerns = {Slot.DAY: frozenset({"jane-doe"})}

    await stage.tick()

    assert await stage.rows("chat", "slot") == [(chat.id, "day")]


async def test_a_tick_with_nothing_new_writes_nothing(stage: Stage) -> None:
    await stage.subscribe(*some(private, 5))
    await stage.tick()
    written: list[str] = []

    @event.listens_for(stage.database.engine.sync_engine, "before_cursor_execute")
    def _seen(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("SELECT", "BEGIN", "PRAGMA")) or "IMMEDIATE" in statement:
            written.append(statement)

    stage.clock.advance(seconds=10)
    await stage.tick()

    assert written == []


async def test_a_new_revision_adds_what_is_new_and_repeats_nothing(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(*some(private, 3))
    await stage.run()

    stage.edition.revision = "2"
    stage.edition.heard = lambda wishes, on: frozenset(Slot)
    await stage.run()

    assert sorted(await stage.rows("slot")) == ["day"] * 3 + ["memorial"] * 3
    assert len(stage.transport.texts()) == 6


async def test_a_new_hour_already_past_is_due_at_once_unless_the_day_was_served(on_either: Stage) -> None:
    stage = on_either
    served = await stage.subscribe(private(1), at=time(9))
    waiting = await stage.subscribe(private(2), days_ago=0.4, at=time(23))
    await stage.tick()

    for chat in (served, waiting):
        await stage.chats.change(chat.id, now=stage.clock(), at=time(11))
    await stage.tick()

    assert await stage.rows("chat", "day") == [(served.id, DAY), (waiting.id, DAY)]


async def test_new_wishes_count_for_the_same_day(on_either: Stage) -> None:
    stage = on_either
    stage.edition.heard = lambda wishes, on: frozenset({Slot.DAY} if "days" in wishes.topics else ())
    chat = await stage.subscribe(private(), wishes=Wishes(frozenset({"country:BY"})))
    await stage.tick()
    assert await stage.states() == []

    await stage.chats.change(chat.id, now=stage.clock(), wishes=Wishes(frozenset({"days"})))
    await stage.tick()

    assert await stage.states() == ["due"]


async def test_who_changed_just_before_an_outage_finds_that_day_missed(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(private(1), at=time(9))
    evening = await stage.subscribe(private(2), days_ago=0.4, at=time(23))
    await stage.run()
    await stage.chats.change(evening.id, now=stage.clock(), at=time(9))
    await stage.stop()

    stage.clock.advance(days=1)
    stage.outbox = stage.new_outbox()
    await stage.run()

    assert await stage.rows("chat", "day", "state") == [
        (evening.id - 1, DAY, "sent"),
        (evening.id, DAY, "missed"),
        (evening.id - 1, NEXT, "sent"),
        (evening.id, NEXT, "sent"),
    ]
    assert stage.told(Missed) == [Missed({DAY: 1})]


async def test_who_changes_before_today_s_hour_has_missed_nothing(on_either: Stage) -> None:
    stage = on_either
    stage.edition.heard = lambda wishes, on: frozenset({Slot.DAY} if "days" in wishes.topics else ())
    chat = await stage.subscribe(private(), wishes=Wishes(frozenset({"country:BY"})))
    await stage.run()
    stage.clock.advance(hours=10)  # an hour after midnight in Minsk
    await stage.tick()

    await stage.chats.change(chat.id, now=stage.clock(), wishes=Wishes(frozenset({"days"})))
    await stage.tick()

    assert await stage.states() == []


async def test_moving_west_brings_no_day_twice(stage: Stage) -> None:
    chat = await stage.subscribe(private(), zone="Pacific/Auckland")  # 01:00 on the 21st there
    stage.clock.advance(hours=9)
    await stage.run()

    await stage.chats.change(chat.id, now=stage.clock(), zone="America/Los_Angeles")
    for _ in range(30):
        stage.clock.advance(hours=1)
        await stage.run()

    days = await stage.rows("day")
    assert len(days) == len(set(days))


async def test_what_was_missed_while_nothing_ran_is_recorded_and_today_s_is_sent(on_either: Stage) -> None:
    stage = on_either
    await stage.subscribe(*some(private, 2))
    await stage.run()
    await stage.stop()

    stage.clock.advance(days=3)
    stage.outbox = stage.new_outbox()
    await stage.run()

    assert await stage.rows("day", "state") == [
        *[(NEXT, "missed")] * 2,
        *[(DAY + timedelta(days=2), "missed")] * 2,
        *[(DAY + timedelta(days=3), "sent")] * 2,
    ]
    assert stage.told(Missed) == [Missed({NEXT: 2, DAY + timedelta(days=2): 2})]


async def test_chats_added_before_the_first_run_miss_what_went_by_since(stage: Stage) -> None:
    await stage.subscribe(private(), days_ago=3)

    await stage.run()

    assert await stage.rows("day", "state") == [
        (DAY - timedelta(days=2), "missed"),
        (DAY - timedelta(days=1), "missed"),
        (DAY, "sent"),
    ]


async def test_paused_and_unsubscribed_chats_are_not_planned(on_either: Stage) -> None:
    stage = on_either
    paused = await stage.subscribe(private(1))
    await stage.subscribe(private(2))
    await stage.chats.pause(paused.id, "blocked")
    await stage.chats.unsubscribe(private(2))

    await stage.tick()

    assert await stage.states() == []


async def test_six_thousand_chats_are_planned_in_chunks_each_once(on_either: Stage) -> None:
    stage = on_either
    async with stage.database.write() as connection:
        hour = {"zone": "Europe/Minsk", "at": 540, "topics": "", "leads": "", "facts": "weekly"}
        await connection.execute(insert(schedules), [hour | {"id": 1}, hour | {"id": 2, "topics": "days"}])
        row = {"transport": "telegram", "kind": "private", "language": "be", "state": "active", "changed": False}
        many = [row | {"sealed": n.to_bytes(4, "big"), "schedule": 1 + n % 2} for n in range(6_000)]
        await connection.execute(insert(chats), many)

    for revision in ("1", "2"):
        stage.edition.revision = revision
        await stage.tick()

    async with stage.database.read() as connection:
        served = list(await connection.scalars(select(deliveries.c.chat)))
    assert len(served) == len(set(served)) == 6_000


async def test_a_crash_within_a_wave_is_made_good_by_the_next_tick(stage: Stage) -> None:
    await stage.subscribe(*some(private, 3))
    await stage.tick()
    async with stage.database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM waves")
        await connection.exec_driver_sql("DELETE FROM deliveries WHERE chat = 2")

    await stage.crash()
    await stage.tick()

    assert await stage.rows("chat") == [1, 2, 3]


async def test_waves_are_forgotten_after_a_while_but_the_last(stage: Stage) -> None:
    await stage.subscribe(private())
    await stage.tick()
    stage.clock.advance(days=100)
    planner = Planner(stage.database, stage.seal)
    await planner.load()

    await planner.forget_waves(stage.clock())

    await planner.load()
    assert planner.until is not None
    assert planner.until.date() == date(2027, 2, 20)
