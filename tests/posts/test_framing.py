"""A channel's own lines around a post."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agenda.occurrence import Slot
from bot.posts.cuts import CAPTION_CHARS, TEXT_CHARS
from bot.posts.framing import LINE_CHARS, framed
from bot.posts.post import Button, Picture, Post, length_utf16
from bot.posts.stated import Stated
from tests.telegram.html import parse_html

PICTURE = Picture(b"png", "A candle")
STATED = Stated("en", date(2027, 2, 20), date(2027, 2, 20), Slot.DAY, picture="digest")
OPENING, SIGNATURE = "Against forgetting", "Write to us"

_line = st.one_of(
    st.sampled_from(("", "<b>", "&amp;", "</blockquote>", "🕯" * (LINE_CHARS // 2), "<" * LINE_CHARS)),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=LINE_CHARS // 2).map(str.strip),
)


def test_without_lines_a_post_is_what_it_was() -> None:
    post = Post("a" * 5000, picture=PICTURE, stated=STATED)

    assert framed(post, "", "") is post


@pytest.mark.parametrize(
    ("opening", "signature", "html"),
    [
        (OPENING, SIGNATURE, "Against forgetting\n\n<b>Title</b>\n\nWrite to us"),
        (OPENING, "", "Against forgetting\n\n<b>Title</b>"),
        ("", SIGNATURE, "<b>Title</b>\n\nWrite to us"),
    ],
)
def test_each_line_stands_apart_from_the_post(opening: str, signature: str, html: str) -> None:
    assert framed(Post("<b>Title</b>"), opening, signature).html == html


def test_a_line_is_text_and_never_markup() -> None:
    post = framed(Post("words"), "<b>&amp;", "")

    assert post.html.startswith("&lt;b&gt;&amp;amp;\n")
    assert post.text == "<b>&amp;\n\nwords"


def test_what_the_post_states_knows_the_lines() -> None:
    post = framed(Post("words", stated=STATED), OPENING, SIGNATURE)

    assert post.stated is not None
    assert (post.stated.opening, post.stated.signature, post.stated.picture) == (OPENING, SIGNATURE, "digest")


def test_everything_else_of_the_post_stays() -> None:
    post = Post("words", ((Button("Why", "/why x"),),), PICTURE, ("x",))

    whole = framed(post, OPENING, SIGNATURE)

    assert (whole.buttons, whole.picture, whole.records) == (post.buttons, post.picture, post.records)


@pytest.mark.parametrize(("more", "has_picture"), [(0, True), (1, False)])
def test_a_text_that_is_no_caption_any_more_goes_without_its_picture(more: int, has_picture: bool) -> None:
    room = CAPTION_CHARS - length_utf16(f"{OPENING}\n\n\n\n{SIGNATURE}")

    post = framed(Post("a" * (room + more), picture=PICTURE, stated=STATED), OPENING, SIGNATURE)

    assert post.stated is not None
    assert (post.picture is not None, post.stated.picture is not None) == (has_picture, has_picture)


def test_the_post_gives_way_and_never_the_lines() -> None:
    quotation = f"<blockquote>{'words ' * 700}</blockquote>"

    post = framed(Post(f"<b>Title</b>\n{quotation}\nA body, 1 March 2024"), OPENING, SIGNATURE)

    assert post.html == f"{OPENING}\n\n<b>Title</b>\nA body, 1 March 2024\n\n{SIGNATURE}"


@given(_line, _line, st.sampled_from([1, 300, CAPTION_CHARS, TEXT_CHARS, 9000]), st.sampled_from([900, TEXT_CHARS]))
def test_any_lines_stand_whole_around_a_post_within_the_limit(
    opening: str, signature: str, length: int, limit_chars: int
) -> None:
    post = framed(Post(f"<b>{'🕯' * length}</b>", picture=PICTURE), opening, signature, limit_chars)

    if opening or signature:
        assert length_utf16(post.text) <= limit_chars
        assert post.picture is None or length_utf16(post.text) <= CAPTION_CHARS
    parse_html(post.html)
    assert post.text.startswith(opening)
    assert post.text.endswith(signature)
