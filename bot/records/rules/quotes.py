"""Rules on quotes: they stand in their documents, and no cut changes their sense."""

import re
from collections.abc import Iterator

from bot.records.claims import Citation, Claim, claims
from bot.records.loading import Loaded
from bot.records.problems import Problem, shown
from bot.records.quotes import count, normalised
from bot.records.wording.cues import DOUBTS, LEADING, LEADING_NUMBERS, NEGATIONS, THAT, TRAILING
from bot.records.wording.numbers import numbers_in
from bot.records.wording.sentences import clause_before, sentences_around
from bot.records.wording.stems import begins_with_any, ends_with_any, has_any


def quotes_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """Each quote is found in its document, in one place."""
    for claim, citation in citations(loaded):
        quote, source = citation.quote, citation.source
        if source is None:
            message = "there is no such source"
            yield claim.problem(f"{citation.key}.source", quote.source, "the id of a file in sources/", message)
        elif citation.document and citation.place is None:
            times = count(citation.document, quote.exact)
            message = f"this quote stands {times} times in {source.document}" if times else "no such passage"
            expected = (
                "prefix and suffix that tell which one" if times > 1 else f"words that stand in {source.document}"
            )
            yield claim.problem(f"{citation.key}.exact", quote.exact, expected, message)


def quotes_keep_what_leads_them(loaded: Loaded) -> Iterator[Problem]:
    """No "not", "at least" or "if" is cut off in front of a quote, nor "does not mean that" in its clause."""
    for claim, citation in citations(loaded):
        if citation.place is None:
            continue
        start, language = citation.place[0], citation.language
        before = normalised(citation.document[max(0, start - 40) : start]).rstrip()
        leading = LEADING.get(language, ())
        if any(number.start == 0 for number in numbers_in(citation.quote.exact)):
            leading += LEADING_NUMBERS.get(language, ())
        cut = next((word for word in leading if ends_with_any((word,), before)), None)
        if cut is None:
            clause = normalised(clause_before(citation.document, start)).strip()
            cut = clause if _turns_round(clause, language) else None
        if cut:
            expected = f"the quote to begin at {shown(cut)} or earlier"
            message = f"{shown(cut)} was cut off in front of it"
            yield claim.problem(f"{citation.key}.exact", citation.quote.exact, expected, message)


def quotes_keep_what_follows_them(loaded: Loaded) -> Iterator[Problem]:
    """No "not", "unless" or "until" is cut off behind a quote that ends within a sentence."""
    for claim, citation in citations(loaded):
        if citation.place is None:
            continue
        end = citation.place[1]
        rest = citation.document[end : sentences_around(citation.document, citation.place)[1]]
        after = normalised(rest).lstrip(' ,”"»)—–-')
        cut = next((word for word in TRAILING.get(citation.language, ()) if begins_with_any((word,), after)), None)
        if cut:
            expected = f"the quote to go on past {shown(cut)}"
            yield claim.problem(
                f"{citation.key}.exact", citation.quote.exact, expected, f"{shown(cut)} was cut off behind it"
            )


def quotes_keep_numbers_whole(loaded: Loaded) -> Iterator[Problem]:
    """A quote does not begin or end within a number: "more than 1" of "more than 1,450"."""
    for claim, citation in citations(loaded):
        if citation.place is None:
            continue
        before, after = citation.document[: citation.place[0]], citation.document[citation.place[1] :]
        words = citation.document[slice(*citation.place)]
        is_cut_before = words[0].isdigit() and re.search(r"\d[.,\u00a0\u202f]?$", before)
        is_cut_behind = words[-1].isdigit() and re.match(r"[.,\u00a0\u202f]\d", after)
        if is_cut_before or is_cut_behind:
            yield claim.problem(
                f"{citation.key}.exact", citation.quote.exact, "the whole number", "cut within a number"
            )


def country_quotes_are_of_the_claims_sources(loaded: Loaded) -> Iterator[Problem]:
    """What shows a claim's country stands in a document that the claim rests on, not in any other."""
    for claim in claims(loaded):
        own = {quote.source for quote in claim.quotes}
        for citation in claim.country_citations:
            if citation.quote.source not in own:
                message = "another document cannot say where this was"
                expected = f"one of {', '.join(sorted(own))}"
                yield claim.problem(f"{citation.key}.source", citation.quote.source, expected, message)


def citations(loaded: Loaded) -> Iterator[tuple[Claim, Citation]]:
    """Every quote of every claim, country quotes too."""
    for claim in claims(loaded):
        for citation in (*claim.citations, *claim.country_citations):
            yield claim, citation


def _turns_round(clause: str, language: str) -> bool:
    """Whether the words in front of a quote, in its clause, deny it or doubt it."""
    if has_any(NEGATIONS.get(language, ()), clause):
        return True
    return ends_with_any(THAT.get(language, ()), clause) and has_any(DOUBTS.get(language, ()), clause)
