"""Quotes with whose words they are: publisher and date, never a title.

Pure. A quotation stands alone in its `<blockquote>`, on one line, in the language of its document.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot.posts.dates import partial_date
from bot.posts.translations import translator
from bot.posts.wording import label, one_line
from bot.records.collection import Calendar
from bot.records.model import Quote, Source


def source_line(source: Source, language: str) -> str:
    """`EaP CSF Steering Committee, 27 February 2024`, or `publisher (undated)`."""
    publisher = label(source.publisher, language)
    if source.date is None:
        return translator("posts", language).gettext("%(publisher)s (undated)") % {"publisher": publisher}
    return f"{publisher}, {partial_date(source.date, language)}"


def attribution(quote: Quote, calendar: Calendar, language: str) -> str:
    """Whose words a quote is, through whom, and the document it stands in."""
    t = translator("posts", language)
    source = calendar.source_of(quote)
    words = {
        "speaker": one_line(quote.speaker or ""),
        "through": one_line(quote.through or ""),
        "source": source_line(source, language),
    }
    through_publisher = quote.through in (source.publisher.in_language(language), source.publisher.en)
    if quote.speaker and quote.through and through_publisher:
        return t.gettext("%(speaker)s, according to: %(source)s") % words
    if quote.speaker and quote.through:
        return t.gettext("%(speaker)s, according to: %(through)s, in: %(source)s") % words
    if quote.speaker:
        return t.gettext("%(speaker)s, in: %(source)s") % words
    if quote.through and not through_publisher:
        return t.gettext("According to: %(through)s, in: %(source)s") % words
    return words["source"]


def quotation(quote: Quote, calendar: Calendar, language: str) -> Markup:
    """The quote, its attribution, and a reviewed translation where the record has one.

    Words that a hold has blanked leave the attribution alone.
    """
    said_by = Markup.escape(attribution(quote, calendar, language))
    if not quote.is_shown:
        return said_by
    lines = [_blockquote(quote.exact), said_by]
    translation = quote.translations.get(language)  # type: ignore[call-overload]
    if translation is not None and translation.reviewed and calendar.source_of(quote).language != language:
        lines += [
            _blockquote(translation.text),
            Markup.escape(translator("posts", language).gettext("Translated by Vigil")),
        ]
    return Markup("\n").join(lines)


def quotations(quotes: Iterable[Quote], calendar: Calendar, language: str) -> Markup:
    """Several quotes, one under the other."""
    return Markup("\n").join(quotation(quote, calendar, language) for quote in quotes)


def one_of_each_voice(quotes: Sequence[Quote]) -> list[Quote]:
    """The first quote of each document and speaker: where sources differ, each is heard.

    Blanked ones are left out as long as any other stands.
    """
    shown = [quote for quote in quotes if quote.is_shown] or quotes
    voices: dict[tuple[str, str | None, str | None], Quote] = {}
    for quote in shown:
        voices.setdefault((quote.source, quote.speaker, quote.through), quote)
    return list(voices.values())


def sources_line(quotes: Iterable[Quote], calendar: Calendar, language: str) -> str:
    """The documents behind some quotes, each once: `publisher, date; publisher, date`."""
    sources = {quote.source: calendar.source_of(quote) for quote in quotes}
    return "; ".join(source_line(source, language) for source in sources.values())


def _blockquote(text: str) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(one_line(text))
