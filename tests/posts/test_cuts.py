"""What is left of a post that is too long, cannot be parsed, or may carry no buttons."""

import pytest

from bot.posts.cuts import plain, shorter, without_buttons
from bot.posts.post import Button, Post, length_utf16
from tests.telegram.html import parse_html

ENDS = "Our documents end there: we do not know whether they are free today."


def a_post(*lines: str) -> Post:
    return Post("\n".join(lines))


def test_post_that_fits_stays_as_it_is() -> None:
    post = a_post("<b>Title</b>", "<blockquote>Words.</blockquote>", "A body")
    assert shorter(post, 300) is post


def test_last_quotation_goes_first_and_its_attribution_stays() -> None:
    first, second = f"<blockquote>{'a' * 200}</blockquote>", f"<blockquote>{'b' * 200}</blockquote>"
    post = a_post("<b>Title</b>", first, "A body, 1 March 2024", second, "Another body, 2 March 2024")
    assert shorter(post, 300).html.splitlines() == [
        "<b>Title</b>",
        first,
        "A body, 1 March 2024",
        "Another body, 2 March 2024",
    ]


def test_translation_goes_with_its_mark() -> None:
    post = a_post("<b>Title</b>", f"<blockquote>{'a' * 400}</blockquote>", "Пераклад: Vigil", "Канец")
    assert shorter(post, 300).html == "<b>Title</b>\nКанец"


def test_quotation_is_never_cut_inside() -> None:
    words = "word " * 60
    post = a_post("<b>Title</b>", f"<blockquote>{words.strip()}</blockquote>", "A body")
    for limit in range(300, 330):
        short = shorter(post, limit).html
        assert words.strip() in short or "<blockquote>" not in short


def test_lines_go_from_the_end_once_quotations_are_gone() -> None:
    post = a_post("<b>Title</b>", *(f"line {n} {'x' * 80}" for n in range(10)))
    short = shorter(post, 300)
    assert short.html.splitlines()[:2] == ["<b>Title</b>", f"line 0 {'x' * 80}"]
    assert short.html.endswith("\n…")
    assert length_utf16(short.text) <= 300


@pytest.mark.parametrize("before", [3, 30])
def test_the_sentence_that_we_do_not_know_always_stays(before: int) -> None:
    post = a_post("<b>Title</b>", *(f"line {n} {'x' * 200}" for n in range(before)), ENDS, "A body, 1 March 2024")
    assert shorter(post, 300).html.splitlines()[-1] == ENDS


def test_title_longer_than_everything_is_cut_without_halving_a_character() -> None:
    post = a_post(f"<b>{'🕯&amp;' * 400}</b>", ENDS)
    short = shorter(post, 301)
    assert 299 <= length_utf16(short.text) <= 301
    assert short.html.endswith(f"\n…\n{ENDS}")
    assert parse_html(short.html)[0] == short.text


def test_plain_has_no_markup_and_marks_quotations() -> None:
    post = a_post("<b>A &lt;name&gt;</b>", "<blockquote>Words &amp; words.</blockquote>", "A body")
    assert plain(post).html == "A &lt;name&gt;\n“Words &amp; words.”\nA body"
    assert plain(post).text == "A <name>\n“Words & words.”\nA body"


def test_without_buttons_keeps_the_words() -> None:
    post = Post("<b>Title</b>", ((Button("Why", command="/why x"),),))
    assert without_buttons(post) == Post("<b>Title</b>")
