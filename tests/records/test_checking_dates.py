# ruff: noqa: E501 (a table: one fault a row)
"""`vigil check` on dates: each part is given for this person and kind, or follows from words that are quoted."""

import pytest

from bot.records.rules import dates, observances
from tests.records.faults import Fault, Records, assert_caught, fault, replaced

DEATH, NAVALNY = "events/ihar-lednik-death.yaml", "events/alexey-navalny-death.yaml"
ASHURAK, PUSHKIN = "events/vitold-ashurak-death.yaml", "events/ales-pushkin-death.yaml"
ARREST, MEMBERS = "events/viasna-leaders-arrest.yaml", "events/viasna-members-arrests.yaml"
RELEASE = "events/siarhei-tsikhanouski-release.yaml"
DETENTION, DISAPPEARANCE = (
    "events/siarhei-tsikhanouski-detention.yaml",
    "events/siarhei-tsikhanouski-disappearance.yaml",
)
AZERBAIJAN, BELARUS = "events/azerbaijan-election-2024.yaml", "events/belarus-elections-2024.yaml"
EAP, APPEAL, OBSERVANCE = (
    "figures/eap-csf-2024-02-27.yaml",
    "figures/free-belarus-appeal.yaml",
    "observances/solidarity-with-political-prisoners.yaml",
)
BIALIATSKI, KALESNIKAVA = "people/ales-bialiatski.yaml", "people/maria-kalesnikava.yaml"
FROM_THE_DOCUMENT = "resolved:\n  by: document-date\n  reason: a guess\n"

