"""Custody, computed from quoted reports in the order of the dates they speak of.

Pure. `on` is the day asked about: reports as of a later day do not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from bot.records.model import CustodyReport, Event, Labels, Quote
from bot.records.vocabulary import CustodyStatus

SHELF_LIFE_DAYS = 30

# What an event of a kind says of custody from its day on. A sentence alone says nothing: it may be
# passed on somebody who is abroad.
_STATUS_AFTER: dict[str, CustodyStatus] = {
    "arrest": "imprisoned",
    "detention": "imprisoned",
    "disappearance": "disappeared",
    "release": "released",
    "death": "died",
}
# Two reports as of the same day: the one that leaves less to fear from a wrong sentence wins.
_RANK: dict[str, int] = {"imprisoned": 0, "disappeared": 1, "released": 2, "died": 3}


@dataclass(frozen=True, slots=True)
class Custody:
    """What was last reported of a person, as of when, and the quotes that say so.

    `as_of` is null where neither the report nor its document has a date; `fresh` is false past
    the shelf life, and always true of a death.
    """

    status: CustodyStatus
    as_of: PartialDate | None = None
    fresh: bool = False
    detail: Labels | None = None
    quotes: tuple[Quote, ...] = ()

    @property
    def counts_as_imprisoned(self) -> bool:
        """Whether the last report has the person in prison, incommunicado included."""
        return self.status in ("imprisoned", "disappeared")


@dataclass(frozen=True, slots=True)
class Report:
    """One dated report; `as_of` null precedes every dated one."""

    status: CustodyStatus
    as_of: PartialDate | None
    published: date
    detail: Labels | None
    quotes: tuple[Quote, ...]

    @property
    def order(self) -> tuple[date, int, date]:
        """Sorting key: the first day it speaks of, then gravity, then publication."""
        return (self.as_of.first if self.as_of else date.min, _RANK[self.status], self.published)


def custody_reports(calendar: Calendar, person_id: str) -> list[Report]:
    """Every report of a person's custody that stands, oldest first."""
    person = calendar.people[person_id]
    claims: list[tuple[CustodyStatus, CustodyReport | Event]] = []
    claims += [(report.status, report) for report in person.custody if report.withdrawn is None]
    claims += [(_STATUS_AFTER[e.kind], e) for e in calendar.events_of(person_id) if e.kind in _STATUS_AFTER]
    reports = [report for status, claim in claims for report in _reports(calendar, status, claim)]
    return sorted(reports, key=lambda report: report.order)


def custody(calendar: Calendar, person_id: str, *, on: date, shelf_life_days: int = SHELF_LIFE_DAYS) -> Custody:
    """What was last reported of this person as of `on` or earlier; a death is final."""
    reports = [r for r in custody_reports(calendar, person_id) if r.as_of is None or r.as_of.first <= on]
    if not reports:
        return Custody("unknown")
    deaths = [r for r in reports if r.status == "died"]
    last = (deaths or reports)[-1]
    fresh = last.status == "died" or (last.as_of is not None and (on - last.as_of.first).days <= shelf_life_days)
    return Custody(last.status, last.as_of, fresh, last.detail, last.quotes)


def _reports(calendar: Calendar, status: CustodyStatus, claim: CustodyReport | Event) -> Iterator[Report]:
    """A claim's reports: one if it has a date, else one for each document that makes it, as of its date."""
    detail = claim.detail if isinstance(claim, CustodyReport) else None
    if claim.date is not None or _is_past_taking(claim):
        yield Report(status, claim.date, _published(calendar, claim.quotes), detail, claim.quotes)
        return
    for source_id in dict.fromkeys(quote.source for quote in claim.quotes):
        quotes = tuple(quote for quote in claim.quotes if quote.source == source_id)
        yield Report(status, calendar.sources[source_id].date, _published(calendar, quotes), detail, quotes)


def _is_past_taking(claim: CustodyReport | Event) -> bool:
    """An arrest told without its date: it was before the document, perhaps long before a release in it.

    So it precedes every dated report. A release or death without a date still holds on the
    document's day, and a custody report speaks of that day itself.
    """
    return isinstance(claim, Event) and _STATUS_AFTER[claim.kind] in ("imprisoned", "disappeared")


def _published(calendar: Calendar, quotes: tuple[Quote, ...]) -> date:
    dates = [source.date.first for quote in quotes if (source := calendar.source_of(quote)).date is not None]
    return max(dates, default=date.min)
