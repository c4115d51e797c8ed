"""Each day of the week ahead is listed once, at nine, and never twice, whatever happens on the way."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.agenda.occurrences import Rules
from bot.app.operators.actions import Told as Saying
from bot.app.operators.listing import Listing
from bot.app.operators.memory import LISTED, keep, recall, swap
from bot.outbox.transport import Fate
from bot.records.collection import Calendar
from tests.app.operators.scene import Told
from tests.calendars import a_person, an_event, small_calendar
from tests.outbox.stage import failing

MINSK = ZoneInfo("Europe/Minsk")
TODAY = date(2027, 2, 20)


def every_day() -> Calendar:
    """A calendar in which somebody was arrested on each day of a year."""
    people = [a_person(f"jane-{n}") for n in range(365)]
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(365)]
    events = [an_event("arrest", f"{day}", person.id) for day, person in zip(days, people, strict=True)]
    return small_calendar(*people, *events)


CALENDAR = every_day()


class Scene:
    """A listing for operators in Minsk."""

    def __init__(self, operators: Told, calendar: Calendar = CALENDAR) -> None:
        self.operators = operators
        self.calendar = calendar
        self.said: list[Saying] = []
        self.listing = self.new_listing()

    def new_listing(self) -> Listing:
        """Another run's, as it were."""
        where = (self.operators.chat, self.operators.database)
        return Listing(*where, lambda: self.calendar, Rules(), zone=MINSK, say=self.said.append)

    async def at(self, day: date, hour: int = 9, minute: int = 0) -> None:
        await self.listing.list_ahead(datetime(day.year, day.month, day.day, hour, minute, tzinfo=MINSK))

    @property
    def firsts(self) -> list[str]:
        """The first line of each list."""
        return [text.split("\n")[0].removesuffix(", as the calendar stands now:") for text in self.operators.texts]


@pytest.fixture
def scene(operators: Told) -> Scene:
    return Scene(operators)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


async def test_the_first_list_is_of_the_week_and_the_next_of_one_day(scene: Scene) -> None:
    await scene.at(TODAY)
    await scene.at(after(1))

    assert scene.firsts == ["Posted on 21 February 2027 to 27 February 2027", "Posted on 28 February 2027"]


async def test_it_comes_at_nine_of_the_operators_own_day(scene: Scene) -> None:
    await scene.at(TODAY, 8, 59)
    assert scene.firsts == []

    await scene.at(TODAY, 9)
    assert len(scene.firsts) == 1


async def test_it_comes_once_a_day_in_whichever_run(scene: Scene) -> None:
    for hour in (9, 10, 23):
        await scene.at(TODAY, hour)
    scene.listing = scene.new_listing()
    await scene.at(TODAY, 23)

    assert len(scene.firsts) == 1


async def test_after_a_downtime_every_day_that_still_lies_ahead_is_listed(scene: Scene) -> None:
    await scene.at(TODAY)
    await scene.at(after(3), 15)
    await scene.at(after(40))

    assert scene.firsts[1:] == [
        "Posted on 28 February 2027 to 2 March 2027",
        "Posted on 2 April 2027 to 8 April 2027",
    ]


async def test_a_day_without_a_date_makes_no_message(operators: Told) -> None:
    scene = Scene(operators, small_calendar(a_person(), an_event("arrest", "2024-03-01")))
    for day in range(4):
        await scene.at(after(day))

    assert scene.firsts == ["Posted on 1 March 2027"]


@pytest.mark.parametrize("fate", [Fate.PASSING, Fate.CHAT_GONE])
async def test_what_surely_did_not_arrive_is_sent_again_after_a_while(scene: Scene, fate: Fate) -> None:
    scene.operators.failures.append(failing(fate))
    await scene.at(TODAY)
    await scene.at(TODAY)
    assert scene.firsts == []

    await scene.at(TODAY, 9, 1)
    assert len(scene.firsts) == 1


async def test_a_429_is_waited_for(scene: Scene) -> None:
    scene.operators.failures.append(failing(Fate.PASSING, retry_after_s=3600))
    await scene.at(TODAY)
    await scene.at(TODAY, 9, 30)

    assert scene.firsts == []
    assert scene.operators.chat.wait_s > 3500


@pytest.mark.parametrize("fate", [Fate.UNCERTAIN, Fate.LOOK_FIRST])
async def test_what_may_have_arrived_is_not_sent_again_and_told(scene: Scene, fate: Fate) -> None:
    scene.operators.failures.append(failing(fate))
    await scene.at(TODAY)
    await scene.at(TODAY, 10)
    await scene.at(after(1))

    assert "vigil upcoming --from 2027-02-21 --to 2027-02-27" in scene.said[0].text
    assert scene.firsts == ["Posted on 28 February 2027"]


async def test_what_a_run_was_sending_when_it_was_killed_is_not_sent_again_and_told(scene: Scene) -> None:
    await scene.at(TODAY)
    database = scene.operators.database
    assert await swap(database, LISTED, await recall(database, LISTED), f"{after(7)} {after(8)}")

    scene.listing = scene.new_listing()
    await scene.at(after(1))

    assert "vigil upcoming --from 2027-02-28 --to 2027-02-28" in scene.said[0].text
    assert len(scene.firsts) == 1


async def test_of_two_processes_one_lists(scene: Scene) -> None:
    """One that was stopped before it wrote down what it lists finds another's list, and sends nothing."""
    database = scene.operators.database
    await scene.at(TODAY)
    kept = await recall(database, LISTED)
    await scene.new_listing().list_ahead(datetime(2027, 2, 21, 9, tzinfo=MINSK))

    assert not await swap(database, LISTED, kept, f"{after(7)} {after(8)}")
    assert not await swap(database, LISTED, None, f"{after(7)} {after(8)}")


async def test_who_is_held_while_the_list_waits_for_its_turn_is_not_in_it(scene: Scene) -> None:
    scene.operators.failures.append(failing(Fate.PASSING))
    await scene.at(TODAY)
    tomorrow = next(e.people[0] for e in CALENDAR.events.values() if str(e.date) == "2023-02-21")
    scene.calendar = CALENDAR.without(people=frozenset({tomorrow}), events=frozenset(), sources=frozenset())
    await scene.at(TODAY, 9, 1)

    [text] = scene.operators.texts
    assert tomorrow.replace("-", " ").title() not in text
    assert "21 February: " not in text


async def test_nothing_is_kept_where_nothing_is_to_be(scene: Scene) -> None:
    database = scene.operators.database
    await keep(database, LISTED, "a")
    await keep(database, LISTED, None)

    assert await recall(database, LISTED) is None