FAULTS: dict[str, Fault] = {
    "a day the quote does not give": fault(dates.dates_are_no_finer_than_their_quotes, DEATH, "date", ("2024-02-20", "2024-02-21")),
    "a day made of a month": fault(dates.dates_are_no_finer_than_their_quotes, ASHURAK, "date", ('"2021-05"', '"2021-05-21"')),
    "a month made of a year": fault(dates.dates_are_no_finer_than_their_quotes, "events/ales-bialiatski-sentence.yaml", "date", ('"2023"', '"2023-03"')),
    "a span made of a year": fault(
        dates.dates_are_no_finer_than_their_quotes, "events/ales-bialiatski-sentence.yaml", "date", ('"2023"', '"[2023-01..2023-03]"')),
    "the date of the death beside": fault(
        dates.dates_are_no_finer_than_their_quotes, "events/mikalai-klimovich-death.yaml", "date", ("date: null", 'date: "2021-05"')),
    "the year of the death beside": fault(
        dates.dates_are_no_finer_than_their_quotes, "events/aliaksandr-kulinich-death.yaml", "date", ("date: null", 'date: "2021"')),
    "the date of another event of the sentence": fault(dates.dates_are_no_finer_than_their_quotes, RELEASE, "date", ('"2025-06-21"', '"2021"')),
    "the date of a later event of the sentence": fault(
        dates.dates_are_no_finer_than_their_quotes, DISAPPEARANCE, "date", ('"2021"', '"2025-06-21"')),
    "the date of the sentence before": fault(dates.dates_are_no_finer_than_their_quotes, DISAPPEARANCE, "date", ('"2021"', '"2020"')),
    "the year of an election made a sentence's": fault(
        dates.dates_are_no_finer_than_their_quotes, "events/sentences-of-2020-contenders.yaml", "date", ("date: null", 'date: "2020"')),
    "the year of an election made a report's": fault(
        dates.dates_are_no_finer_than_their_quotes, "people/viktar-babaryka.yaml", "custody.0.date", ("  - status: imprisoned\n", '  - status: imprisoned\n    date: "2020"\n')),
    "a beginning made the date of a group's releases": fault(
        dates.dates_are_no_finer_than_their_quotes, "events/belarus-releases-since-mid-2024.yaml", "date", ("date: null", 'date: "2024"')),
    "a date given to an undated claim": fault(dates.dates_are_no_finer_than_their_quotes, PUSHKIN, "date", ("date: null", 'date: "2023-07-11"')),
    "a year that does not follow from the document": fault(dates.dates_are_no_finer_than_their_quotes, NAVALNY, "date", ("2024-02-16", "2021-02-16")),
    "a year before the latest that fits": fault(dates.dates_are_no_finer_than_their_quotes, BELARUS, "date", ("2024-02-25", "2023-02-25")),
    "the day of another event of the document": fault(dates.dates_are_no_finer_than_their_quotes, AZERBAIJAN, "date", ("2024-02-07", "2024-02-25")),
    "a count that does not add up": fault(dates.dates_are_no_finer_than_their_quotes, ARREST, "date", ("2021-07-14", "2020-07-14")),
    "a year missing its explanation": fault(
        dates.dates_are_no_finer_than_their_quotes, AZERBAIJAN, "date",
        ("resolved:\n  by: document-date\n  reason: “this year” in a statement dated 27 February 2024 is 2024\n", "")),
    "an undated document's month given a year": fault(
        dates.dates_are_no_finer_than_their_quotes, APPEAL, "nicaragua-released.date", ("    value: 222\n", '    value: 222\n    date: "2023-02"\n')),
    "the document's day without a “today”": fault(
        dates.dates_are_no_finer_than_their_quotes, PUSHKIN, "date", ("date: null\n", f'date: "2024-02-27"\n{FROM_THE_DOCUMENT}')),
    "the document's month for “in recent months”": fault(
        dates.dates_are_no_finer_than_their_quotes, "events/belarus-pardons-2025.yaml", "date", ("date: null\n", f'date: "2025-07"\n{FROM_THE_DOCUMENT}')),
    "the document's day for a number as of another": fault(
        dates.dates_are_no_finer_than_their_quotes, EAP, "belarus-viasna-count-2024-02-22.date", ('date: "2024-02-22"', 'date: "2024-02-27"')),
    "an event without the year its quote gives": fault(
        dates.dates_are_no_coarser_than_their_quotes, DETENTION, "date", ('date: "2020"\nas_said: in 2020\n', "date: null\n")),
    "a release without the day its quote gives": fault(dates.dates_are_no_coarser_than_their_quotes, RELEASE, "date", ('"2025-06-21"', '"2025"')),
    "resolved where nothing is open": fault(
        dates.resolutions_are_needed, "events/warsaw-rally-2023.yaml", "resolved", ("title:", f"{FROM_THE_DOCUMENT}title:")),
    "resolved from no words": fault(dates.resolutions_are_needed, AZERBAIJAN, "as_said", ("as_said: this year on 7 February\n", "")),
    "a custody report without the month it speaks of": fault(
        dates.reports_keep_the_day_they_speak_of, BIALIATSKI, "custody.0.date", ('    date: "2023-03"\n', "")),
    "a date after its document": fault(dates.dates_were_known_to_their_documents, NAVALNY, "date", ("2024-02-16", "2034-02-16")),
    "taken back before it appeared": fault(
        dates.dates_were_known_to_their_documents, DEATH, "withdrawn.on", ("in_custody: true", 'in_custody: true\nwithdrawn:\n  on: "2023-01-01"\n  reason: an error')),
    "words nobody said": fault(dates.words_said_stand_in_a_quote, ASHURAK, "as_said", ("in May 2021\n", "in spring 2021\n")),
    "words that tell no time": fault(dates.words_said_stand_in_a_quote, ASHURAK, "as_said", ("as_said: in May 2021", "as_said: the death")),
    "words said of another": fault(
        dates.words_said_stand_in_a_quote, "events/aliaksandr-kulinich-death.yaml", "as_said", ("date: null", "date: null\nas_said: in May 2021")),
    "a certain date called uncertain": fault(dates.uncertain_dates_are_called_so, ASHURAK, "date", ('"2021-05"', '"2021-05~"')),
    "an observance on another day": fault(observances.observances_fall_on_the_day_quoted, OBSERVANCE, "day", ("day: 05-21", "day: 05-22")),
    "an observance on no day": fault(None, OBSERVANCE, "day", ("day: 05-21", "day: 02-30")),
    "an observance on the day of something else": fault(
        observances.observances_fall_on_the_day_quoted, OBSERVANCE, "day", ("day: 05-21", "day: 02-20"),
        ("quotes:\n", "quotes:\n  - source: eap-csf-2024-02-27\n    exact: Ihar Lednik died in prison on 20 February 2024.\n")),
    "another day given by an explanation alone": fault(
        dates.dates_are_no_finer_than_their_quotes, KALESNIKAVA, "custody.1.date",
        replaced(KALESNIKAVA, "  - status: disappeared\n", '  - status: disappeared\n    date: "2025-07-14"\n    resolved:\n      by: document-date\n      reason: a guess\n')),
    "a month of the document for arrests told without": fault(
        dates.dates_are_no_finer_than_their_quotes, MEMBERS, "date", ("date: null\n", f'date: "2025-07"\nas_said: some before and others after\n{FROM_THE_DOCUMENT}')),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_false_date_is_caught(name: str, records: Records) -> None:
    assert_caught(FAULTS[name], records)
