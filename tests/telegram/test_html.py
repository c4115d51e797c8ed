"""HTML as TDLib parses it."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telegram.entities import utf16_length
from tests.telegram.errors import ApiError
from tests.telegram.html import parse_html

PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def shown(source: str) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in parse_html(source)[1]]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("tg-spoiler", "spoiler"),
        ("B", "bold"),
    ],
)
def test_tag_makes_its_entity(tag: str, kind: str) -> None:
    assert shown(f"ab<{tag}>cd</{tag}>") == [(kind, 2, 2)]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>', "custom_emoji"),
        ('<a href="tg://user?id=7">x</a>', "text_mention"),
        ("<a href='https://prisoners.example/'>x</a>", "text_link"),
    ],
)
def test_tag_with_attribute_makes_its_entity(source: str, kind: str) -> None:
    assert shown(source) == [(kind, 0, 1)]


def test_offsets_count_utf16_units() -> None:
    assert shown("🕯 ўсё <b>🕯</b>") == [("bold", 7, 2)]


def test_nested_entities_come_outer_first() -> None:
    assert shown("<i>a<b>b</b></i><b><i>c</i></b>") == [
        ("italic", 0, 2),
        ("bold", 1, 1),
        ("bold", 2, 1),
        ("italic", 2, 1),
    ]


def test_style_does_not_reach_into_code() -> None:
    assert shown("<b>a<code>b</code>c</b>") == [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]


def test_quotation_in_a_quotation_is_dropped() -> None:
    assert shown("<blockquote>a<blockquote>b</blockquote></blockquote>") == [("blockquote", 0, 2)]


def test_code_block_with_language_is_one_entity() -> None:
    _, entities = parse_html('<pre><code class="language-yaml">a: b</code></pre>')
    assert entities == [{"offset": 0, "length": 4, "type": "pre", "language": "yaml"}]


def test_empty_tag_makes_no_entity() -> None:
    assert parse_html("<b></b>x") == ("x", [])


def test_link_without_address_uses_its_text() -> None:
    assert parse_html("<a>example.org/x</a>")[1][0]["url"] == "http://example.org/x"


def test_link_that_is_none_stays_plain() -> None:
    assert parse_html('<a href="javascript:alert(1)">x</a>') == ("x", [])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#1040;&#x410;", "АА"),
        ("&nbsp;&copy", "&nbsp;&copy"),
        ("&lt", "<"),
        ("a & b", "a & b"),
        ("&#0;&#99999999;", "&#0;&#99999999;"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_character_reference_is_decoded(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("ў<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a <P>b</P>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("<b>x<i>y", "Can't find end tag corresponding to start tag i"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xd83d;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
            "surrogate code units",
        ),
    ],
)
def test_refusal_is_worded_as_telegrams(source: str, refusal: str) -> None:
    with pytest.raises(ApiError, match=re.escape(f"Bad Request: can't parse entities: {refusal}") + "$"):
        parse_html(source)


@given(PLAIN)
def test_escaped_text_comes_back(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(PLAIN, PLAIN)
def test_entity_covers_exactly_its_text(before: str, inside: str) -> None:
    _, entities = parse_html(f"{html.escape(before, quote=False)}<b>{html.escape(inside, quote=False)}</b>")
    covered = [(utf16_length(before), utf16_length(inside))] if inside else []
    assert [(entity["offset"], entity["length"]) for entity in entities] == covered


@given(st.text("<>/&;#=\"' abpx\n", max_size=40))
def test_any_source_is_parsed_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ApiError:
        return
    assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)
