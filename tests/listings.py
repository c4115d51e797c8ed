"""Invented listings for tests: a document that tells of one, as files and in memory. Nothing here is real."""

import hashlib
from dataclasses import replace

from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from bot.records.listing import Listing
from bot.records.model import Labels, Quote
from tests.calendars import labels

REPORT = (
    "Report on the freedom of the press\n\n"
    "On 12 May 2022 a court in Minsk, Belarus, declared the website of Free Word, freeword.org, extremist. "
    "Its editors were not heard. In March 2024 the court struck freeword.org off the list.\n\n"
    "In Russia the Prosecutor General called Free Word undesirable, and the pages t.me/freeword/s extremist.\n\n"
    "Published by the Press Watch on 2 April 2024.\n"
)
SOURCE_FILE = f"""id: press-watch-2024-04-02
document: press-watch.txt
sha256: {hashlib.sha256(REPORT.encode()).hexdigest()}
title: Report on the freedom of the press
publisher:
  en: Press Watch
  be: Назіральнікі за прэсай
  ru: Наблюдатели за прессой
date: "2024-04-02"
dated:
  exact: Published by the Press Watch on 2 April 2024
language: en
address: null
republish: quotes
"""
LISTING_FILE = """id: free-word-by
jurisdiction: BY
kind: extremist
address: freeword.org
organisation:
  en: Free Word
  be: Вольнае слова
  ru: Свободное слово
decision:
  en: court in Minsk
  be: суд у Мінску
  ru: суд в Минске
date: "2022-05-12"
ended:
  date: "2024-03"
  quotes:
    - source: press-watch-2024-04-02
      exact: In March 2024 the court struck freeword.org off the list.
quotes:
  - source: press-watch-2024-04-02
    exact: On 12 May 2022 a court in Minsk, Belarus, declared the website of Free Word, freeword.org, extremist.
"""
ADDRESS = "https://www.freeword.org/2024/appeal"
_DECISION = Labels(en="court in Minsk", be="суд у Мінску", ru="суд в Минске")


def a_listing(**more: object) -> Listing:
    """The host freeword.org, listed in Belarus since 12 May 2022."""
    fields = {
        "id": "free-word-by",
        "jurisdiction": "BY",
        "kind": "extremist",
        "address": "freeword.org",
        "decision": _DECISION,
        "date": PartialDate.parse("2022-05-12"),
        "quotes": (Quote(source="report", exact="A court in Minsk declared it extremist."),),
    }
    return Listing.model_validate(fields | more)


def an_organisation(name: str = "A Human Rights Body") -> Listing:
    """An organisation without an address, called undesirable."""
    return a_listing(id="a-body-ru", jurisdiction="RU", kind="undesirable", address=None, organisation=labels(name))


def with_listings(calendar: Calendar, *listings: Listing, address: str = ADDRESS) -> Calendar:
    """The calendar with this address for each of its documents, and these listings told by the first of them."""
    first = min(calendar.sources)
    told = [
        one.model_copy(update={"quotes": tuple(q.model_copy(update={"source": first}) for q in one.quotes)})
        for one in listings or (a_listing(),)
    ]
    return replace(
        calendar,
        sources={i: source.model_copy(update={"address": address}) for i, source in calendar.sources.items()},
        listings={one.id: one for one in told},
        revision=f"{calendar.revision}-listed",
    )
