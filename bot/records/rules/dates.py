"""Rules on dates: no finer than the quote gives, no coarser, and every step beyond its words explained."""

from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.dates import PartialDate
from bot.records.loading import Loaded
from bot.records.model import CustodyReport, Dated, Event, Figure
from bot.records.problems import Problem
from bot.records.quotes import count
from bot.records.rules.grounding import belongs, grounding, is_as_of, is_since, usable_mentions
from bot.records.rules.resolving import counts_back, follows_from
from bot.records.wording.cues import APPROXIMATELY, TIMES, WEEKDAYS
from bot.records.wording.mentions import Mention, mentions_in, years_in
from bot.records.wording.passages import Sentence
from bot.records.wording.stems import has_any
from bot.records.wording.words import KINDS_OF_PEOPLE, for_languages

Told = list[tuple[Sentence, Mention]]


def dates_are_no_finer_than_their_quotes(loaded: Loaded) -> Iterator[Problem]:
    """Each part of a date stands beside its person and kind in one sentence, or `resolved` accounts for it."""
    for claim in claims(loaded):
        dated = claim.dated
        if dated is None or dated.date is None:
            continue
        for person in claim.people or (None,):
            told = list(usable_mentions(claim, person))
            missing = [part for bound in bounds(dated.date) if (part := _missing(told, bound))]
            if missing and not _is_resolved(claim, dated, person):
                who = f" beside {person}" if person else ""
                message = (
                    f"the {missing[0]} stands in no sentence of its quotes{who}, and resolved does not account for it"
                )
                yield claim.problem("date", str(dated.date), "no more precision than the quote gives", message)
                break


def resolutions_are_needed(loaded: Loaded) -> Iterator[Problem]:
    """`resolved` explains a part of the date that the quote leaves open, from words quoted in `as_said`."""
    for claim in claims(loaded):
        dated = claim.dated
        if dated is None or dated.resolved is None or dated.date is None:
            continue
        told = list(usable_mentions(claim, claim.people[0] if claim.people else None))
        if not any(_missing(told, bound) for bound in bounds(dated.date)):
            message = "the quote gives the whole date: nothing is left to resolve"
            yield claim.problem("resolved", dated.resolved.reason, "no resolved", message)
        elif dated.as_said is None:
            message = "resolved without as_said: which words of the quote were resolved?"
            yield claim.problem("as_said", "nothing", "the words that were resolved, such as “today”", message)


def dates_are_no_coarser_than_their_quotes(loaded: Loaded) -> Iterator[Problem]:
    """A day, month or year that the quote gives for this is written down: an undated arrest follows no release."""
    for claim in claims(loaded):
        event = claim.subject
        if not isinstance(event, Event) or event.kind not in KINDS_OF_PEOPLE:
            continue
        for person in claim.people:
            told = [(s, m) for s, m in usable_mentions(claim, person) if m.year and not is_since(s, m.start)]
            if finer := next((s.text[m.start : m.end] for s, m in told if _is_finer(m, event.date)), None):
                found = str(event.date) if event.date else "null"
                yield claim.problem("date", found, f"the date in “{finer}”", "the quote gives more of the date")
                break


def reports_keep_the_day_they_speak_of(loaded: Loaded) -> Iterator[Problem]:
    """ "As of March 2023" dates a number or a custody report: without it, the document's own day would count."""
    for claim in claims(loaded):
        if not isinstance(claim.subject, (Figure, CustodyReport)) or claim.subject.date is not None:
            continue
        for sentence, mention in usable_mentions(claim, claim.people[0] if claim.people else None):
            if is_as_of(sentence, mention) and (mention.year or claim.newest_source_date):
                words = sentence.text[mention.start : mention.end]
                yield claim.problem("date", "null", f"the date in “{words}”", "the quote says as of when")
                break


def dates_were_known_to_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """What a document tells as past is not later than the document, nor taken back before it."""
    for claim in claims(loaded):
        dated, published = claim.dated, claim.newest_source_date
        if dated and dated.date and published and dated.date.first > published:
            message = "this date is later than every document that tells of it"
            yield claim.problem("date", str(dated.date), f"{published} or earlier", message)
        withdrawn = dated.withdrawn if isinstance(dated, (Event, CustodyReport)) else None
        if withdrawn and published and withdrawn.on.last < published:
            message = "taken back before the document that says it appeared"
            yield claim.problem("withdrawn.on", str(withdrawn.on), f"{published} or later", message)


