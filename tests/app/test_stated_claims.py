"""What counts as a correction of a sent post, and what does not."""

from dataclasses import replace
from datetime import date

import pytest

from bot.agenda.occurrences import Rules
from bot.agenda.wishes import Wishes
from bot.app.edition import CalendarEdition
from bot.chats.address import ChatKind
from bot.outbox.edition import ChatView
from bot.posts.stated import read_stated, write_stated
from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from bot.records.model import Labels, Spelling
from tests.app.corrected import (
    ARREST,
    CORRECTED_ON,
    QUOTE,
    Change,
    calendar,
    edition_of,
    stated,
    told,
    with_event,
    with_other,
    with_person,
)
from tests.calendars import a_quote, an_event, real_calendar


def renamed(records: Calendar) -> Calendar:
    event = records.events[ARREST].model_copy(update={"id": "another-id", "people": ("doe-jane",)})
    person = records.people["jane-doe"].model_copy(update={"id": "doe-jane"})
    return replace(records, people={"doe-jane": person}, events={"another-id": event})


def reported_again(records: Calendar) -> Calendar:
    newer = a_quote("Jane Doe is held incommunicado.", "other")
    report = (
        records.people["jane-doe"]
        .custody[0]
        .model_copy(update={"status": "disappeared", "date": PartialDate.parse("2027-02-28"), "quotes": (newer,)})
    )
    return with_person(records, custody=(*records.people["jane-doe"].custody, report))


def died_since(records: Calendar) -> Calendar:
    death = an_event("death", "2027-03-05")
    return replace(records, events=dict(records.events) | {death.id: death})


HARMLESS: dict[str, Change] = {
    "nothing": lambda records: records,
    "a spelling is added": lambda r: with_person(r, spellings=(Spelling(name="Jane Dow", source=None),)),
    "a label in another language is mended": lambda r: with_person(r, names=Labels(en="Jane Doe", be="Джэйн", ru="Д")),
    "a quote is added": lambda r: with_event(r, quotes=(*r.events[ARREST].quotes, a_quote("More.", "other"))),
    "a quote that was not shown is mended": lambda r: with_event(r, quotes=(a_quote(QUOTE), a_quote("She was."))),
    "a person is added": lambda r: with_event(with_other(r), people=("jane-doe", "joe-bloggs")),
    "another event is added on the same day": with_other,
    "a newer report says that she is still held": reported_again,
    "she died since": died_since,
    "its records are renamed": renamed,
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_leaves_a_post_true_is_no_correction(change: Change) -> None:
    assert edition_of(change(calendar())).stands(stated(told(calendar())))


def test_another_wording_of_the_program_is_no_correction() -> None:
    before = stated(told(calendar()))
    by_an_older_program = replace(before, body="0" * 64, picture="0" * 64)

    assert edition_of(calendar()).stands(by_an_older_program)


def test_a_report_that_grew_old_is_no_correction() -> None:
    before = told(calendar())
    edition = CalendarEdition(calendar(), Rules(shelf_life_days=1), None)

    assert "Our documents end there" not in before.text
    assert edition.stands(stated(before))


def test_what_was_stated_in_an_unknown_way_is_not_compared() -> None:
    text = write_stated(stated(told(calendar()))).replace('"version":1', '"version":0')

    assert (read_stated(text), read_stated(None), read_stated("")) == (None, None, None)


def test_the_way_in_which_claims_are_digested_has_not_changed() -> None:
    """If this fails, raise `stated.VERSION`: every post that was sent would seem to need a correction."""
    found = {claimed.record: claimed.digests for claimed in stated(told(calendar())).claims}

    assert found == GOLDEN


GOLDEN = {
    "event:jane-doe-arrest-2024-03-01": (
        "db3778702aa0d7fa",
        "ea45aafd1ac3beec",
        "24283a31d3767994",
        "d89c8dd340ad6704",
    ),
    "person:jane-doe": ("e090d5b30d120ae8", "475d86966bea307c", "d66c4aff663c9094", "5bd859ce750ba871"),
}


def test_what_nobody_would_see_is_no_correction() -> None:
    before = stated(told(calendar()))
    unseen = replace(before, claims=(replace(before.claims[0], digests=("0" * 16,)),))
    edition = edition_of(calendar())

    assert not edition.stands(unseen)
    assert edition.corrected(unseen, CORRECTED_ON) is None


@pytest.mark.parametrize("language", ["en", "be", "ru"])
@pytest.mark.parametrize("day", [date(2027, 2, 20), date(2027, 5, 14), date(2027, 5, 21), date(2027, 7, 1)])
def test_every_post_of_the_real_calendar_stands_until_its_records_fall(day: date, language: str) -> None:
    records = real_calendar()
    emptied = replace(records, people={}, events={}, observances={}, figures={}, calls={})
    edition = edition_of(records)
    view = ChatView(language, Wishes(), ChatKind.CHANNEL)
    for slot in edition.slots(view.wishes, day):
        post = edition.compose(view, slot, day)
        assert post is not None
        before = stated(post)

        assert before.claims
        assert edition.stands(before)
        assert edition.corrected(before, CORRECTED_ON) is None
        assert not edition_of(emptied).stands(before)
