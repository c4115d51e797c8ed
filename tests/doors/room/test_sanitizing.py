"""Post HTML by the allow-list: what stays, what goes, what is closed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.doors.room.sanitizing import clean


@pytest.mark.parametrize("tag", ["b", "i", "u", "s", "code", "pre", "blockquote"])
def test_the_subset_of_telegram_stays(tag: str) -> None:
    assert clean(f"<{tag}>words</{tag}>") == f"<{tag}>words</{tag}>"


def test_links_lead_out_without_telling_from_where() -> None:
    cleaned = clean('<a href="https://example.org/?a=1&amp;b=2" onclick="x()">there</a>')
    assert cleaned == ('<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">there</a>')


@pytest.mark.parametrize(
    "address",
    ["javascript:x()", "JavaScript:x()", "java\tscript:x()", " javascript:x()", "data:text/html,x", "//evil", "", "[:"],
)
def test_a_link_that_is_no_address_becomes_its_text(address: str) -> None:
    assert clean(f'<a href="{address}">words</a>') == "words"


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<script>x()</script>words", "words"),
        ("<style>*{}</style>words", "words"),
        ("<img src=x onerror=x()>words", "words"),
        ("<svg onload=x()>words</svg>", "words"),
        ("<b onmouseover=x()>words</b>", "<b>words</b>"),
        ("<b style='position:fixed'>words</b>", "<b>words</b>"),
        ("<iframe srcdoc='<script>x()</script>'></iframe>words", "words"),
        ("<form action=/say><input name=text>words</form>", "words"),
        ("<!-- words --><b>words</b>", "<b>words</b>"),
        ("<script>never closed", ""),
        ("&lt;script&gt;words", "&lt;script&gt;words"),
        ("<b", "&lt;b"),
    ],
)
def test_everything_else_goes(html: str, left: str) -> None:
    assert clean(html) == left


def test_markup_is_trusted_no_more_than_text() -> None:
    assert clean(Markup("<b>&lt;script&gt;</b><script>x()</script>")) == "<b>&lt;script&gt;</b>"


def test_what_is_left_open_is_closed() -> None:
    assert clean("<b>one<i>two") == "<b>one<i>two</i></b>"


def test_crossed_tags_are_put_in_order() -> None:
    assert clean("<b>one<i>two</b>three</i>") == "<b>one<i>two</i></b>three"


def test_a_quotation_takes_no_line_of_its_own_beside_its_newlines() -> None:
    assert clean("one\n<blockquote>two</blockquote>\nthree") == "one<blockquote>two</blockquote>three"


def test_a_quotation_is_rendered_from_its_text_and_its_markup() -> None:
    seen: list[tuple[str, Markup]] = []

    def quotation(text: str, inner: Markup) -> Markup:
        seen.append((text, inner))
        return Markup("<q></q>")

    assert clean("a <blockquote>b &amp; <i>c</i></blockquote>", quotation) == "a <q></q>"
    assert seen == [("b & c", Markup("b &amp; <i>c</i>"))]


def test_the_candle_is_drawn_for_machines_without_its_font() -> None:
    assert clean("\N{CANDLE} <b>20 February</b>").startswith(
        '<img class="candle" src="/static/mark.svg" alt="\N{CANDLE}"'
    )


_TAGS = ("b", "i", "blockquote", "pre", "script", "template", "img src=x", 'a href="https://x.y"', "a")
_PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in _TAGS),
        *(f"</{tag}>" for tag in _TAGS),
        "words",
        "&lt;",
        "&amp;",
        "\n",
        "<",
        ">",
        "<!--",
        "-->",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_cleaning_what_is_clean_changes_no_tag(html: str) -> None:
    once = clean(html)
    for tag in ("b", "i", "blockquote", "pre"):
        assert once.count(f"<{tag}>") == once.count(f"</{tag}>")
    assert "<script" not in once
    assert "<img" not in once
    assert "<!--" not in once
