"""Rules on speakers: the words belong to whoever the document says speaks them."""

import re
from collections.abc import Iterator

from bot.records.claims import Citation, Claim, claims
from bot.records.loading import Loaded
from bot.records.model import Call
from bot.records.problems import Problem
from bot.records.quotes import normalised
from bot.records.rules.quotes import citations
from bot.records.wording.speech import Speech, speeches
from bot.records.wording.stems import Span
from bot.records.wording.words import UNNAMED

_CAPITALISED = r"[^\W\d_a-zа-яёіў]\w*"


def speakers_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """Whoever is said to speak, or to pass words on, is named whole by the document or publishes it."""
    for claim, citation in citations(loaded):
        source, quote = citation.source, citation.quote
        if source is None:
            continue
        for field, name in (("speaker", quote.speaker), ("through", quote.through)):
            if name and name != source.publisher.en and not _is_named(citation, name):
                expected = "a whole name that stands in the document"
                yield claim.problem(
                    f"{citation.key}.{field}", name, expected, "the document does not name this speaker"
                )


def speakers_are_those_of_the_passage(loaded: Loaded) -> Iterator[Problem]:
    """A passage that the document puts into somebody's mouth has that speaker, or passes through them."""
    for claim, citation in citations(loaded):
        quote = citation.quote
        for speech in _speeches_of(citation):
            if _is_publisher(citation, speech):
                continue
            who = speech.names[-1]
            if not any(name and speech.is_by(name) for name in (quote.speaker, quote.through)):
                message = f"the document puts these words into the mouth of {who}"
                yield claim.problem(f"{citation.key}.speaker", quote.speaker or "nobody", who, message)
            elif not speech.is_direct and quote.through is None:
                message = f"{who} is retold here: through says who passes the words on"
                expected = citation.source.publisher.en if citation.source else "a name"
                yield claim.problem(f"{citation.key}.through", "nobody", expected, message)


def callers_speak_in_their_quotes(loaded: Loaded) -> Iterator[Problem]:
    """Who calls is the quote's speaker, the publisher, or the undersigned of a text that names nobody."""
    for claim in claims(loaded):
        call = claim.subject
        if not isinstance(call, Call) or not claim.sources:
            continue
        publishers = {source.publisher.in_language(source.language) for source in claim.sources}
        publishers |= {source.publisher.en for source in claim.sources}
        speakers = {quote.speaker for quote in claim.quotes if quote.speaker}
        callers = {_bare(call.by.in_language(language)) for language in ("en", *claim.languages)}
        if callers & {_bare(name) for name in publishers | speakers}:
            continue
        if not speakers and _is_unnamed(_bare(call.by.en), claim):
            continue
        expected = " or ".join(sorted(speakers or publishers))
        yield claim.problem("by.en", call.by.en, expected, "its quotes are not the words of this caller")


def _speeches_of(citation: Citation) -> Iterator[Speech]:
    """The speeches that hold at least half of a quote."""
    if citation.place is None:
        return
    start, end = citation.place
    for speech in speeches(citation.document, citation.language):
        if 2 * (min(end, speech.end) - max(start, speech.start)) >= end - start:
            yield speech


def _is_publisher(citation: Citation, speech: Speech) -> bool:
    """Whether the document tells of its own publisher: "Amnesty International said …"."""
    if citation.source is None:
        return False
    publisher = citation.source.publisher
    return all(
        speech.is_named(name, f"{publisher.en} {publisher.in_language(citation.language)}") for name in speech.names
    )


def _is_named(citation: Citation, name: str) -> bool:
    """Whether the document has the name as a whole name: no small word, and no part of a longer one."""
    document, name = normalised(citation.document), normalised(name.strip('«»“”„"'))
    if not name or (" " not in name and not name[0].isupper()):
        return False
    places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", document, re.IGNORECASE)
    return any(not _is_part(document, place.span(), name) for place in places)


def _is_part(document: str, place: Span, name: str) -> bool:
    """Whether a longer name goes on behind it, or, of a lone word ("Union"), begins before it."""
    if re.match(rf"\s+{_CAPITALISED}", document[place[1] :]):
        return True
    before = re.search(rf"(?<!\w)({_CAPITALISED}[a-zа-яёіў])\s$", document[max(0, place[0] - 40) : place[0]])
    return " " not in name and before is not None and before[1] != "The"


def _is_unnamed(by: str, claim: Claim) -> bool:
    """ "The undersigned" of a text whose publisher is not named, where the text calls them so."""
    publishers = " ".join(source.publisher.en for source in claim.sources).lower()
    documents = " ".join(claim.loaded.calendar.documents.get(source.id, "") for source in claim.sources).lower()
    is_word_for_them = any(word in by for word in UNNAMED)
    return is_word_for_them and any(word in publishers for word in UNNAMED) and by in documents


def _bare(name: str) -> str:
    return re.sub(r"^the\s+", "", normalised(name).strip(), flags=re.IGNORECASE).casefold()
