"""The card of a person: custody never told past its shelf life without saying so, nothing cut in the middle."""

import pytest

from bot.posts.custody_label import documents_end
from bot.posts.cuts import CAPTION_CHARS
from bot.posts.people import Portrait
from bot.posts.post import Post
from bot.posts.timeline import MOST_EVENTS, timeline_card, with_timeline
from bot.posts.translations import LANGUAGES
from bot.posts.voice import Voice
from tests.posts.test_pictures import ON, chunks

SOURCE = "A report, 1 August 2024"
REPORTED = "Last reported: imprisoned (A report, 1 August 2020)."
EVENTS = [f"{year}: event {year}" for year in range(1990, 2024)]


def person(name: str = "Jane Doe", *, custody: str = REPORTED, ends: bool = True) -> Portrait:
    return Portrait("jane-doe", name, "", custody, ends, fresh=not ends)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stale_report_is_never_drawn_without_the_end_of_our_documents(language: str) -> None:
    picture = timeline_card(person(), EVENTS[:3], SOURCE, voice=Voice(language, ON))
    assert picture is not None
    assert f"{REPORTED} {documents_end(language)}" in picture.alt
    assert picture.name == "card.png"
    assert set(chunks(picture.png)) == {"IHDR", "IDAT", "IEND"}


def test_a_fresh_report_is_drawn_as_it_is() -> None:
    picture = timeline_card(person(ends=False), EVENTS[:1], SOURCE, voice=Voice("en", ON))
    assert picture is not None
    assert documents_end("en") not in picture.alt


def test_the_dead_have_a_candle_and_no_custody() -> None:
    picture = timeline_card(person(custody="", ends=False), EVENTS[:2], SOURCE, voice=Voice("en", ON))
    assert picture is not None
    assert picture.alt.startswith("A candle")
    assert "Last reported" not in picture.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_events_without_room_are_counted(language: str) -> None:
    picture = timeline_card(person(), EVENTS, SOURCE, voice=Voice(language, ON))
    assert picture is not None
    drawn = picture.alt.count(": event ")
    assert 4 <= drawn <= MOST_EVENTS
    assert f" {len(EVENTS) - drawn}" in picture.alt


def test_each_event_is_a_point_of_the_line() -> None:
    one, two = (timeline_card(person(), EVENTS[:n], SOURCE, voice=Voice("en", ON)) for n in (1, 2))
    assert one and two
    assert one.png != two.png


@pytest.mark.parametrize("name", ["ჯეინ დოუ", "Jane 🕯 Doe", "W" * 200, "Jane Doe " * 60])
def test_a_name_that_cannot_be_drawn_whole_has_no_card(name: str) -> None:
    assert timeline_card(person(name), EVENTS[:2], SOURCE, voice=Voice("en", ON)) is None


def test_nothing_to_tell_is_no_time_line() -> None:
    assert timeline_card(person(), [], SOURCE, voice=Voice("en", ON)) is None


def test_a_text_too_long_for_a_caption_stays_alone() -> None:
    post = Post("x" * (CAPTION_CHARS + 1))
    assert with_timeline(post, person(), EVENTS[:2], SOURCE, voice=Voice("en", ON)) is post
