"""Rules on sources: title, publisher and date of a document are read from the document itself."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.records.dates import PartialDate
from bot.records.loading import Loaded
from bot.records.model import Source
from bot.records.problems import Problem, shown
from bot.records.quotes import count, normalised
from bot.records.wording.cues import PUBLISHED
from bot.records.wording.labels import content_words, stem_of
from bot.records.wording.mentions import mentions_in, years_in
from bot.records.wording.sentences import is_whole
from bot.records.wording.stems import has_any
from bot.records.wording.words import UNNAMED

# Reserved by RFC 2606 and RFC 6761 for examples and tests.
_PLACEHOLDER = re.compile(r"(?:^|\.)(?:example(?:\.\w+)?|test|invalid|localhost|local)$|^[\d.]+$")


def documents_have_one_entry(loaded: Loaded) -> Iterator[Problem]:
    """No two sources describe the same document."""
    seen: dict[str, str] = {}
    for source in loaded.calendar.sources.values():
        if (other := seen.setdefault(source.document, source.id)) != source.id:
            file = loaded.files[f"sources/{source.id}"]
            yield Problem(file, "document", shown(source.document), f"one entry; {other} has it", "described twice")


def titles_and_publishers_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """A document has the title and names the publisher, unless its address or "not named" accounts for that."""
    for file, source, document in _described(loaded):
        if not _is_titled(document, source.title):
            yield Problem(
                file, "title", shown(source.title), "a line as the document prints it", "it has no such title"
            )
        name = source.publisher.in_language(source.language)
        words = [stem_of(word) for word in content_words(name)]
        is_accounted_for = source.address is not None or any(word in source.publisher.en.lower() for word in UNNAMED)
        if not is_accounted_for and not all(has_any((word,), document) for word in words):
            expected = "a name that stands in the document, or its address"
            yield Problem(file, "publisher", shown(name), expected, "the document names no such publisher")


def source_dates_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """A document's date is read from a passage of it that dates the document, and not something it tells."""
    for file, source, document in _described(loaded):
        if source.date is None or source.dated is None:
            continue
        if not count(document, source.dated.exact):
            message = "this passage does not stand in the document"
            yield Problem(file, "dated.exact", shown(source.dated.exact), "a passage of the document", message)
        elif not _gives(source, source.date):
            message = "this passage does not give that date"
            yield Problem(file, "date", shown(source.date), f"the date in {shown(source.dated.exact)}", message)
        elif not _dates_the_document(source, document):
            expected = "a line of its own, or a passage with “today” or the like"
            message = "this passage dates something that the document tells, not the document"
            yield Problem(file, "dated.exact", shown(source.dated.exact), expected, message)


def republishing_needs_an_address(loaded: Loaded) -> Iterator[Problem]:
    """A text may be republished whole only where readers can be led to its publisher."""
    for file, source, _ in _described(loaded):
        if source.republish == "whole" and source.address is None:
            message = "whole texts are shown with the address that allows it"
            yield Problem(file, "republish", "whole", "republish: quotes, or an address", message)


def addresses_lead_to_a_publisher(loaded: Loaded) -> Iterator[Problem]:
    """An address has a public host and no placeholder."""
    for file, source, _ in _described(loaded):
        host = urlsplit(source.address).hostname or "" if source.address else "public.org"
        if "." not in host or _PLACEHOLDER.search(host):
            message = "nobody publishes there"
            yield Problem(file, "address", shown(source.address), "the address of the document, or null", message)


def _described(loaded: Loaded) -> Iterator[tuple[str, Source, str]]:
    for source in loaded.calendar.sources.values():
        if (document := loaded.calendar.documents.get(source.id)) is not None:
            yield loaded.files[f"sources/{source.id}"], source, document


def _is_titled(document: str, title: str) -> bool:
    """Whether the title stands in the document as a line or sentence of its own."""
    words = r"\s+".join(map(re.escape, title.split()))
    return any(is_whole(document, match.span()) for match in re.finditer(words, document))


def _gives(source: Source, value: PartialDate) -> bool:
    passage = normalised(source.dated.exact) if source.dated else ""
    if value.precision == "year":
        return value.first.year in years_in(passage)
    return any(
        (m.year, m.month) == (value.first.year, value.first.month)
        and (value.precision != "day" or m.day == value.first.day)
        for m in mentions_in(passage, source.language)
    )


def _dates_the_document(source: Source, document: str) -> bool:
    passage = normalised(source.dated.exact).strip() if source.dated else ""
    if has_any(PUBLISHED.get(source.language, ()), passage):
        return True
    return any(normalised(line).strip() == passage for line in document.splitlines())
