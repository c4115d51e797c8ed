"""Rules on figures: number, qualifier, measure, country and date come from one whole sentence."""

import re
from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.loading import Loaded
from bot.records.model import Figure
from bot.records.problems import Problem, shown
from bot.records.rules.grounding import places_of_figure
from bot.records.wording.cues import AMOUNTS, QUALIFIERS
from bot.records.wording.measures import FAMILIES, FAMILY_STEMS, RIVALS
from bot.records.wording.namings import distance
from bot.records.wording.passages import Sentence
from bot.records.wording.sentences import is_whole
from bot.records.wording.stems import Span, ends_with_any, has_any, spans_of
from bot.records.wording.words import for_languages, stems_for

# A smaller number than said: no qualifier of a figure holds these.
_UP_TO = {"en": ("up to", "less than", "fewer than", "under"), "be": ("да", "менш за"), "ru": ("до", "менее")}
# "1420 Belarusians[1] and 200 …": a qualifier before the first governs the second.
_LISTED = re.compile(r"(?:\W*\w+){0,2}\W*\s(?:and|or|і|ды|или|и|або)\s+")
# Between a number and the country whose people it counts.
_OF_COUNTRY = re.compile(r"\s+(?:(?:[\w-]+\s+){1,3}(?:in|of|ў|у|в)\s+)?")


def figures_quote_whole_sentences(loaded: Loaded) -> Iterator[Problem]:
    """A number's quote is not cut: what qualifies or denies it, and who says it, may stand anywhere in the sentence."""
    for claim, _ in _figures(loaded):
        for citation in claim.citations:
            if citation.place and not is_whole(citation.document, citation.place):
                expected = "the sentence from its first word to its last"
                message = "a number's quote must be a whole sentence"
                yield claim.problem(f"{citation.key}.exact", shown(citation.quote.exact), expected, message)


def figures_are_as_quoted(loaded: Loaded) -> Iterator[Problem]:
    """A figure's number, or the words in its place, stand in its quote as a count."""
    for claim, figure in _figures(loaded):
        if (
            figure.words
            and not has_any(for_languages(AMOUNTS, claim.languages), figure.words)
            and _knows_amounts(claim)
        ):
            message = "these words count nothing"
            yield claim.problem("words", figure.words, "words in place of a number, such as “dozens”", message)
        elif not _places(claim, figure):
            key, found = ("words", figure.words) if figure.words else ("value", str(figure.value))
            message = "no quote counts so: days, years, terms and parts of a larger number are no counts"
            yield claim.problem(key, found, f"{'words' if figure.words else 'a number'} that its quote gives", message)


def qualifiers_are_as_quoted(loaded: Loaded) -> Iterator[Problem]:
    """A qualifier stands directly before its number, or before the one it is joined to by "and"."""
    for claim, figure in _figures(loaded):
        places = _places(claim, figure)
        said = [_qualifier(sentence, place) for sentence, place in places]
        if places and figure.qualifier not in said:
            found, expected = figure.qualifier or "none", said[0] or "no qualifier"
            yield claim.problem("qualifier", found, expected, "the quote qualifies this number otherwise")
        if any(_is_upper_bound(sentence, place) for sentence, place in places):
            expected = "words, with value null"
            yield claim.problem("value", str(figure.value), expected, "“up to” or the like makes this no number")


def figures_count_what_is_quoted(loaded: Loaded) -> Iterator[Problem]:
    """The sentence says of this number what the measure says, and not of the number beside it."""
    for claim, figure in _figures(loaded):
        places = _places(claim, figure)
        if places and not any(_is_measured(sentence, place, figure.measure) for sentence, place in places):
            expected = "what its sentence says of this number"
            yield claim.problem("measure", figure.measure, expected, "this is not what the number counts here")


def figures_are_of_their_country(loaded: Loaded) -> Iterator[Problem]:
    """Where a sentence counts several countries, the number is that of the country beside it."""
    for claim, figure in _figures(loaded):
        places = _places(claim, figure)
        codes = [code for sentence, place in places if (code := _country(sentence, place))]
        if codes and figure.country not in codes:
            message = "the quote says this number of another country"
            yield claim.problem("country", figure.country or "null", codes[0], message)


def _figures(loaded: Loaded) -> Iterator[tuple[Claim, Figure]]:
    for claim in claims(loaded):
        if isinstance(claim.subject, Figure):
            yield claim, claim.subject


def _places(claim: Claim, figure: Figure) -> list[tuple[Sentence, Span]]:
    return [(sentence, place) for sentence in claim.sentences for place in places_of_figure(figure, sentence)]


def _knows_amounts(claim: Claim) -> bool:
    return all(language in AMOUNTS for language in claim.languages)


def _qualifier(sentence: Sentence, place: Span) -> str | None:
    """The qualifier in front of the number, or of the one that "and" joins it to."""
    before = re.sub(r"[$€£]\s?$", "", sentence.text[: place[0]]).rstrip()
    for qualifier, words in QUALIFIERS.get(sentence.language, {}).items():
        if ends_with_any(words, before):
            return qualifier
    earlier = [number for number in sentence.numbers if number.end <= place[0] and number.is_count]
    if earlier and _LISTED.fullmatch(sentence.text[earlier[-1].end : place[0]]):
        return _qualifier(sentence, (earlier[-1].start, earlier[-1].end))
    return None


def _is_upper_bound(sentence: Sentence, place: Span) -> bool:
    before = sentence.text[: place[0]].rstrip()
    return _qualifier(sentence, place) is None and ends_with_any(_UP_TO.get(sentence.language, ()), before)


def _is_measured(sentence: Sentence, place: Span, measure: str) -> bool:
    own, language = FAMILIES[measure], sentence.language
    if language not in FAMILY_STEMS or not (stems := stems_for(FAMILY_STEMS, language, own)):
        return True
    if own not in RIVALS:
        return has_any(stems, sentence.text)
    nearest = min(
        ((distance(sentence.text, span, place), family) for family in RIVALS
         for span in spans_of(stems_for(FAMILY_STEMS, language, family), sentence.text)),
        default=(0, ""),
    )  # fmt: skip
    return nearest[1] == own


def _country(sentence: Sentence, place: Span) -> str | None:
    """The country that the number is said of: "1420 Belarusians", "200 prisoners in …", or the nearest of several."""
    after = [c for c in sentence.countries if c.start >= place[1]]
    if after and _OF_COUNTRY.fullmatch(sentence.text[place[1] : after[0].start]):
        return after[0].code
    counts = [number for number in sentence.numbers if number.is_count and not number.is_ordinal]
    if len({c.code for c in sentence.countries}) < 2 or len(counts) < 2:
        return None
    return min(sentence.countries, key=lambda c: distance(sentence.text, (c.start, c.end), place)).code
