"""Custody is a label: what was last reported, by whom and as of when."""

from datetime import date

import pytest

from bot.posts.custody_label import custody_label
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from bot.records.custody import custody
from tests.calendars import a_person, a_quote, a_source, an_event, labels, real_calendar, small_calendar
from tests.posts.speaking import NARROW

FRESH, STALE = date(2025, 7, 20), date(2027, 1, 1)


def label(calendar: Calendar, person: str, on: date, language: str = "en") -> str:
    return str(custody_label(custody(calendar, person, on=on), calendar, Voice(language, on)))


def reported(status: str, on: str | None, **more: object) -> Calendar:
    report = {"status": status, "date": on, "quotes": [a_quote()], **more}
    return small_calendar(a_person(custody=[report]))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Last reported: imprisoned (Amnesty International, 14 July 2025)"),
        ("be", "Апошняе паведамленне: у зняволенні (Amnesty International, 14 ліпеня 2025~г.)"),
        ("ru", "Последнее сообщение: в заключении (Amnesty International, 14 июля 2025~г.)"),
    ],
)
def test_fresh_report_is_the_label_alone(language: str, expected: str) -> None:
    assert label(real_calendar(), "ales-bialiatski", FRESH, language) == expected.replace("~", NARROW)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Our documents end there: we do not know whether they are free today."),
        ("be", "Нашы дакументы на гэтым заканчваюцца: ці на волі сёння — мы не ведаем."),
        ("ru", "Наши документы на этом заканчиваются: на свободе ли сегодня — мы не знаем."),
    ],
)
def test_past_the_shelf_life_the_label_says_that_we_do_not_know(language: str, expected: str) -> None:
    assert label(real_calendar(), "ales-bialiatski", STALE, language).endswith(f"). {expected}")


@pytest.mark.parametrize(
    ("language", "status"),
    [
        ("en", "imprisoned, held incommunicado"),
        ("be", "у зняволенні, утрымліваецца інкамунікада"),
        ("ru", "в заключении, содержится инкоммуникадо"),
    ],
)
def test_held_incommunicado_is_told_as_such(language: str, status: str) -> None:
    assert f": {status} (" in label(real_calendar(), "ihar-losik", FRESH, language)


def test_report_as_of_another_day_than_its_document_says_so() -> None:
    text = label(real_calendar(), "siarhei-tsikhanouski", FRESH)
    assert text == "Last reported: released (as of: 21 June 2025; Amnesty International, 14 July 2025)"


def test_report_as_of_a_month_keeps_its_precision() -> None:
    assert "(as of: May 2024; A Human Rights Body" in label(reported("imprisoned", "2024-05"), "jane-doe", STALE)


def test_detail_stands_beside_the_status() -> None:
    calendar = reported("imprisoned", "2024-03-01", detail=labels("house arrest"))
    assert label(calendar, "jane-doe", date(2024, 3, 2)).startswith("Last reported: imprisoned, house arrest (")


def test_undated_report_is_never_fresh() -> None:
    person = a_person(custody=[{"status": "imprisoned", "quotes": [a_quote(source="appeal")]}])
    calendar = small_calendar(person, sources=(a_source("appeal", None), a_source()))
    assert label(calendar, "jane-doe", STALE) == (
        "Last reported: imprisoned (A Human Rights Body, undated). "
        "Our documents end there: we do not know whether they are free today."
    )


def test_death_in_custody_is_told_as_reported() -> None:
    assert label(real_calendar(), "ihar-lednik", STALE) == (
        "Reported: death in custody (20 February 2024; EaP CSF Steering Committee, 27 February 2024; "
        "EU NEIGHBOURS east, 21 May 2024)"
    )


def test_death_of_which_no_document_says_in_custody_is_a_death() -> None:
    calendar = small_calendar(an_event("death", "2024-03-01"))
    assert label(calendar, "jane-doe", STALE) == "Reported: death (A Human Rights Body, 1 March 2024)"


def test_no_report_says_that_we_do_not_know() -> None:
    assert label(small_calendar(a_person()), "jane-doe", STALE) == (
        "Our documents do not speak of custody: we do not know whether they are free today."
    )


def test_label_is_safe_html() -> None:
    calendar = reported("imprisoned", "2024-03-01", detail=labels("<b>house & arrest"))
    assert "&lt;b&gt;house &amp; arrest" in label(calendar, "jane-doe", STALE)
