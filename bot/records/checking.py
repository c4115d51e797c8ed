"""`vigil check`: every rule over every record, every fault collected.

Reads what `loading` reads. Faults that keep a file from being read come first and do not hide
those of the others.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.records.loading import Loaded, load
from bot.records.problems import Problem
from bot.records.rules import dates, grounds, quotes, references

Rule = Callable[[Loaded], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    quotes.quotes_stand_in_their_documents,
    quotes.quotes_keep_what_leads_them,
    quotes.speakers_stand_in_their_documents,
    quotes.documents_have_one_entry,
    references.ids_are_used_once,
    references.people_exist,
    references.claims_name_their_people,
    references.spellings_stand_in_their_documents,
    references.names_follow_the_newest_document,
    references.one_death_and_nothing_after_it,
    references.labels_are_in_their_languages,
    references.lists_keep_to_their_source,
    dates.dates_are_no_finer_than_their_quotes,
    dates.dates_were_known_to_their_documents,
    dates.words_said_stand_in_a_quote,
    dates.source_dates_stand_in_their_documents,
    dates.observances_fall_on_the_day_quoted,
    grounds.kinds_are_stated,
    grounds.deaths_in_custody_are_stated,
    grounds.custody_is_stated,
    grounds.countries_are_grounded,
    grounds.tags_are_grounded,
    grounds.callers_are_named,
    grounds.figures_are_as_quoted,
    grounds.terms_and_ages_are_as_quoted,
)


@dataclass(frozen=True)
class Report:
    """The outcome of a check: all faults by file, and how many records of each sort were read."""

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]

    def as_dict(self) -> dict[str, object]:
        """The shape that `vigil check --json` prints."""
        return {"errors": [problem.as_dict() for problem in self.problems], "counts": dict(self.counts)}


def check(calendar_dir: Path, seeds_dir: Path) -> Report:
    """Check every record and quote; VigilError only if a folder is missing."""
    loaded = load(calendar_dir, seeds_dir)
    problems = {*loaded.problems, *(problem for rule in RULES for problem in rule(loaded))}
    calendar = loaded.calendar
    counts = {
        "documents": len(calendar.documents),
        "sources": len(calendar.sources),
        "people": len(calendar.people),
        "events": len(calendar.events),
        "observances": len(calendar.observances),
        "figures": len(calendar.figures),
        "calls": len(calendar.calls),
        "quotes": sum(1 for _ in calendar.quotes()),
    }
    return Report(tuple(sorted(problems)), counts)