def words_said_stand_in_a_quote(loaded: Loaded) -> Iterator[Problem]:
    """`as_said` holds words of one quote that tell a time, of this claim and not of another beside it."""
    for claim in claims(loaded):
        said = claim.dated.as_said if claim.dated else None
        if not said:
            continue
        if not any(count(quote.exact, said) for quote in claim.quotes):
            yield claim.problem("as_said", said, "words that stand in a quote of this claim", "nobody said this here")
        elif not _tells_time(claim, said):
            yield claim.problem("as_said", said, "words that tell a time", "these words say nothing of when")
        elif not any(_said_of(claim, said, person) for person in claim.people or (None,)):
            message = "these words stand in no sentence that tells of this claim, or are said of another"
            yield claim.problem("as_said", said, "words said of this claim", message)


def uncertain_dates_are_called_so(loaded: Loaded) -> Iterator[Problem]:
    """A date marked ~, ? or % has a quote that calls it approximate or uncertain."""
    for claim in claims(loaded):
        value = claim.dated.date if claim.dated else None
        if value is None or not value.qualifier:
            continue
        if not has_any(for_languages(APPROXIMATELY, claim.languages), " ".join(s.text for s in grounding(claim))):
            message = "no quote calls this date uncertain"
            yield claim.problem("date", str(value), f"{str(value)[:-1]} without “{value.qualifier}”", message)


def bounds(value: PartialDate) -> tuple[PartialDate, ...]:
    """The date itself, or both ends of a span."""
    if value.precision != "span":
        return (value,)
    start, end = value.edtf.strip("[]").split("..")
    return PartialDate.parse(start), PartialDate.parse(end)


def _missing(told: Told, value: PartialDate) -> str:
    """Which part of the date no usable mention gives; empty if all stand there."""
    first = value.first
    if value.precision == "year":
        return "" if any(m.year == first.year for _, m in told) else "year"
    fitting = [(s, m) for s, m in told if m.month == first.month]
    if not fitting:
        return "month"
    if value.precision == "day":
        fitting = [(s, m) for s, m in fitting if m.day == first.day]
        if not fitting:
            return "day"
    is_given = any(m.year == first.year or (m.year is None and first.year in years_in(s.text)) for s, m in fitting)
    return "" if is_given else "year"


def _is_resolved(claim: Claim, dated: Dated, person: str | None) -> bool:
    if dated.resolved is None or dated.as_said is None or dated.date is None:
        return False
    for sentence in grounding(claim, person):
        if not count(sentence.text, dated.as_said):
            continue
        if dated.resolved.by == "count":
            return all(counts_back(sentence, bound) for bound in bounds(dated.date))
        source = claim.loaded.calendar.sources.get(sentence.source)
        published = source.date if source else None
        if published and all(follows_from(sentence, dated.as_said, bound, published) for bound in bounds(dated.date)):
            return True
    return False


def _is_finer(mention: Mention, value: PartialDate | None) -> bool:
    if value is None:
        return True
    if value.precision == "span" or mention.year != value.first.year:
        return False
    if value.precision == "month":
        return mention.month == value.first.month and mention.day is not None
    return value.precision == "year" and mention.month is not None


def _tells_time(claim: Claim, said: str) -> bool:
    if years_in(said) or any(mentions_in(said, language) for language in claim.languages):
        return True
    stems = for_languages(TIMES, claim.languages)
    return not stems or has_any((*stems, *for_languages(WEEKDAYS, claim.languages)), said)


def _said_of(claim: Claim, said: str, person: str | None) -> bool:
    for sentence in grounding(claim, person):
        place = sentence.text.casefold().find(" ".join(said.split()).casefold())
        if place < 0:
            continue
        inside = [m for m in sentence.mentions if place <= m.start and m.end <= place + len(said)]
        anchor = (inside[0].start, inside[0].end) if inside else (place, place + len(said))
        if belongs(claim, person, sentence, anchor):
            return True
    return False
