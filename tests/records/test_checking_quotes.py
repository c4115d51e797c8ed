# ruff: noqa: E501 (a table: one fault a row)
"""`vigil check` on sources, quotes and speakers: nothing is made up, cut off, or put into another's mouth."""

import pytest

from bot.records.rules import quotes, sources, speakers
from tests.records.faults import Fault, Records, assert_caught, fault, replaced

DEATH, NAVALNY = "events/ihar-lednik-death.yaml", "events/alexey-navalny-death.yaml"
ARREST, RAIDS = "events/viasna-leaders-arrest.yaml", "events/raids-on-activists-in-exile.yaml"
SOURCE, APPEAL = "sources/amnesty-2025-07-14.yaml", "sources/free-belarus-appeal.yaml"
EAP, EU, AMNESTY = (
    "figures/eap-csf-2024-02-27.yaml",
    "figures/eu-neighbours-2024-05-21.yaml",
    "figures/amnesty-2025-07-14.yaml",
)
OBSERVANCE, EASING = "observances/solidarity-with-political-prisoners.yaml", "events/no-easing-until-release.yaml"
CALLS, NAM = "calls/free-belarus-appeal.yaml", "calls/nam-2023-12-14.yaml"
OF_SUKHY = "    speaker: Irina Sukhy\n"

