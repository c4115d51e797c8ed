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


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a quotation stands; `is_original` is false where the words are a translation of it."""

    source_id: str
    span: Span
    line: int
    language: str
    is_original: bool


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
            spoken = traces[0].language if traces[0].is_original else language
            links = Markup("").join(_link(calendar, trace, language) for trace in traces)
            return Markup('<blockquote><span lang="{}">{}</span>{}</blockquote>').format(spoken, inner, links)

        return render

    def traces(self, calendar: Calendar, text: str) -> Iterator[Trace]:
        """Where these words stand, in each document that a record quotes with them."""
        self._read(calendar)
        seen = set()
        for quote in self._quotes.get(one_line(text), ()):
            document, source = calendar.documents.get(quote.source), calendar.sources.get(quote.source)
            span = locate(document, quote) if document is not None and source is not None else None
            if document is not None and source is not None and span and (quote.source, span) not in seen:
                seen.add((quote.source, span))
                is_original = one_line(quote.exact) == one_line(text)
                yield Trace(source.id, span, line_of(document, span[0]), source.language, is_original)

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


def _link(calendar: Calendar, trace: Trace, language: str) -> Markup:
    t = words(language)
    address = f"{link(f'/document/{trace.source_id}', language)}#{anchor(trace.span)}"
    short = t.gettext("in the document: line %(line)d") % {"line": trace.line}
    title = source_line(calendar.sources[trace.source_id], language)
    return Markup('<a class="trace" href="{}" title="{}">{}</a>').format(address, title, short)
