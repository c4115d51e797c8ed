# ruff: noqa: E501 (a table: one fault a row)
"""`vigil check` on figures and calls: a number keeps its sentence, and a call asks for what it is tagged with."""

import pytest

from bot.records.rules import calls, figures
from tests.records.faults import Fault, Records, assert_caught, fault

AMNESTY, EAP = "figures/amnesty-2025-07-14.yaml", "figures/eap-csf-2024-02-27.yaml"
EU, APPEAL = "figures/eu-neighbours-2024-05-21.yaml", "figures/free-belarus-appeal.yaml"
CALLS, EAP_CALLS, NAM = "calls/free-belarus-appeal.yaml", "calls/eap-csf-2024-02-27.yaml", "calls/nam-2023-12-14.yaml"

FAULTS: dict[str, Fault] = {
    "a number without who counted": fault(
        figures.figures_quote_whole_sentences, EU, "belarus-prisoners-2024-05-21.quotes.0", ("According to Borrell, there are", "there are")),
    "a number without what follows it": fault(
        figures.figures_quote_whole_sentences, EAP, "belarus-behind-bars-2024-02-27.quotes.0",
        ("remain behind bars\n          on bogus charges or await trail, many suffering or developing health problems\n          that threaten their lives.", "remain behind bars")),
    "a number its quote does not give": fault(figures.figures_are_as_quoted, EAP, "anti-corruption-foundation-list.value", ("value: 8000", "value: 9000")),
    "a day for a number": fault(figures.figures_are_as_quoted, EAP, "belarus-viasna-count-2024-02-22.value", ('value: 1420\n    date: "2024-02-22"', 'value: 22\n    date: "2024-02-22"')),
    "a year for a number": fault(figures.figures_are_as_quoted, AMNESTY, "belarus-released-since-mid-2024.value", ("value: 300", "value: 2024")),
    "a part of a larger number": fault(figures.figures_are_as_quoted, EAP, "russian-frozen-assets.value", ("value: 300000000000", "value: 300")),
    "a part of a number in words": fault(figures.figures_are_as_quoted, APPEAL, "belarus-imprisoned-in-three-years.value", ("value: 50000", "value: 50")),
    "number words its quote does not give": fault(figures.figures_are_as_quoted, AMNESTY, "belarus-released-in-recent-months.words", ("words: dozens", "words: thousands")),
    "words that count nothing": fault(figures.figures_are_as_quoted, AMNESTY, "belarus-released-in-recent-months.words", ("words: dozens", "words: individuals")),
    "a qualifier left out": fault(
        figures.qualifiers_are_as_quoted, EAP, "anti-corruption-foundation-list.qualifier", ("value: 8000\n    qualifier: more than\n", "value: 8000\n")),
    "a qualifier left out before a word": fault(
        figures.qualifiers_are_as_quoted, EU, "belarus-deaths-since-may-2021.qualifier", ("    value: 5\n    qualifier: at least\n", "    value: 5\n")),
    "a qualifier left out that “and” carries over": fault(
        figures.qualifiers_are_as_quoted, EAP, "azerbaijan-behind-bars-2024-02-27.qualifier", ("value: 200\n    qualifier: at least\n", "value: 200\n")),
    "a qualifier made up": fault(
        figures.qualifiers_are_as_quoted, EAP, "russian-frozen-assets.qualifier", ("value: 300000000000\n", "value: 300000000000\n    qualifier: nearly\n")),
    "the qualifier of the number beside": fault(
        figures.qualifiers_are_as_quoted, APPEAL, "nicaragua-released.qualifier", ("value: 222\n", "value: 222\n    qualifier: about\n")),
    "the freed counted as remaining": fault(figures.figures_count_what_is_quoted, AMNESTY, "belarus-released-since-mid-2024.measure", ("value: 300\n", "value: 1000\n")),
    "the remaining counted as freed": fault(
        figures.figures_count_what_is_quoted, AMNESTY, "belarus-remaining-2025-07-14.measure", ("measure: remaining", "measure: released-in-all")),
    "the pardoned counted as released": fault(
        figures.figures_count_what_is_quoted, APPEAL, "iran-pardoned.measure", ("measure: pardoned", "measure: released-in-a-period")),
    "a list counted as remaining": fault(
        figures.figures_count_what_is_quoted, APPEAL, "belarus-viasna-list-2023-03.measure", ("measure: on-a-list", "measure: remaining")),
    "prisoners counted as dead": fault(
        figures.figures_count_what_is_quoted, EAP, "belarus-viasna-count-2024-02-22.measure",
        ("id: belarus-viasna-count-2024-02-22\n    measure: considered-political-prisoners", "id: belarus-viasna-count-2024-02-22\n    measure: died-in-all")),
    "one country's number given to another": fault(
        figures.figures_are_of_their_country, EAP, "azerbaijan-behind-bars-2024-02-27.country", ("value: 200\n    qualifier: at least", "value: 1420\n    qualifier: at least")),
    "one country's number given to all": fault(
        figures.figures_are_of_their_country, EU, "belarus-prisoners-2024-05-21.country", ("qualifier: nearly\n    country: BY", "qualifier: nearly\n    country: null")),
    "one country's number told of the other": fault(figures.figures_are_of_their_country, APPEAL, "nicaragua-released.country", ("value: 222", "value: 22000")),
    "a report made a call": fault(
        calls.calls_ask_for_something, CALLS, "appeal-safety-and-evacuation.quotes",
        ("We demand exhaustive measures be taken to ensure the safety of the hostages and, if\n          necessary, arrange for their evacuation to safe countries.",
         "The commercial interests of certain individuals cannot be compared with human\n          obligation to save the lives of political hostages in Belarus.")),
    "a tag without ground": fault(calls.tags_are_grounded, CALLS, "appeal-block-rail-transit.tags", ("tags: [transit]", "tags: [transit, visas]")),
    "a tag from the condition": fault(calls.tags_are_grounded, CALLS, "appeal-collective-ultimatum.tags", ("tags: [diplomacy]", "tags: [diplomacy, release]")),
    "the release of money tagged as that of people": fault(
        calls.tags_are_grounded, EAP_CALLS, "eap-csf-support-and-sanctions.tags", ("tags: [aid, sanctions, assets]", "tags: [aid, sanctions, assets, release]")),
    "sanctions not tagged": fault(calls.tags_are_complete, NAM, "european-parliament-prosecution-2023.tags", ("tags: [justice, sanctions]", "tags: [justice]")),
    "transit not tagged": fault(calls.tags_are_complete, CALLS, "appeal-block-rail-transit.tags", ("tags: [transit]", "tags: [release]")),
    "a statement on sanctions not tagged": fault(
        calls.tags_are_complete, "events/no-easing-until-release.yaml", "tags", ("tags: [sanctions]\n", "")),
    "a condition not marked": fault(calls.conditions_are_kept, CALLS, "appeal-safety-and-evacuation.conditional", ("conditional: true", "conditional: false")),
    "a condition made up": fault(calls.conditions_are_kept, EAP_CALLS, "eap-csf-conditional-assistance.conditional", ("tags: [aid]\n", "tags: [aid]\n    conditional: true\n")),
    "a condition cut off": fault(
        calls.conditions_are_kept, CALLS, "appeal-block-rail-transit.quotes.0",
        ("If he refuses to release all political prisoners without exception, the EU", "the EU"),
        ("tags: [transit]\n    conditional: true", "tags: [transit]")),
    "an addressee nobody addresses": fault(calls.addressees_are_those_asked, CALLS, "appeal-block-rail-transit.to.en", ("en: the EU member states", "en: the United Nations")),
    "an addressee who is only named": fault(
        calls.addressees_are_those_asked, EAP_CALLS, "eap-csf-frozen-assets.to.en", ("    to: null\n", "    to:\n      en: Ukraine\n      be: Украіна\n      ru: Украина\n")),
    "an addressee left out": fault(
        calls.addressees_are_those_asked, EAP_CALLS, "eap-csf-support-civil-society.to",
        ("    to:\n      en: the donor community\n      be: донарская супольнасць\n      ru: донорское сообщество\n      uk: донорська спільнота\n"
         "      pl: społeczność darczyńców\n      lt: donorų bendruomenė\n      de: die Gebergemeinschaft\n", "    to: null\n")),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_false_figure_or_call_is_caught(name: str, records: Records) -> None:
    assert_caught(FAULTS[name], records)
