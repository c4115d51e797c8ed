"""A document with its quoted passages marked: every character stays, every passage has its place."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.doors.room.passages import Span, anchor, marked


class _Reader(HTMLParser):
    """Reads marked text back: its characters, which of them are marked, and where the anchors stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.is_marked: list[bool] = []
        self.anchors: dict[str, int] = {}
        self.depth = 0
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "mark"
        if identity := dict(attrs).get("id"):
            assert identity not in self.anchors
            self.anchors[identity] = len(self.text)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "mark"
        assert self.depth >= 0

    def handle_data(self, data: str) -> None:
        self.text += data
        self.is_marked += [self.depth > 0] * len(data)


@st.composite
def _documents(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(alphabet="ab \n\r\u00a0<&>\"'", min_size=1, max_size=60))
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=6))
    return text, [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


@given(_documents())
def test_every_character_stays_and_just_the_passages_are_marked(document: tuple[str, list[Span]]) -> None:
    text, spans = document
    read = _Reader(marked(text, spans))
    assert read.text == text
    assert read.is_marked == [any(start <= i < end for start, end in spans) for i in range(len(text))]
    assert read.depth == 0


@given(_documents())
def test_every_passage_begins_at_its_anchor(document: tuple[str, list[Span]]) -> None:
    text, spans = document
    anchors = _Reader(marked(text, spans)).anchors
    assert {anchor(span): span[0] for span in spans} == {
        name: offset for name, offset in anchors.items() if name.startswith("passage")
    }


def test_every_line_has_its_number() -> None:
    anchors = _Reader(marked("one\n\nthree\n", [(0, 9)])).anchors
    assert {name: offset for name, offset in anchors.items() if name.startswith("line")} == {
        "line-1": 0,
        "line-2": 4,
        "line-3": 5,
    }


def test_a_carriage_return_survives_the_browser() -> None:
    assert "one&#13;\n" in marked("one\r\ntwo", [])


def test_markup_in_a_document_is_text() -> None:
    assert "&lt;script&gt;" in marked("<script>", [(0, 8)])


def test_crossing_passages_go_on_after_the_first_ends() -> None:
    html = marked("abcdef", [(0, 4), (2, 6)])
    assert html.endswith('<mark id="passage-0-4">ab<mark id="passage-2-6">cd</mark></mark><mark>ef</mark>')
