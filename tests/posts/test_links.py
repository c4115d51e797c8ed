"""A quotation may name a listed address, and no messenger makes a link of it."""

from dataclasses import replace
from datetime import date

import pytest
from markupsafe import Markup

from bot.posts.buttons import share
from bot.posts.citations import quotation
from bot.posts.cuts import plain, shorter
from bot.posts.links import unlinked
from bot.posts.post import Post
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from tests.calendars import a_quote, a_source, small_calendar
from tests.listings import with_listings
from tests.telegram.html import parse_html

SAID = "Jane Doe of FREEWORD.ORG was in prison."


def listed() -> Calendar:
    return with_listings(small_calendar(sources=(a_source(),)))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (SAID, "Jane Doe of <code>FREEWORD.ORG</code> was in prison."),
        ("See www.freeword.org/a?b&c.", "See <code>www.freeword.org/a?b&amp;c</code>."),
        ("https://freeword.org, <b>", "<code>https://freeword.org</code>, &lt;b&gt;"),
        ("freeword.org and news.freeword.org", "<code>freeword.org</code> and <code>news.freeword.org</code>"),
        ("Freeword, notfreeword.org and elsewhere.net", "Freeword, notfreeword.org and elsewhere.net"),
    ],
)
def test_words_of_which_a_link_would_be_made_are_code(text: str, html: str) -> None:
    assert unlinked(text, listed()) == Markup(html)


def test_a_quotation_and_its_speaker_have_no_link_and_lose_no_word() -> None:
    said = a_quote(SAID).model_copy(update={"speaker": "Freeword.org"})
    post = Post(str(quotation(said, listed(), "en")))

    assert "<blockquote>Jane Doe of <code>FREEWORD.ORG</code> was in prison.</blockquote>" in post.html
    assert "<code>Freeword.org</code>, in: A Human Rights Body" in post.html
    assert post.text == Post(str(quotation(said, replace(listed(), listings={}), "en"))).text
    assert parse_html(post.html)[0] == post.text


def test_a_post_too_long_loses_such_a_quotation_whole() -> None:
    post = Post(f"First.\n{quotation(a_quote(SAID), listed(), 'en')}\n{'Last. ' * 50}".strip())
    cut = shorter(post, 360)

    assert "FREEWORD" not in cut.html
    assert "<blockquote>" not in cut.html
    assert "“Jane Doe of FREEWORD.ORG was in prison.”" in Post(plain(post).html).text


def test_a_text_to_pass_on_names_no_listed_address() -> None:
    voice = Voice("en", date(2027, 1, 1))
    shared = share("Jane Doe", [a_quote(SAID)], listed(), voice)

    assert shared is not None
    assert "FREEWORD" not in (shared.link or "")
    assert share("Jane Doe of freeword.org", [a_quote(SAID)], listed(), voice) is None
