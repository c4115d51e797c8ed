"""Facts of quiet days: people, events, figures, calls."""

from datetime import date

import pytest

from bot.agenda.facts import Fact, fact_of
from bot.agenda.occurrence import Slot
from bot.posts.calls import told_once
from bot.posts.day import fact_post
from bot.posts.figures import figure_line
from bot.posts.post import Post
from bot.posts.voice import Voice
from bot.records.dates import PartialDate
from bot.records.model import Call, Figure
from tests.calendars import a_quote, a_source, labels, real_calendar, small_calendar
from tests.posts.speaking import NARROW, commands_of

LATER = date(2027, 1, 5)


def told(record_id: str, language: str = "en", on: date = LATER, slot: Slot = Slot.DAY) -> Post:
    return fact_post(real_calendar(), Fact(record_id, slot), Voice(language, on))


def a_figure(**more: object) -> Figure:
    fields = {"id": "count", "measure": "behind-bars", "value": 1420, "country": "BY", "quotes": [a_quote()]}
    return Figure.model_validate(fields | more)


def line(figure: Figure, on: date, language: str = "en", dated: str | None = "2024-03-01") -> str:
    calendar = small_calendar(sources=(a_source(dated=dated),))
    return figure_line(figure, calendar, Voice(language, on))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("<b>Belarus: people considered political prisoners</b>", "As of 22 February 2024 there were 1,420.")),
        (
            "be",
            (
                "<b>Беларусь: людзі, якіх лічаць палітычнымі зняволенымі</b>",
                "Тады было (22 лютага 2024~г.): 1\xa0420.",
            ),
        ),
        (
            "ru",
            (
                "<b>Беларусь: люди, которых считают политическими заключёнными</b>",
                "Тогда было (22 февраля 2024~г.): 1\xa0420.",
            ),
        ),
    ],
)
def test_figure_older_than_a_year_is_told_in_the_past_tense(language: str, expected: tuple[str, str]) -> None:
    lines = told("belarus-viasna-count-2024-02-22", language).html.splitlines()
    assert tuple(lines[:2]) == tuple(text.replace("~", NARROW) for text in expected)


def test_second_hand_figure_names_speaker_and_document() -> None:
    assert told("belarus-viasna-count-2024-02-22").html.endswith(
        "\nViasna Human Rights Center, according to: EaP CSF Steering Committee, 27 February 2024"
    )


def test_figure_of_the_last_year_is_not_in_the_past_tense() -> None:
    figure = a_figure(date=PartialDate.parse("2024-02-22"), qualifier="at least")
    assert line(figure, date(2024, 6, 1)) == "As of 22 February 2024: at least 1,420."
    assert line(figure, date(2025, 2, 22)) == "As of 22 February 2024 there were at least 1,420."


def test_figure_without_a_date_is_old_by_its_document() -> None:
    assert line(a_figure(), date(2024, 6, 1)) == "Number given: 1,420."
    assert line(a_figure(), date(2026, 6, 1)) == "There were 1,420."
    assert line(a_figure(), date(2024, 6, 1), dated=None) == "There were 1,420."


def test_figure_of_a_month_keeps_the_month_in_brackets() -> None:
    figure = a_figure(date=PartialDate.parse("2023-03"), qualifier="more than")
    assert line(figure, LATER) == "As of March 2023 there were more than 1,420."
    assert line(figure, LATER, "be") == "Тады было (сакавік 2023): больш за 1\xa0420."
    assert line(figure, LATER, "ru") == f"Тогда было (март 2023{NARROW}г.): более 1\xa0420."


def test_number_in_words_is_told_only_in_its_own_language() -> None:
    figure = a_figure(value=None, words="Hundreds")
    assert line(figure, LATER) == "There were hundreds."
    assert line(figure, LATER, "ru") == "Количество названо словами: см. цитату."


@pytest.mark.parametrize("figure", sorted(real_calendar().figures))
@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_every_figure_has_a_heading_and_its_quote(figure: str, language: str) -> None:
    html = told(figure, language).html
    assert html.startswith("<b>")
    assert "<blockquote>" in html


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "On 21 May 2024: call by "),
        ("be", f"21 мая 2024{NARROW}г., заклік: Еўрапейскі саюз; адрасат: "),
        ("ru", f"21 мая 2024{NARROW}г., призыв: Европейский союз; адресат: "),
    ],
)
def test_call_is_told_as_of_its_day(language: str, expected: str) -> None:
    assert told("eu-health-care-2024", language).html.startswith(f"<b>{expected}")


def test_call_may_have_been_met_since() -> None:
    assert told("eu-release-2024").html.endswith("\nIt may have been met or dropped since.")


def test_call_of_an_undated_document_names_the_document() -> None:
    heading = told("appeal-immediate-release").html.splitlines()[0]
    assert heading.startswith("<b>Call by ")
    assert heading.endswith(" (undated)</b>")


def test_call_within_another_is_told_once_and_without_its_addressee() -> None:
    wide, narrow = (real_calendar().calls[i] for i in ("eu-health-care-2024", "eu-release-2024"))
    assert told_once([narrow, wide]) == [wide.model_copy(update={"to": None})]


def test_calls_of_the_same_words_are_told_once() -> None:
    calls = [
        Call(id=i, by=labels("A body"), to=None, tags=("release",), quotes=(a_quote(),)) for i in ("first", "second")
    ]
    assert told_once(calls) == calls[:1]


def test_person_is_told_with_custody_and_a_quote() -> None:
    assert told("gubad-ibadoghlu").html.splitlines()[:4] == [
        "<b>Gubad Ibadoghlu</b>",
        "Member of the Eastern Partnership Civil Society Forum.",
        "Last reported: imprisoned (EaP CSF Steering Committee, 27 February 2024).",
        "Our documents end there: we do not know whether they are free today.",
    ]


def test_person_who_died_is_told_by_the_death() -> None:
    post = told("mikalai-klimovich", slot=Slot.MEMORIAL)
    assert post.html.startswith("🕯 <b>Death in custody of Mikalai Klimovich (date not given)</b>\n<blockquote>")
    assert commands_of(post) == ["/why mikalai-klimovich-death", "/remember"]


def test_event_of_a_group_is_told_by_its_title() -> None:
    post = told("warsaw-rally-2023")
    assert post.html.startswith("<b>Rally in Warsaw, with a resolution (1 November 2023)</b>\n<blockquote>")
    assert commands_of(post) == ["/why warsaw-rally-2023"]


@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_every_fact_of_two_years_can_be_told(language: str) -> None:
    for ordinal in range(LATER.toordinal(), LATER.toordinal() + 730):
        on = date.fromordinal(ordinal)
        fact = fact_of(real_calendar(), frozenset(), on=on, every_days=1)
        assert fact is not None
        assert "</b>" in fact_post(real_calendar(), fact, Voice(language, on)).html


def test_fact_of_a_record_that_is_gone_is_an_error() -> None:
    with pytest.raises(KeyError):
        told("nobody")
