"""From a quotation in a post back to the line of the document that says so.

Posts say nothing of where their quotations stand: the words themselves are looked up.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from bot.doors.room.pages import link, words
from bot.doors.room.passages import Span, anchor
from bot.doors.room.sanitizing import Quotation
from bot.posts.citations import source_line
from bot.posts.wording import one_line
from bot.records.collection import Calendar
from bot.records.model import Quote
from bot.records.quotes import line_of, locate

_CUT = ("…", "[…]", "...")


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a quotation stands."""

    source_id: str
    span: Span
    line: int


class Tracer:
    """Finds quotations by their words; its index is made anew when the calendar changes."""

    def __init__(self) -> None:
        self._calendar: Calendar | None = None
        self._quotes: Mapping[str, list[Quote]] = {}

    def quotation(self, calendar: Calendar, language: str) -> Quotation:
        """Renders a quotation in the language of its document, with links to where it stands."""

        def render(text: str, inner: Markup) -> Markup:
            traces = list(self.traces(calendar, text))
            if not traces:
                return Markup("<blockquote>{}</blockquote>").format(inner)
            spoken = calendar.sources[traces[0].source_id].language if self._is_original(text) else language
            links = Markup("").join(_link(calendar, trace, language) for trace in traces)
            return Markup('<blockquote><span lang="{}">{}</span>{}</blockquote>').format(spoken, inner, links)

        return render

    def traces(self, calendar: Calendar, text: str) -> Iterator[Trace]:
        """Where these words stand, in each document that a record quotes with them."""
        self._read(calendar)
        seen = set()
        for quote in self._found(one_line(text)):
            document = calendar.documents.get(quote.source)
            span = locate(document, quote) if document is not None and quote.source in calendar.sources else None
            if document is not None and span and (quote.source, span) not in seen:
                seen.add((quote.source, span))
                yield Trace(quote.source, span, line_of(document, span[0]))

    def _is_original(self, text: str) -> bool:
        return any(_starts(one_line(quote.exact), one_line(text)) for quote in self._found(one_line(text)))

    def _found(self, text: str) -> list[Quote]:
        if text in self._quotes:
            return self._quotes[text]
        if not text.endswith(_CUT):
            return []
        # A post too long for its place is cut within a quotation.
        return [quote for whole, quotes in self._quotes.items() if _starts(whole, text) for quote in quotes][:1]

    def _read(self, calendar: Calendar) -> None:
        known = self._calendar
        if known is calendar or (known is not None and known.revision and known.revision == calendar.revision):
            return
        index: defaultdict[str, list[Quote]] = defaultdict(list)
        for quote in calendar.quotes():
            if quote.is_shown:
                index[one_line(quote.exact)].append(quote)
                for translation in quote.translations.values():
                    index[one_line(translation.text)].append(quote)
        self._quotes, self._calendar = dict(index), calendar


def _starts(whole: str, text: str) -> bool:
    """Whether a text, perhaps cut short, is the beginning of the whole."""
    for mark in _CUT:
        text = text.removesuffix(mark)
    return bool(text.strip()) and whole.startswith(text.strip())


def _link(calendar: Calendar, trace: Trace, language: str) -> Markup:
    t = words(language)
    address = f"{link(f'/document/{trace.source_id}', language)}#{anchor(trace.span)}"
    short = t.gettext("in the document: line %(line)d") % {"line": trace.line}
    title = source_line(calendar.sources[trace.source_id], language)
    return Markup('<a class="trace" href="{}" title="{}">{}</a>').format(address, title, short)
