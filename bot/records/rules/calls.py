"""Rules on calls: they ask, in their quotes, for what their tags say, and of whom they say."""

import re
from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.loading import Loaded
from bot.records.model import Call, Event
from bot.records.problems import Problem
from bot.records.quotes import normalised
from bot.records.wording.cues import CONDITIONS, DEMANDS
from bot.records.wording.sentences import sentences_around
from bot.records.wording.stems import has_any, spans_of, without
from bot.records.wording.words import NO_KIND, TAGS, TAGS_REQUIRED, for_languages, stems_for

# Who is asked, by the verbs that ask: "call on X to", "urge X to", "demand that X", "X must".
_ASKED = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:up)?on|appeal(?:s|ed|ing)?\s+to|urg(?:es?|ed|ing)|ask(?:s|ed|ing)?|demand(?:s|ed|ing)?(?:\s+that)?"
    r"|invit(?:es?|ed|ing)|warn(?:s|ed|ing)?)\s+(?P<who>[^.]+)"
)
# The same, with somebody after it without doubt: "urge the release" asks nobody by name.
_ASKED_OF_SOMEBODY = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:up)?on\s+(?!(?:him|her|them|you)\b)|appeal(?:s|ed|ing)?\s+to\s+(?:the|all|every|[A-Z])"
    r"|urg(?:es?|ed|ing)\s+(?!the\s+(?:immediate|unconditional|release))(?:the|all|every|[A-Z])[^.,]*?\sto\s"
    r"|demand(?:s|ed|ing)?\s+that\s+[A-Z]"
    r"|demand(?:s|ed|ing)?\s+(?:that\s+)?the\s+(?:government|authorit|president|leader|regime|parliament))"
)
_HAS_TO = (
    r"\s+(?:must|should|shall|to\s|have\s+to|has\s+to|needs?\s+to|ought"
    r"|(?:is|are)\s+(?:called\s+(?:up)?on|urged|asked))"
)
# A clause of condition ends at the last comma before the words that ask.
_ASKING = re.compile(r",[^,]*\b(?:support|should|must|shall|call|demand|urge|appeal|ask|propose)\b")


def calls_ask_for_something(loaded: Loaded) -> Iterator[Problem]:
    """A call's quotes have a word that asks: a report of suffering is no demand."""
    for claim, _ in _calls(loaded):
        stems = for_languages(DEMANDS, claim.languages)
        if stems and not has_any(stems, claim.text):
            yield claim.problem("quotes", claim.text, "a quote that demands or asks", "nothing here is asked for")


def tags_are_grounded(loaded: Loaded) -> Iterator[Problem]:
    """Each tag is asked for, outside any condition; support is not released as people are."""
    for claim, tags in _tagged(loaded):
        texts = [(s.language, _asked_for(s.text, s.language)) for s in claim.sentences]
        for tag in tags:
            if not any(_asks_for(tag, text, language) for language, text in texts):
                yield claim.problem("tags", tag, "a quote that asks for it", f"nothing here asks for {tag}")


def tags_are_complete(loaded: Loaded) -> Iterator[Problem]:
    """A quote on sanctions, assets, transit, visas or justice is tagged so: such calls are told on request alone."""
    for claim, tags in _tagged(loaded):
        for language in claim.languages:
            for tag, stems in TAGS_REQUIRED.get(language, {}).items():
                if tag not in tags and has_any(stems, claim.text):
                    yield claim.problem("tags", ", ".join(tags) or "none", f"{tag} too", f"the quote speaks of {tag}")


def conditions_are_kept(loaded: Loaded) -> Iterator[Problem]:
    """A condition in the document's sentence stands in the quote and is marked, and only a condition is."""
    for claim, call in _calls(loaded):
        is_quoted = any(has_any(CONDITIONS.get(c.language, ()), normalised(c.quote.exact)) for c in claim.citations)
        if is_quoted != call.conditional:
            message = "its quote has no condition" if call.conditional else "its quote has a condition"
            found, expected = str(call.conditional).lower(), str(not call.conditional).lower()
            yield claim.problem("conditional", found, expected, message)
        for citation in claim.citations:
            if citation.place is None or is_quoted:
                continue
            start, end = sentences_around(citation.document, citation.place)
            if has_any(CONDITIONS.get(citation.language, ()), normalised(citation.document[start:end])):
                message = "its sentence has a condition that was cut off"
                yield claim.problem(f"{citation.key}.exact", citation.quote.exact, "the whole sentence", message)


def addressees_are_those_asked(loaded: Loaded) -> Iterator[Problem]:
    """`to` is whoever the quote's verb asks; where it asks somebody by name, `to` is not left out."""
    for claim, call in _calls(loaded):
        if call.to is None:
            if "en" in claim.languages and (asked := _ASKED_OF_SOMEBODY.search(claim.text)):
                words = claim.text[asked.start() : asked.end() + 40]
                yield claim.problem("to", "null", f"whoever is asked in “{words}…”", "the quote addresses somebody")
        elif not any(_is_asked(call.to.in_language(language), claim, language) for language in claim.languages):
            message = "no quote here asks them; to is null where nobody is named"
            yield claim.problem("to.en", call.to.en, "the addressee in the words of the quote", message)


def _calls(loaded: Loaded) -> Iterator[tuple[Claim, Call]]:
    for claim in claims(loaded):
        if isinstance(claim.subject, Call):
            yield claim, claim.subject


def _tagged(loaded: Loaded) -> Iterator[tuple[Claim, tuple[str, ...]]]:
    for claim in claims(loaded):
        subject = claim.subject
        if isinstance(subject, Call) or (isinstance(subject, Event) and subject.kind in ("statement", "resolution")):
            yield claim, subject.tags


def _asked_for(text: str, language: str) -> str:
    """The sentence without its clause of condition, which names what is not asked for."""
    conditions = spans_of(CONDITIONS.get(language, ()), text)
    if not conditions:
        return text
    start = conditions[0][0]
    main = _ASKING.search(text, start)
    end = main.start() if main else text.find(",", start + 1)
    return text[:start] + text[end:] if end > start else text


def _asks_for(tag: str, text: str, language: str) -> bool:
    if tag == "release":
        text = without(stems_for(NO_KIND, language, "release"), text)
    return has_any(stems_for(TAGS, language, tag), text)


def _is_asked(name: str, claim: Claim, language: str) -> bool:
    text = normalised(claim.text)
    if language != "en":
        # Names are inflected there: each of the words is looked for by its beginning.
        return all(has_any((word[: max(4, len(word) - 3)],), text) for word in name.split())
    pattern = re.escape(normalised(name))
    if re.search(rf"{pattern}{_HAS_TO}", text, re.IGNORECASE):
        return True
    return any(re.match(rf"{pattern}(?!\w)", m["who"], re.IGNORECASE) for m in _ASKED.finditer(text))
