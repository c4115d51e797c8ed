"""One revision of the calendar as the outbox asks for it, and the shelf that replaces it."""

from datetime import date

import pytest

from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import Rules
from bot.agenda.wishes import Wishes
from bot.app.edition import CalendarEdition
from bot.app.shelf import Shelf
from bot.chats.address import ChatKind
from bot.outbox.edition import ChatView
from bot.outbox.holds import Holds
from tests.calendars import real_calendar

DEATH_DAY = date(2027, 2, 20)
QUIET = Wishes(facts="never")


@pytest.fixture
def edition() -> CalendarEdition:
    return CalendarEdition(real_calendar(), Rules(), None)


def view(**changes: object) -> ChatView:
    return ChatView(**({"language": "en", "wishes": QUIET, "kind": ChatKind.PRIVATE} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("day", [date(2027, month, 1) for month in range(1, 13)] + [DEATH_DAY, date(2027, 5, 21)])
def test_whoever_is_planned_for_has_something_to_read(edition: CalendarEdition, day: date) -> None:
    for wishes in (Wishes(), QUIET, Wishes(frozenset({"country:BY"}), facts="daily")):
        for slot in edition.slots(wishes, day):
            assert edition.compose(view(wishes=wishes), slot, day) is not None


def test_a_post_is_composed_once_for_all_who_get_the_same(edition: CalendarEdition) -> None:
    one, other = (edition.compose(view(), Slot.MEMORIAL, DEATH_DAY) for _ in range(2))

    assert one is other


def test_who_wants_no_pictures_gets_none(edition: CalendarEdition) -> None:
    with_picture, without, discreet = (
        edition.compose(view(**changes), Slot.MEMORIAL, DEATH_DAY)
        for changes in ({}, {"pictures": False}, {"discreet": True})
    )

    assert with_picture and with_picture.picture
    assert without and without.picture is None
    assert discreet and discreet.picture is None


def test_nothing_is_composed_for_a_slot_that_is_empty(edition: CalendarEdition) -> None:
    assert edition.compose(view(), Slot.DAY, DEATH_DAY) is None


def test_concerned_are_those_of_the_day_whatever_a_chat_asks_for(edition: CalendarEdition) -> None:
    wishes = Wishes(frozenset({"days"}), facts="never")

    assert edition.concerned(wishes, DEATH_DAY) == {Slot.MEMORIAL: frozenset({"ihar-lednik"})}


def test_a_hold_replaces_the_edition_and_its_end_brings_it_back() -> None:
    shelf = Shelf(real_calendar(), Rules(), None)
    before = shelf.edition.revision

    assert shelf.hold(Holds(people=frozenset({"ihar-lednik"})))
    assert shelf.edition.revision != before
    assert shelf.edition.slots(QUIET, DEATH_DAY) == frozenset()
    assert shelf.hold(Holds())
    assert shelf.edition.revision == before


def test_the_same_holds_change_nothing() -> None:
    shelf = Shelf(real_calendar(), Rules(), None)
    shelf.hold(Holds())
    edition = shelf.edition

    assert not shelf.hold(Holds())
    assert shelf.edition is edition
