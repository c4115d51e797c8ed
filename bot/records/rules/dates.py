"""Rules on dates: no finer than the quote gives, and every step beyond its words explained."""

from collections.abc import Iterator
from datetime import date

from bot.records.claims import Claim, claims
from bot.records.dates import PartialDate
from bot.records.loading import Loaded
from bot.records.model import Dated, Observance, Source
from bot.records.problems import Problem, shown
from bot.records.quotes import count, normalised
from bot.records.rules.texts import Mention, mentions_in, numbers_in, years_in


def dates_are_no_finer_than_their_quotes(loaded: Loaded) -> Iterator[Problem]:
    """Each part of a date stands in a quote, or `resolved` says how it came about and that adds up."""
    for claim in claims(loaded):
        dated = claim.dated
        if dated is None or dated.date is None:
            continue
        for bound in _bounds(dated.date):
            if (missing := _missing(claim, bound)) and not _is_resolved(claim, dated, bound):
                message = f"the {missing} stands in no quote of this claim, and resolved does not account for it"
                yield claim.problem("date", str(dated.date), "no more precision than the quote gives", message)
                break


def dates_were_known_to_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """What a document tells as past is not later than the document."""
    for claim in claims(loaded):
        dated, published = claim.dated, claim.newest_source_date
        if dated and dated.date and published and dated.date.first > published:
            message = "this date is later than every document that tells of it"
            yield claim.problem("date", str(dated.date), f"{published} or earlier", message)


def words_said_stand_in_a_quote(loaded: Loaded) -> Iterator[Problem]:
    """`as_said` holds words of a quote, not a paraphrase."""
    for claim in claims(loaded):
        said = claim.dated.as_said if claim.dated else None
        if said and not count(claim.text, said):
            yield claim.problem("as_said", said, "words that stand in a quote of this claim", "nobody said this here")


def source_dates_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """A document's date is read from a passage of it that gives that date."""
    for source in loaded.calendar.sources.values():
        file, document = loaded.files[f"sources/{source.id}"], loaded.calendar.documents.get(source.id)
        if source.date is None or source.dated is None or document is None:
            continue
        if not count(document, source.dated.exact):
            message = "this passage does not stand in the document"
            yield Problem(file, "dated.exact", shown(source.dated.exact), "a passage of the document", message)
        elif not _dates_it(source, source.date):
            message = "this passage does not give that date"
            yield Problem(file, "date", shown(source.date), f"the date in {shown(source.dated.exact)}", message)


def observances_fall_on_the_day_quoted(loaded: Loaded) -> Iterator[Problem]:
    """An observance's month and day exist and stand in a quote."""
    for observance in loaded.calendar.observances.values():
        file = loaded.files[f"observances/{observance.id}"]
        month, day = (int(part) for part in observance.day.split("-"))
        try:
            date(2024, month, day)
        except ValueError:
            yield Problem(file, "day", shown(observance.day), "a month and day, MM-DD", "this day does not exist")
            continue
        if not _is_mentioned(loaded, observance, Mention(month, day)):
            expected = "the month and day of a quote"
            yield Problem(file, "day", shown(observance.day), expected, "no quote gives this day")


def _bounds(value: PartialDate) -> tuple[PartialDate, ...]:
    """The date itself, or both ends of a span."""
    if value.precision != "span":
        return (value,)
    start, end = value.edtf.strip("[]").split("..")
    return PartialDate.parse(start), PartialDate.parse(end)


def _missing(claim: Claim, value: PartialDate) -> str:
    """Which part of the date no quote gives; empty if all stand there."""
    if value.precision == "year":
        return "" if value.first.year in years_in(claim.text) else "year"
    fitting = [m for m in mentions_in(claim.text, claim.languages) if m.month == value.first.month]
    if not fitting:
        return "month"
    if value.precision == "day":
        fitting = [m for m in fitting if m.day == value.first.day]
        if not fitting:
            return "day"
    years = years_in(claim.text)
    is_given = any(m.year == value.first.year or (m.year is None and value.first.year in years) for m in fitting)
    return "" if is_given else "year"


def _is_resolved(claim: Claim, dated: Dated, value: PartialDate) -> bool:
    if dated.resolved is None:
        return False
    if dated.resolved.by == "count":
        return _counts_back(claim, value)
    return any(source.date is not None and _follows(claim, value, source.date) for source in claim.sources)


def _counts_back(claim: Claim, value: PartialDate) -> bool:
    """ "On 14 July 2025 it will be four years since": same day and month, the year less the number."""
    numbers = numbers_in(claim.text)
    return any(
        m.year is not None
        and m.year - value.first.year in numbers
        and (value.precision == "year" or m.month == value.first.month)
        and (value.precision != "day" or m.day == value.first.day)
        for m in mentions_in(claim.text, claim.languages)
    )


def _follows(claim: Claim, value: PartialDate, published: PartialDate) -> bool:
    """Whether the document's own date supplies the parts that the quote lacks, no later than itself."""
    if value.first > published.last or value.first.year < published.first.year - 1:
        return False
    missing = _missing(claim, value)
    if missing == "year":
        return True
    same_month = (value.first.year, value.first.month) == (published.first.year, published.first.month)
    return same_month and (value.precision != "day" or value.first == published.day)


def _dates_it(source: Source, value: PartialDate) -> bool:
    passage = normalised(source.dated.exact) if source.dated else ""
    if value.precision == "year":
        return value.first.year in years_in(passage)
    return any(
        (m.year, m.month) == (value.first.year, value.first.month)
        and (value.precision != "day" or m.day == value.first.day)
        for m in mentions_in(passage, (source.language,))
    )


def _is_mentioned(loaded: Loaded, observance: Observance, wanted: Mention) -> bool:
    for quote in observance.quotes:
        source = loaded.calendar.sources.get(quote.source)
        for m in mentions_in(normalised(quote.exact), (source.language if source else "en",)):
            if (m.month, m.day) == (wanted.month, wanted.day):
                return True
    return False
