"""Buttons: commands that fit everywhere, and a link to share that says nothing more than the post."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from bot.posts import buttons
from bot.posts.post import Button
from bot.posts.voice import Voice
from tests.calendars import a_quote, small_calendar
from tests.telegram.links import checked_link

CALENDAR = small_calendar()
ENGLISH = Voice("en", date(2027, 1, 1))


def shared(title: str, words: str, language: str = "en") -> dict[str, list[str]] | None:
    button = buttons.share(title, [a_quote(words)], CALENDAR, Voice(language, ENGLISH.on))
    if button is None:
        return None
    assert button.link is not None
    assert len(button.link) <= buttons.SHARE_CHARS
    assert checked_link(button.link) == button.link
    return parse_qs(urlsplit(button.link).query)


def test_share_offers_title_quote_and_source() -> None:
    assert shared("20 February & more", "She died.\nIn prison.") == {
        "url": ["20 February & more"],
        "text": ["“She died. In prison.”\nA Human Rights Body, 1 March 2024"],
    }


def test_share_marks_quotations_as_the_language_does() -> None:
    told = shared("20 лютага", "She died.", "be")
    assert told is not None
    assert told["text"][0].startswith("«She died.»\n")


def test_share_leaves_out_a_quote_that_is_too_long() -> None:
    assert shared("Title", "ў" * 400) == {"url": ["Title"], "text": ["A Human Rights Body, 1 March 2024"]}


def test_title_too_long_to_share_has_no_button() -> None:
    assert shared("Б" * 400, "She died.") is None


def test_share_leads_to_telegram_alone() -> None:
    button = buttons.share("Title", [a_quote("See https://example.org")], CALENDAR, ENGLISH)
    assert button is not None
    assert button.link is not None
    assert button.link.startswith("https://t.me/share/url?url=Title&text=")


def test_rows_hold_two_buttons_and_skip_what_is_absent() -> None:
    one, two, three = (buttons.why_one(name, ENGLISH) for name in "abc")
    assert buttons.rows([one, None, two, three]) == ((one, two), (three,))


def test_a_text_that_a_phone_would_cut_has_a_row_of_its_own() -> None:
    short, long, other = (Button(text, "/today") for text in ("Heute", "Todesfälle in Haft: die Namen", "Teilen"))
    assert buttons.rows([short, long, other, short]) == ((short,), (long,), (other, short))
