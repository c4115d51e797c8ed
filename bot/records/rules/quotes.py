"""Rules on quotes: they stand in their documents, whole, and their words belong to whom it says."""

import re
from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.loading import Loaded
from bot.records.model import Quote
from bot.records.problems import Problem, shown
from bot.records.quotes import count, locate, normalised
from bot.records.rules.words import LEADING_WORDS


def quotes_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """Each quote is found in its document, in one place."""
    for claim, key, quote in _quotes(loaded):
        source = loaded.calendar.sources.get(quote.source)
        document = loaded.calendar.documents.get(quote.source)
        if source is None:
            message = "there is no such source"
            yield claim.problem(f"{key}.source", quote.source, "the id of a file in sources/", message)
        elif document is not None and locate(document, quote) is None:
            times = count(document, quote.exact)
            message = f"this quote stands {times} times in {source.document}" if times else "no such passage"
            expected = (
                "prefix and suffix that tell which one" if times > 1 else f"words that stand in {source.document}"
            )
            yield claim.problem(f"{key}.exact", quote.exact, expected, message)


def quotes_keep_what_leads_them(loaded: Loaded) -> Iterator[Problem]:
    """No "not", "at least" or "if" is cut off just in front of a quote."""
    for claim, key, quote in _quotes(loaded):
        document = loaded.calendar.documents.get(quote.source, "")
        place = locate(document, quote) if document else None
        if place is None:
            continue
        language = loaded.calendar.sources[quote.source].language
        before = normalised(document[max(0, place[0] - 40) : place[0]]).rstrip()
        for word in LEADING_WORDS.get(language, ()):
            if re.search(rf"(?<!\w){re.escape(word)}$", before, re.IGNORECASE):
                expected = f"the quote to begin at {shown(word)} or earlier"
                yield claim.problem(f"{key}.exact", quote.exact, expected, f"{shown(word)} was cut off in front of it")
                break


def speakers_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """Whoever is said to speak, or to pass words on, is named by the document or publishes it."""
    for claim, key, quote in _quotes(loaded):
        source = loaded.calendar.sources.get(quote.source)
        if source is None:
            continue
        for field, name in (("speaker", quote.speaker), ("through", quote.through)):
            if name and name != source.publisher.en and not _is_named(loaded, quote, name):
                expected = "a name that stands in the document"
                yield claim.problem(f"{key}.{field}", name, expected, "the document does not name this speaker")


def documents_have_one_entry(loaded: Loaded) -> Iterator[Problem]:
    """No two sources describe the same document."""
    seen: dict[str, str] = {}
    for source in loaded.calendar.sources.values():
        if (other := seen.setdefault(source.document, source.id)) != source.id:
            file = loaded.files[f"sources/{source.id}"]
            yield Problem(file, "document", shown(source.document), f"one entry; {other} has it", "described twice")


def _quotes(loaded: Loaded) -> Iterator[tuple[Claim, str, Quote]]:
    for claim in claims(loaded):
        for number, quote in enumerate(claim.quotes):
            yield claim, f"quotes.{number}", quote
        for number, quote in enumerate(claim.country_quotes):
            yield claim, f"country_quotes.{number}", quote


def _is_named(loaded: Loaded, quote: Quote, name: str) -> bool:
    document = normalised(loaded.calendar.documents.get(quote.source, "")).lower()
    return normalised(name).lower() in document
