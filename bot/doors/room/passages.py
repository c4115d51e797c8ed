"""A document's text with the passages marked that the calendar quotes.

Pure. The text stays as it is, character by character: marks and line numbers are elements around
and between characters, never characters.
"""

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

Span = tuple[int, int]


def anchor(span: Span) -> str:
    """The id of a passage within its document's page."""
    return f"passage-{span[0]}-{span[1]}"


def marked(document: str, spans: Iterable[Span]) -> Markup:
    """The document as HTML: every line numbered, every span in a `mark` with its anchor.

    Spans may overlap: marks nest, and one that crosses another's end goes on in a second element.
    """
    spans = sorted(set(spans), key=lambda span: (span[0], -span[1]))
    lines = {offset: number for number, offset in enumerate(_line_starts(document), start=1)}
    cuts = sorted({0, len(document), *lines, *(offset for span in spans for offset in span)})
    parts: list[Markup] = []
    opened: list[Span] = []
    for position, following in zip(cuts, [*cuts[1:], len(document)], strict=True):
        parts += _closed(opened, position)
        if position in lines:
            parts.append(_line(lines[position]))
        for span in spans:
            if span[0] == position:
                opened.append(span)
                parts.append(Markup('<mark id="{}">').format(anchor(span)))
        parts.append(_text(document[position:following]))
    return Markup("").join(parts)


def _closed(opened: list[Span], position: int) -> Iterator[Markup]:
    """Close what ends here; what goes on beyond it is closed and opened again without its anchor."""
    ending = [i for i, span in enumerate(opened) if span[1] <= position]
    if not ending:
        return
    reopened = [span for span in opened[ending[0] :] if span[1] > position]
    yield Markup("</mark>") * len(opened[ending[0] :])
    yield Markup("<mark>") * len(reopened)
    opened[ending[0] :] = reopened


def _line(number: int) -> Markup:
    return Markup('<span class="line" id="line-{0}" data-line="{0}" aria-hidden="true"></span>').format(number)


def _text(text: str) -> Markup:
    # A browser reads a bare carriage return as a newline (HTML, "normalize newlines").
    return escape(text).replace("\r", Markup("&#13;"))


def _line_starts(document: str) -> Iterator[int]:
    offset = 0
    while offset < len(document):
        yield offset
        newline = document.find("\n", offset)
        if newline < 0:
            return
        offset = newline + 1