FAULTS: dict[str, Fault] = {
    "two entries for one document": fault(
        sources.documents_have_one_entry, "sources/nam-2023-12-14.yaml", "document",
        ("nam-2023-12-14-european-parliament-resolution.txt", "amnesty-2025-07-14-four-years-behind-bars.txt")),
    "a title that the document has not": fault(
        sources.titles_and_publishers_stand_in_their_documents, "sources/eap-csf-2024-02-27.yaml", "title", ("In memoriam Ihar Lednik", "In memoriam Ales Bialiatski")),
    "a part of a title": fault(
        sources.titles_and_publishers_stand_in_their_documents, "sources/eap-csf-2024-02-27.yaml", "title", ("and all political prisoners who died behind bars", "and all political prisoners")),
    "a publisher whom the document does not name": fault(
        sources.titles_and_publishers_stand_in_their_documents, SOURCE, "publisher", ("en: Amnesty International", "en: Human Rights Watch")),
    "a document's date that its passage does not give": fault(
        sources.source_dates_stand_in_their_documents, SOURCE, "date", ('"2025-07-14"', '"2025-07-15"')),
    "a document dated by a day it tells of": fault(
        sources.source_dates_stand_in_their_documents, SOURCE, "dated.exact", ('date: "2025-07-14"', 'date: "2025-06-21"'), ("exact: 14 July 2025", "exact: release on 21 June 2025")),
    "an undated document dated by a number's month": fault(
        sources.source_dates_stand_in_their_documents, APPEAL, "dated.exact", ("date: null\n", 'date: "2023-03"\ndated:\n  exact: As of March 2023\n')),
    "a passage for the date that is not there": fault(
        sources.source_dates_stand_in_their_documents, SOURCE, "dated.exact", ("exact: 14 July 2025", "exact: 14th July 2025")),
    "a whole text shown without its address": fault(sources.republishing_needs_an_address, SOURCE, "republish", ("republish: quotes", "republish: whole")),
    "a placeholder for an address": fault(sources.addresses_lead_to_a_publisher, SOURCE, "address", ("address: null", "address: https://www.example.com/statement")),
    "a quote with one word changed": fault(quotes.quotes_stand_in_their_documents, DEATH, "quotes.0", ("Ihar Lednik died in", "Ihar Lednik died at")),
    "a quote of an unknown source": fault(quotes.quotes_stand_in_their_documents, DEATH, "quotes.0", ("source: eap-csf-2024-02-27", "source: nobody")),
    "a quote that begins within a word": fault(quotes.quotes_stand_in_their_documents, ARREST, "quotes.1", ("They were arbitrarily", "hey were arbitrarily")),
    "a quote joined from two places": fault(
        quotes.quotes_stand_in_their_documents, DEATH, "quotes.0", ("20 February 2024.", "20 February 2024. Ihar is the fifth political prisoner")),
    "a quote that stands twice": fault(
        quotes.quotes_stand_in_their_documents, OBSERVANCE, "quotes.1", ("Prisoners in Belarus May 21, 2024", "Prisoners in Belarus")),
    "a prefix that is not there": fault(
        quotes.quotes_stand_in_their_documents, DEATH, "quotes.0", ("20 February 2024.", "20 February 2024.\n    prefix: Amnesty said")),
    "a qualifier cut off before a quote": fault(quotes.quotes_keep_what_leads_them, EAP, "belarus-behind-bars-2024-02-27.quotes.0", ("Today, at least 1420", "1420")),
    "a negation cut off before a quote": fault(
        quotes.quotes_keep_what_leads_them, AMNESTY, "belarus-put-behind-bars.quotes.0",
        ("“The number of releases, mostly of unknown prisoners, does not rectify the fact that the\n          Belarusian", "the Belarusian")),
    "a negation cut off behind a quote": fault(
        quotes.quotes_keep_what_follows_them, EASING, "quotes.0", ("will not be eased until all political prisoners\n      are released.", "will")),
    "a quote cut before “until”": fault(
        quotes.quotes_keep_what_follows_them, EASING, "quotes.0", ("eased until all political prisoners\n      are released.", "eased")),
    "a quote that ends within a number": fault(
        quotes.quotes_keep_numbers_whole, "people/ales-bialiatski.yaml", "custody.0.quotes.0",
        ("more than 1,450 people on the Viasna Human Rights\n          Centres list of Belarusian political prisoners, including the Sakharov Prize and\n          Nobel Peace Prize laureate, Ales Bialiatski.", "more than 1")),
    "a country shown by another document": fault(
        quotes.country_quotes_are_of_the_claims_sources, RAIDS, "country_quotes.0.source",
        ("country_quotes:\n", "country_quotes:\n  - source: nam-2023-12-14\n    exact: situation of political prisoners in Belarus\n")),
    "a speaker the document does not name": fault(speakers.speakers_stand_in_their_documents, NAVALNY, "quotes.0.speaker", ("Irina Sukhy", "Iryna Sukhaya")),
    "a go-between the document does not name": fault(speakers.speakers_stand_in_their_documents, RAIDS, "quotes.0.through", ("EU NEIGHBOURS east", "Reuters")),
    "a small word for a speaker": fault(speakers.speakers_stand_in_their_documents, NAVALNY, "quotes.0.speaker", ("Irina Sukhy", "the")),
    "a word of a longer name for a speaker": fault(speakers.speakers_stand_in_their_documents, NAVALNY, "quotes.0.speaker", ("Irina Sukhy", "Steering")),
    "a beginning of a longer name for a speaker": fault(
        speakers.speakers_stand_in_their_documents, "events/un-report-on-detention-conditions.yaml", "quotes.0.speaker",
        ("speaker: UN High Commissioner for Human Rights\n", "speaker: UN High Commissioner for Human\n")),
    "an end of a longer name for a speaker": fault(speakers.speakers_stand_in_their_documents, RAIDS, "quotes.0.speaker", ("speaker: European Union", "speaker: Union")),
    "another speaker of the same document": fault(speakers.speakers_are_those_of_the_passage, NAVALNY, "quotes.0.speaker", ("Irina Sukhy", "Ana Otilia Nutu")),
    "an official made the speaker": fault(speakers.speakers_are_those_of_the_passage, NAVALNY, "quotes.0.speaker", ("Irina Sukhy", "Alyaksandr Lukashenka")),
    "a speaker left out where no mark opens": fault(speakers.speakers_are_those_of_the_passage, NAVALNY, "quotes.0.speaker", (OF_SUKHY, "")),
    "a speaker left out behind a quotation": fault(
        speakers.speakers_are_those_of_the_passage, "people/ales-bialiatski.yaml", "custody.2.quotes.1.speaker", ("        speaker: Marie Struthers\n", "")),
    "a speaker left out of a quotation over paragraphs": fault(
        speakers.speakers_are_those_of_the_passage, "events/warsaw-rally-2023.yaml", "quotes.0.speaker", ("    speaker: Pavel Latushka\n", "")),
    "a source of a number left out": fault(
        speakers.speakers_are_those_of_the_passage, EAP, "belarus-viasna-count-2024-02-22.quotes.0.speaker",
        ("        speaker: Viasna Human Rights Center\n        through: EaP CSF Steering Committee\n", "")),
    "a number told second hand as if at first": fault(
        speakers.speakers_are_those_of_the_passage, EU, "belarus-prisoners-2024-05-21.quotes.0.through", ("        through: EU NEIGHBOURS east\n", "")),
    "a caller who is the one addressed": fault(
        speakers.callers_speak_in_their_quotes, CALLS, "appeal-immediate-release.by.en", ("en: the undersigned", "en: Alexander Lukashenko")),
    "a caller whom the document only names": fault(
        speakers.callers_speak_in_their_quotes, NAM, "european-parliament-release-2023.by.en", ("en: the European Parliament", "en: Mikalai Statkevich")),
    "another's words told as the publisher's call": fault(
        speakers.speakers_are_those_of_the_passage, "calls/eap-csf-2024-02-27.yaml", "sukhy-demand-release.quotes.0.speaker",
        replaced("calls/eap-csf-2024-02-27.yaml", "        speaker: Irina Sukhy\n", "")),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_false_quote_or_speaker_is_caught(name: str, records: Records) -> None:
    assert_caught(FAULTS[name], records)
