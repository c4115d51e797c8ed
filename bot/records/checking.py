"""`vigil check`: every rule over every record, every fault collected.

Reads what `loading` reads. Faults that keep a file from being read come first and do not hide
those of the others.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.records.loading import Loaded, load
from bot.records.problems import Problem
from bot.records.rules import (
    calls,
    countries,
    dates,
    events,
    figures,
    labels,
    listings,
    observances,
    quotes,
    references,
    sources,
    speakers,
    spellings,
    terms,
)

Rule = Callable[[Loaded], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    sources.documents_have_one_entry,
    sources.titles_and_publishers_stand_in_their_documents,
    sources.source_dates_stand_in_their_documents,
    sources.republishing_needs_an_address,
    sources.addresses_lead_to_a_publisher,
    quotes.quotes_stand_in_their_documents,
    quotes.quotes_keep_what_leads_them,
    quotes.quotes_keep_what_follows_them,
    quotes.quotes_keep_numbers_whole,
    quotes.country_quotes_are_of_the_claims_sources,
    speakers.speakers_stand_in_their_documents,
    speakers.speakers_are_those_of_the_passage,
    speakers.callers_speak_in_their_quotes,
    references.ids_are_used_once,
    references.people_exist,
    references.lists_have_each_value_once,
    references.people_are_kept_for_a_reason,
    references.one_death_and_nothing_after_it,
    references.events_are_told_once,
    references.figures_and_calls_are_told_once,
    references.lists_keep_to_their_source,
    spellings.spellings_stand_in_their_documents,
    spellings.documents_that_print_a_name_are_listed,
    spellings.names_are_one_persons,
    spellings.names_follow_the_newest_document,
    labels.labels_are_in_their_languages,
    labels.labels_are_in_their_script,
    labels.labels_say_something,
    labels.roles_and_details_are_quoted,
    labels.titles_speak_soberly,
    labels.titles_say_what_is_quoted,
    labels.translations_are_translations,
    dates.dates_are_no_finer_than_their_quotes,
    dates.dates_are_no_coarser_than_their_quotes,
    dates.resolutions_are_needed,
    dates.reports_keep_the_day_they_speak_of,
    dates.dates_were_known_to_their_documents,
    dates.words_said_stand_in_a_quote,
    dates.uncertain_dates_are_called_so,
    observances.observances_fall_on_the_day_quoted,
    events.claims_name_their_people,
    events.kinds_are_stated,
    events.custody_is_stated,
    events.what_happened_happened_to_the_people_named,
    events.nobody_listed_is_left_out,
    events.groups_are_marked,
    events.deaths_in_custody_are_stated,
    terms.terms_are_as_quoted,
    terms.ages_are_as_quoted,
    terms.counts_of_others_are_as_quoted,
    countries.countries_are_grounded,
    countries.people_are_of_the_country_beside_them,
    countries.events_are_of_the_country_beside_their_date,
    figures.figures_quote_whole_sentences,
    figures.figures_are_as_quoted,
    figures.qualifiers_are_as_quoted,
    figures.figures_count_what_is_quoted,
    figures.figures_are_of_their_country,
    calls.calls_ask_for_something,
    calls.tags_are_grounded,
    calls.tags_are_complete,
    calls.conditions_are_kept,
    calls.addressees_are_those_asked,
    listings.listings_say_what_is_listed,
    listings.listings_are_of_their_kind,
    listings.decisions_say_what_is_quoted,
    listings.listings_end_after_they_begin,
    listings.listings_are_told_once,
    listings.labels_lead_to_no_listed_address,
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
        "listings": len(calendar.listings),
        "quotes": sum(1 for _ in calendar.quotes()),
    }
    return Report(tuple(sorted(problems)), counts)
