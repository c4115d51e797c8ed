"""Quotes with whose words they are: publisher and date, never a title.

Pure. A quotation stands alone in its `<blockquote>`, on one line, in the language of its document.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from markupsafe import Markup

from bot.posts.dates import partial_date
from bot.posts.links import unlinked
from bot.posts.translations import translator
from bot.posts.wording import label, one_line
from bot.records.collection import Calendar
from bot.records.model import Quote, Source

# Verbs by which a source says more than that somebody died, in the languages of the documents.
_KILLED = re.compile(
    r"\b(?:kill|murder|assassinat|execut)|\b(?:забі[тўл]|забой|закатав)|\b(?:уби[тлв]|убий|казн|замуч|убив)"
    r"|\b(?:вбит|вбив)|\b(?:zabi[tćł]|zamordow)|\b(?:nužud)|\b(?:ermord|getötet)",
    re.IGNORECASE,
)


def source_line(source: Source, language: str) -> str:
    """`EaP CSF Steering Committee, 27 February 2024`, or `publisher (undated)`."""
    words = {"publisher": label(source.publisher, language)}
    if source.date is None:
        return translator("posts", language).gettext("%(publisher)s (undated)") % words
    return f"{words['publisher']}, {partial_date(source.date, language)}"


def attribution(quote: Quote, calendar: Calendar, language: str) -> str:
    """Whose words a quote is, through whom, and the document it stands in."""
    return _attributed(quote, calendar, language, source_line(calendar.source_of(quote), language))


def attributions(quotes: Iterable[Quote], calendar: Calendar, language: str) -> str:
    """The same of several quotes, each once, as they stand in brackets: `Irina Sukhy, in: publisher, date; …`."""
    said = (_attributed(q, calendar, language, _within_brackets(calendar.source_of(q), language)) for q in quotes)
    return "; ".join(dict.fromkeys(said))


def quotation(quote: Quote, calendar: Calendar, language: str) -> Markup:
    """The quote, its attribution, and a reviewed translation where the record has one.

    Words that a hold has blanked leave the attribution alone.
    """
    said_by = unlinked(attribution(quote, calendar, language), calendar)
    if not quote.is_shown:
        return said_by
    lines = [_blockquote(quote.exact, calendar), said_by]
    translation = quote.translations.get(language)  # type: ignore[call-overload]
    if translation is not None and translation.reviewed and calendar.source_of(quote).language != language:
        lines += [_blockquote(translation.text, calendar), Markup.escape(translated_mark(language))]
    return Markup("\n").join(lines)


def translated_mark(language: str) -> str:
    """The line beneath a translation."""
    return translator("posts", language).gettext("Translated by Vigil")


def quotations(quotes: Iterable[Quote], calendar: Calendar, language: str) -> Markup:
    """Several quotes, one under the other."""
    return Markup("\n").join(quotation(quote, calendar, language) for quote in quotes)


def telling(quotes: Sequence[Quote], *, death: bool = False) -> tuple[Quote, ...]:
    """The quotes that a post shows: the first that may be shown.

    Of a death also the first that uses a different verb: where one source says "died" and another
    "was killed", both are heard (design, section 3, rule 5).
    """
    shown = [quote for quote in quotes if quote.is_shown] or list(quotes)
    if not death:
        return tuple(shown[:1])
    differing = (quote for quote in shown if _says_killed(quote) != _says_killed(shown[0]))
    return (*shown[:1], *islice(differing, 1))


def sources_line(quotes: Iterable[Quote], calendar: Calendar, language: str) -> str:
    """The documents behind some quotes, each once, as they stand in brackets: `publisher, date; publisher, undated`."""
    sources = {quote.source: calendar.source_of(quote) for quote in quotes}
    return "; ".join(_within_brackets(source, language) for source in sources.values())


def _within_brackets(source: Source, language: str) -> str:
    if source.date is not None:
        return source_line(source, language)
    undated = translator("posts", language).gettext("undated")
    return f"{label(source.publisher, language)}, {undated}"


def _attributed(quote: Quote, calendar: Calendar, language: str, document: str) -> str:
    t = translator("posts", language)
    publisher = calendar.source_of(quote).publisher
    words = {"speaker": one_line(quote.speaker or ""), "through": one_line(quote.through or ""), "source": document}
    through_publisher = quote.through in (publisher.in_language(language), publisher.en)
    if quote.speaker and quote.through and through_publisher:
        return t.gettext("%(speaker)s, according to: %(source)s") % words
    if quote.speaker and quote.through:
        return t.gettext("%(speaker)s, according to: %(through)s, in: %(source)s") % words
    if quote.speaker:
        return t.gettext("%(speaker)s, in: %(source)s") % words
    if quote.through and not through_publisher:
        return t.gettext("According to: %(through)s, in: %(source)s") % words
    return document


def _blockquote(text: str, calendar: Calendar) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(unlinked(one_line(text), calendar))


def _says_killed(quote: Quote) -> bool:
    return _KILLED.search(quote.exact) is not None
