# ruff: noqa: E501 (a table: one fault a row)
"""`vigil check` on listings, invented ones: what is listed, as what, by whom and since when stands in a quote."""

import re
from pathlib import Path

import pytest

from bot.records.checking import check
from bot.records.listing import Listing
from bot.records.loading import load
from bot.records.rules import countries, dates, labels, listings, quotes
from bot.records.showing import load_calendar
from bot.records.yaml_files import read_yaml
from tests.calendars import CALENDAR, SEEDS, copy_of_the_records
from tests.listings import LISTING_FILE, REPORT, SOURCE_FILE
from tests.records.faults import Fault, Records, assert_caught, copied, fault, replaced, written

FILE, SOURCE, LEDNIK = (
    "listings/free-word-by.yaml",
    "sources/press-watch-2024-04-02.yaml",
    "people/ihar-lednik.yaml",
)
WHOLE = "On 12 May 2022 a court in Minsk, Belarus, declared the website of Free Word, freeword.org, extremist."


def invented(records: Records) -> None:
    """A document that tells of a listing, and the listing."""
    records.write(records.seeds / "press-watch.txt", REPORT.encode())
    written(SOURCE, SOURCE_FILE)(records)
    written(FILE, LISTING_FILE)(records)


def spoiled(rule: object, key: str, *changes: tuple[str, str]) -> Fault:
    return fault(rule, FILE, key, invented, *changes)  # type: ignore[arg-type]


FAULTS: dict[str, Fault] = {
    "an address with its scheme": spoiled(None, "address", ("address: freeword.org", "address: https://freeword.org")),
    "an address with a port": spoiled(None, "address", ("address: freeword.org", "address: freeword.org:443")),
    "an address that is a whole domain": spoiled(None, "address", ("address: freeword.org", "address: org")),
    "a kind that is none": spoiled(None, "kind", ("kind: extremist", "kind: blocked")),
    "a listing of nothing": spoiled(
        None, "", ("address: freeword.org\n", ""), ("organisation:\n  en: Free Word\n  be: Вольнае слова\n  ru: Свободное слово\n", "")),
    "a listing without a quote": spoiled(None, "quotes", (f"quotes:\n  - source: press-watch-2024-04-02\n    exact: {WHOLE}", "quotes: []")),
    "an end without a quote": spoiled(
        None, "ended.quotes", ("  quotes:\n    - source: press-watch-2024-04-02\n      exact: In March 2024 the court struck freeword.org off the list.\n", "")),
    "a date without quotation marks": spoiled(None, "date", ('"2022-05-12"', "2022-05-12")),
    "words that stand in no document": spoiled(quotes.quotes_stand_in_their_documents, "quotes.0.exact", ("a court in Minsk, Belarus", "a court in Brest, Belarus")),
    "an address that no quote prints": spoiled(listings.listings_say_what_is_listed, "address", ("address: freeword.org", "address: freeword.net")),
    "a host where one page is listed": spoiled(
        listings.listings_say_what_is_listed, "address", ("address: freeword.org", "address: t.me"),
        (WHOLE, "In Russia the Prosecutor General called Free Word undesirable, and the pages t.me/freeword/s extremist.")),
    "a path cut short": spoiled(
        listings.listings_say_what_is_listed, "address", ("address: freeword.org", "address: t.me/freeword"),
        (WHOLE, "In Russia the Prosecutor General called Free Word undesirable, and the pages t.me/freeword/s extremist.")),
    "an organisation that no quote names": spoiled(listings.listings_say_what_is_listed, "organisation", ("en: Free Word", "en: Free Press")),
    "an end told of something else": spoiled(
        listings.listings_say_what_is_listed, "ended.quotes", ("exact: In March 2024 the court struck freeword.org off the list.", "exact: Its editors were not heard.")),
    "undesirable where the quote says extremist": spoiled(listings.listings_are_of_their_kind, "kind", ("kind: extremist", "kind: undesirable")),
    "a court that the quote does not name": spoiled(listings.decisions_say_what_is_quoted, "decision.en", ("en: court in Minsk", "en: Supreme Court in Minsk")),
    "a number in one language alone": spoiled(listings.decisions_say_what_is_quoted, "decision.be", ("be: суд у Мінску", "be: суд у Мінску № 7")),
    "an end before the beginning": spoiled(listings.listings_end_after_they_begin, "ended.date", ('date: "2024-03"', 'date: "2021-03"')),
    "a listing told twice": fault(
        listings.listings_are_told_once, "listings/free-word-two.yaml", "id", invented, copied(FILE, "listings/free-word-two.yaml", "id: free-word-by", "id: free-word-two")),
    "a listed address for a publisher's name": fault(
        listings.labels_lead_to_no_listed_address, SOURCE, "publisher.en", invented, ("en: Press Watch", "en: News.Freeword.org")),
    "a listed address in a decision": spoiled(
        listings.labels_lead_to_no_listed_address, "decision.en", ("en: court in Minsk", "en: court in Minsk on freeword.org")),
    "a listed address in a role": fault(
        listings.labels_lead_to_no_listed_address, LEDNIK, "known_for.labels.ru", invented, replaced(LEDNIK, "ru: Общественный активист", "ru: Активист Freeword.org")),
    "a listed address in a document's title": fault(
        listings.labels_lead_to_no_listed_address, SOURCE, "title", invented, ("title: Report", "title: Report of freeword.org/report")),
    "a jurisdiction that no quote names": spoiled(countries.countries_are_grounded, "jurisdiction", ("jurisdiction: BY", "jurisdiction: RU")),
    "a day that no quote gives": spoiled(dates.dates_are_no_finer_than_their_quotes, "date", ('"2022-05-12"', '"2022-05-13"')),
    "a day for the end where a month is given": spoiled(dates.dates_are_no_finer_than_their_quotes, "ended.date", ('"2024-03"', '"2024-03-01"')),
    "a decision in another language": spoiled(labels.labels_are_in_their_script, "decision.be", ("be: суд у Мінску", "be: court in Minsk")),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_false_listing_is_named(name: str, records: Records) -> None:
    assert_caught(FAULTS[name], records)


def test_an_honest_listing_passes(records: Records) -> None:
    invented(records)
    report = check(records.calendar, records.seeds)

    assert report.problems == ()
    assert report.counts["listings"] == 1


def test_a_listing_makes_another_revision(records: Records) -> None:
    invented(records)
    before = load_calendar(records.calendar, records.seeds)
    replaced(FILE, "ru: суд в Минске", "ru: минский суд")(records)

    assert before.listings["free-word-by"].address == "freeword.org"
    assert load_calendar(records.calendar, records.seeds).revision != before.revision


@pytest.mark.parametrize("is_there", [True, False])
def test_the_folder_may_be_empty_or_missing(is_there: bool, tmp_path: Path) -> None:
    calendar, seeds = copy_of_the_records(tmp_path)
    if is_there:
        (calendar / "listings").mkdir(exist_ok=True)
    loaded = load(calendar, seeds)

    assert (loaded.problems, loaded.calendar.listings) == ([], {})
    assert loaded.calendar.revision == load_calendar(CALENDAR, SEEDS).revision


def test_the_example_of_the_readme_is_a_listing(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n# (listings/\S+)\n(.*?)```", (CALENDAR / "README.md").read_text(), re.DOTALL)
    assert example is not None
    path = tmp_path / Path(example[1]).name
    path.write_text(example[2])

    assert Listing.model_validate(read_yaml(path)).id == path.stem
