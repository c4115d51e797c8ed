"""Rules on listings: a quote says what is listed, as what and by whom, and nothing told leads there unasked."""

import re
from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.listed import canonical, links_in
from bot.records.listing import Listing, ListingEnd
from bot.records.loading import Loaded
from bot.records.model import Labels
from bot.records.problems import Problem, shown
from bot.records.rules.labels import labels_of
from bot.records.wording.labels import content_words, has_word
from bot.records.wording.numbers import numbers_in
from bot.records.wording.stems import has_any
from bot.records.wording.words import LISTED, stems_for

_LANGUAGES = tuple(Labels.model_fields)


def listings_say_what_is_listed(loaded: Loaded) -> Iterator[Problem]:
    """The address and the organisation stand in a quote of the listing, and of its end; the address no shorter."""
    for claim, listing in _listings(loaded):
        is_end = isinstance(claim.subject, ListingEnd)
        prints_address = listing.address is not None and _prints(claim, listing.address)
        names_organisation = listing.organisation is not None and _says(claim, listing.organisation)
        if is_end and not (prints_address or names_organisation):
            message = "no quote here names what is listed no more"
            yield claim.problem("quotes", claim.text, "a quote with the address or the organisation", message)
        if listing.address is not None and not prints_address and not is_end:
            expected = "an address as a quote prints it, with its whole path"
            yield claim.problem("address", listing.address, expected, "no quote here has this address")
        if listing.organisation is not None and not names_organisation and not is_end:
            message = "no quote here names this organisation"
            yield claim.problem("organisation", listing.organisation.en, "a name that a quote gives", message)


def listings_are_of_their_kind(loaded: Loaded) -> Iterator[Problem]:
    """A quote has the word: what is "extremist" to a state is not "undesirable" to it, nor merely blocked."""
    for claim, listing in _listings(loaded):
        if isinstance(claim.subject, Listing) and not any(
            has_any(stems_for(LISTED, s.language, listing.kind), s.text) for s in claim.sentences
        ):
            message = f"no quote here calls it {listing.kind}"
            yield claim.problem("kind", listing.kind, f"a quote with the word {listing.kind}", message)


def decisions_say_what_is_quoted(loaded: Loaded) -> Iterator[Problem]:
    """Each word of a decision, in the documents' language, and its numbers in every other, stand in a quote."""
    for claim, listing in _listings(loaded):
        if not isinstance(claim.subject, Listing):
            continue
        language = "en" if "en" in claim.languages else claim.languages[0]
        decision: str = getattr(listing.decision, language) or ""
        sentences = [s for s in claim.sentences if s.language == language]
        for word in content_words(decision):
            if not any(has_word(word, sentence) for sentence in sentences):
                message = f"no quote here says “{word}”"
                yield claim.problem(f"decision.{language}", decision, "words that stand in a quote", message)
                break
        quoted = _numbers(claim.text)
        for other in _LANGUAGES:
            if missing := sorted(_numbers(getattr(listing.decision, other) or "") - quoted):
                message = f"no quote here has the number {missing[0]}"
                found = getattr(listing.decision, other)
                yield claim.problem(f"decision.{other}", found, "numbers that a quote gives", message)


def listings_end_after_they_begin(loaded: Loaded) -> Iterator[Problem]:
    """What is listed no more was listed before."""
    for claim, listing in _listings(loaded):
        if isinstance(claim.subject, ListingEnd) and listing.date and claim.subject.date.last < listing.date.first:
            message = "it ends before it begins"
            yield claim.problem("date", str(claim.subject.date), f"{listing.date} or later", message)


def listings_are_told_once(loaded: Loaded) -> Iterator[Problem]:
    """One decision on one address or organisation is one record with the quotes of all its documents."""
    told: dict[tuple[str, ...], str] = {}
    for listing in loaded.calendar.listings.values():
        what = (listing.address and canonical(listing.address), listing.organisation and listing.organisation.en)
        keys = [(one, listing.jurisdiction, listing.kind, str(listing.date)) for one in what if one]
        first = next((told[key] for key in keys if key in told), None)
        if first is not None:
            file, message = loaded.files[f"listings/{listing.id}"], f"{first} tells of this already"
            yield Problem(file, "id", shown(listing.id), "one record with all quotes", message)
        told |= {key: listing.id for key in keys if key not in told}


def labels_lead_to_no_listed_address(loaded: Loaded) -> Iterator[Problem]:
    """No title, publisher, role or other label has a listed address: messengers make links of such words.

    Quotations may: a post takes the link out of them.
    """
    listings = loaded.calendar.listings.values()
    titles = ((loaded.files[f"sources/{s.id}"], "title", s.title) for s in loaded.calendar.sources.values())
    texts = ((file, f"{key}.{name}", getattr(of, name)) for file, key, of in labels_of(loaded) for name in _LANGUAGES)
    for file, key, text in (*titles, *texts):
        # An organisation's own name is compared with publishers and shown nowhere by messengers.
        if text and not key.startswith("organisation"):
            for start, end, listing in links_in(text, listings):
                message = f"{listing.id} lists {text[start:end]}, and messengers would make a link of it"
                yield Problem(file, key, shown(text), "words that are no address", message)


def _listings(loaded: Loaded) -> Iterator[tuple[Claim, Listing]]:
    """Each listing with its claim, and each that ended with the claim of that."""
    of_file = {loaded.files[f"listings/{listing.id}"]: listing for listing in loaded.calendar.listings.values()}
    for claim in claims(loaded):
        if isinstance(claim.subject, (Listing, ListingEnd)):
            yield claim, of_file[claim.file]


def _prints(claim: Claim, address: str) -> bool:
    """Whether a quote has the address as a whole: neither a part of a longer one, nor a path left out."""
    written = re.escape(re.sub(r"^www\.", "", address.rstrip("/"), flags=re.IGNORECASE))
    pattern = re.compile(rf"(?<![\w.-])(?:www\.)?{written}(?![\w-]|\.\w|/\w)", re.IGNORECASE)
    return any(pattern.search(" ".join(quote.exact.split())) for quote in claim.quotes)


def _says(claim: Claim, name: Labels) -> bool:
    """Whether every word of the name, in the language of a document, stands in its quotes."""
    for language in claim.languages:
        words = content_words(getattr(name, language) or name.en)
        sentences = [sentence for sentence in claim.sentences if sentence.language == language]
        if words and all(any(has_word(word, sentence) for sentence in sentences) for word in words):
            return True
    return False


def _numbers(text: str) -> frozenset[int]:
    return frozenset(n.value for n in numbers_in(text) if not n.is_ordinal and n.value > 1)
