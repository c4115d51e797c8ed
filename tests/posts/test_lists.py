"""Two occurrences stand in full in one message, three or more make a list that fits."""

from datetime import date

import pytest

from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import occurrences
from bot.posts.day import slot_post
from bot.posts.post import Post, length_utf16, start_parameter
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from bot.records.model import Event
from tests.calendars import a_person, an_event, small_calendar
from tests.posts.speaking import commands_of

DAY = date(2024, 8, 9)
ENDS = "Our documents end there: we do not know whether they are free today."


def deaths(count: int) -> list[Event]:
    return [an_event("death", "2020-08-09", f"person-{n:03}", in_custody=True) for n in range(count)]


def arrests(count: int) -> list[Event]:
    return [an_event("arrest", "2020-08-09", f"person-{n:03}") for n in range(count)]


def told(calendar: Calendar, language: str = "en", slot: Slot = Slot.DAY, on: date = DAY) -> Post:
    found = [o for o in occurrences(calendar, on, on) if o.slot is slot]
    return slot_post(calendar, found, Voice(language, on), slot=slot, on=on)


def test_two_occurrences_stand_in_full_in_one_message() -> None:
    post = told(small_calendar(*deaths(2)), slot=Slot.MEMORIAL)
    assert post.html.count("<b>9 August: four years since the death in custody of Person") == 2
    assert post.html.count("<blockquote>") == 2
    assert commands_of(post)[0] == "/why 2024-08-09 memorial"


def test_three_occurrences_make_a_list_with_sources() -> None:
    post = told(small_calendar(*deaths(3)), slot=Slot.MEMORIAL)
    assert post.html == (
        "🕯 <b>9 August: in memory</b>\n"
        "• Four years since the death in custody of Person 000 (A Human Rights Body, 1 March 2024)\n"
        "• Four years since the death in custody of Person 001 (A Human Rights Body, 1 March 2024)\n"
        "• Four years since the death in custody of Person 002 (A Human Rights Body, 1 March 2024)"
    )


def test_each_person_of_a_list_is_one_tap_away() -> None:
    post = told(small_calendar(*deaths(3)), slot=Slot.MEMORIAL)
    assert commands_of(post) == [
        "/why 2024-08-09 memorial",
        "/prisoner person-000",
        "/prisoner person-001",
        "/prisoner person-002",
    ]


def test_list_of_arrests_tells_custody_of_each_and_that_documents_end() -> None:
    post = told(small_calendar(*arrests(3)))
    lines = post.html.splitlines()
    reported = "Last reported: imprisoned (as of: 9 August 2020; A Human Rights Body, 1 March 2024)."
    assert lines.count(reported) == 3
    assert lines[-1] == ENDS


def test_where_only_some_reports_are_old_each_says_so_for_itself() -> None:
    recent = {"status": "imprisoned", "date": "2024-08-01", "quotes": [{"source": "report", "exact": "x"}]}
    fresh = a_person("person-001", custody=[recent])
    lines = told(small_calendar(*arrests(3), fresh)).html.splitlines()
    assert sum(line.endswith(f" {ENDS}") for line in lines) == 2
    assert "Last reported: imprisoned (as of: 1 August 2024; A Human Rights Body, 1 March 2024)." in lines


@pytest.mark.parametrize("language", ["en", "be", "ru"])
@pytest.mark.parametrize("slot", list(Slot))
def test_hundreds_of_anniversaries_fit_one_message(language: str, slot: Slot) -> None:
    events = deaths(400) if slot is Slot.MEMORIAL else arrests(400)
    post = told(small_calendar(*events), language, slot)
    shown = post.html.count("•")
    assert 3500 < length_utf16(post.text) <= 4096
    more = {"en": "and", "be": "і яшчэ", "ru": "и ещё"}[language]
    assert f"\n{more} {400 - shown}" in post.html
    assert len(commands_of(post)) == 21


def test_a_long_list_of_arrests_still_says_that_documents_end() -> None:
    post = told(small_calendar(*arrests(400)))
    assert post.html.endswith(ENDS)


def test_one_event_of_hundreds_names_a_few_and_counts_the_rest() -> None:
    people = [f"person-{n:03}" for n in range(300)]
    post = told(small_calendar(an_event("arrest", "2020-08-09", *people)))
    heading = "<b>9 August: four years since the arrest of Person 000, Person 001, Person 002 and 297 others</b>"
    assert post.html.startswith(heading)
    assert "\nand 288 more\n" in post.html
    assert length_utf16(post.text) <= 4096


def test_month_page_of_three_is_a_list() -> None:
    events = [an_event("death", "2021-08", f"person-{n}", in_custody=True) for n in range(3)]
    post = told(small_calendar(*events), slot=Slot.MEMORIAL, on=date(2024, 8, 1))
    heading, first = post.html.splitlines()[:2]
    assert heading == "🕯 <b>1 August: in memory</b>"
    assert first.startswith("• August, known only by month: death in custody of Person 0 (August 2021)")
    assert post.html.count("(August 2021)") == 3


def test_month_page_leaves_out_whom_it_no_longer_concerns() -> None:
    events = [
        an_event("arrest", "2021-08", "still-there", "set-free"),
        an_event("release", "2023-08", "set-free"),
    ]
    html = told(small_calendar(*events), on=date(2024, 8, 1)).html
    assert "arrest of Still There (August 2021)" in html
    assert "release of Set Free (August 2023)" in html


def test_milestone_counts_days() -> None:
    recent = {"status": "imprisoned", "date": "2024-01-01", "quotes": [{"source": "report", "exact": "x"}]}
    calendar = small_calendar(an_event("arrest", "2019-12-03", "jane-doe"), a_person(custody=[recent]))
    on = date(2024, 1, 11)
    assert told(calendar, on=on).html.startswith("<b>11 January: 1,500 days since the arrest of Jane Doe</b>")
    assert told(calendar, "be", on=on).html.startswith("<b>11 студзеня. Jane Doe: 1\xa0500 дзён з дня арышту</b>")


def test_every_command_of_a_list_fits_a_start_link() -> None:
    name = "a" * 40
    post = told(small_calendar(*[an_event("arrest", "2020-08-09", f"{name[:-1]}{n}") for n in range(3)]))
    assert all(len(command.encode()) <= 64 and start_parameter(command) for command in commands_of(post))
