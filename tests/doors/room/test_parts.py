"""Small parts: rate, languages, claims, knowledge, colours."""

import re
from datetime import date

import pytest

from bot.doors.room.claims import claims_on
from bot.doors.room.knowledge import knowledge_of
from bot.doors.room.languages import preferred
from bot.doors.room.pages import STATIC, words
from bot.doors.room.rate import Bucket
from bot.posts.translations import LANGUAGES
from tests.calendars import a_source, real_calendar, small_calendar


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    now = 0.0
    bucket = Bucket(3, 2.0, lambda: now)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now = 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]


def test_a_clock_set_back_takes_nothing_from_a_bucket() -> None:
    now = 1000.0
    bucket = Bucket(2, 1.0, lambda: now)
    now = 0.0
    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    now = 0.0
    bucket = Bucket(2, 1.0, lambda: now)
    now = 1000.0
    assert [bucket.take() for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("be-BY,ru;q=0.8,en;q=0.5", "be"),
        ("ru;q=0.4, be;q=0.9", "be"),
        ("ja, fr;q=0.9, ru;q=0.1", "ru"),
        ("de-AT, en;q=0.9", "de"),
        ("ja", "en"),
        ("ru;q=0, en", "en"),
        ("*;q=9, \x00,,;;=", "en"),
    ],
)
def test_the_browser_s_preferred_language_is_chosen(accept: str, language: str) -> None:
    assert preferred(accept) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quote_of_a_document_is_among_its_claims(language: str) -> None:
    calendar = real_calendar()
    for source_id in calendar.sources:
        claims = claims_on(calendar, source_id, words(language))
        assert {c.quote.exact for c in claims} >= {q.exact for q in calendar.quotes() if q.source == source_id}
        assert all(claim.subject and claim.aspect for claim in claims)
        assert claims == sorted(claims, key=lambda claim: claim.span)


def test_what_is_known_is_counted_and_the_newest_document_has_its_age() -> None:
    knowledge = knowledge_of(real_calendar(), date(2025, 8, 13))
    assert (len(knowledge.documents), knowledge.people) == (5, len(real_calendar().people))
    assert (knowledge.newest, knowledge.age_days) == (real_calendar().sources["amnesty-2025-07-14"], 30)


def test_documents_without_a_date_come_last_and_give_no_age() -> None:
    undated = a_source("undated", dated=None)
    knowledge = knowledge_of(small_calendar(sources=(undated, a_source())), date(2024, 3, 2))
    assert [source.id for source in knowledge.documents] == ["report", "undated"]
    assert knowledge_of(small_calendar(sources=(undated,)), date(2024, 3, 2)).newest is None


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "quiet", "ember"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "ember-soft"])
def test_text_contrasts_with_its_ground_by_wcag_aa(scheme: str, text: str, ground: str) -> None:
    light, dark = re.findall(r":root \{(.*?)\}", (STATIC / "room.css").read_text(), re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light if scheme == "light" else dark))
    lighter, darker = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
