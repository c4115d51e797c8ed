# ruff: noqa: E501 (a table: one fault a row)
"""`vigil check` on people: what happened is said of them in one sentence, once, and nobody is made up or left out."""

import pytest

from bot.records.rules import countries, events, references, spellings, terms
from tests.records.faults import Fault, Records, assert_caught, copied, fault, removed, replaced, written

DEATH, NAVALNY = "events/ihar-lednik-death.yaml", "events/alexey-navalny-death.yaml"
ARREST, MEMBERS = "events/viasna-leaders-arrest.yaml", "events/viasna-members-arrests.yaml"
RELEASE, CONTENDERS = "events/siarhei-tsikhanouski-release.yaml", "events/sentences-of-2020-contenders.yaml"
LABKOVICH, BIALIATSKI = "events/uladzimir-labkovich-sentence.yaml", "events/ales-bialiatski-sentence.yaml"
LEDNIK, KALESNIKAVA = "people/ihar-lednik.yaml", "people/maria-kalesnikava.yaml"
PUSHKIN, TSIKHANOUSKI = "people/ales-pushkin.yaml", "people/siarhei-tsikhanouski.yaml"
STATKEVICH, BABARYKA = "people/mikalai-statkevich.yaml", "people/viktar-babaryka.yaml"
EU, EAP = "figures/eu-neighbours-2024-05-21.yaml", "figures/eap-csf-2024-02-27.yaml"

RELEASED_FROM_BESIDE = """id: ihar-losik-release
kind: release
date: null
people: [ihar-losik, maria-kalesnikava]
quotes:
  - source: amnesty-2025-07-14
    exact: >-
      Since mid-2024, more than 300 individuals imprisoned under politically motivated charges have been
      freed, but more than 1,000 others remain in prison. Among them are prominent prisoners like opposition
      leader Maria Kalesnikava and journalist Ihar Losik who remain forcibly disappeared
"""
DEAD_FROM_BESIDE = """id: ales-bialiatski-death
kind: death
date: null
people: [ales-bialiatski]
in_custody: true
quotes:
  - source: eap-csf-2024-02-27
    exact: >-
      As we mourn the death of political prisoners in abhorrent prison conditions, we continue to fear for the lives of those
      who remain behind bars with no access to medical care despite their deteriorating health conditions and advanced age,
      including EaP CSF members Gubad Ibadoghlu in Azerbaijan, and Ales Bialiatski in Belarus.
"""
OWN_TERM_FROM_RANGE = """id: viktar-babaryka-sentence
kind: sentence
date: null
people: [viktar-babaryka]
of_group: true
term:
  years: 20
quotes:
  - source: free-belarus-appeal
    exact: >-
      Siarhei Tsikhanovsky, Viktar Babaryka, Maria Kalesnikava, Mikola Statkevich, etc were sentenced to 10 to 20 years in prison.
"""
SPEAKER = """id: irina-sukhy
names:
  en: Irina Sukhy
  be: Ірына Сухі
  ru: Ирина Сухий
spellings:
  - name: Irina Sukhy
    source: eap-csf-2024-02-27
country:
  code: BY
  quotes:
    - source: eap-csf-2024-02-27
      exact: Irina Sukhy, EaP CSF National Facilitator of the Belarusian National Platform
"""
NAMED_PRISONER = """custody:
  - status: imprisoned
    quotes:
      - source: amnesty-2025-07-14
        exact: the prominent opposition activist and prisoner of conscience Siarhei Tsikhanouski
"""
NAMED_IN_A_RESOLUTION = """custody:
  - status: imprisoned
    quotes:
      - source: nam-2023-12-14
        exact: >-
          Informally referred to as the "Resolution of Mikalai Statkevich," it can be characterized as a special
          resolution specifically focused on the situation of political prisoners in Belarus.
"""
DEMANDED_RELEASE = """custody:
  - status: released
    quotes:
      - source: amnesty-2025-07-14
        exact: >-
          “Four years is four years too many. On this sombre anniversary, Amnesty International stands in solidarity with
          Ales Bialiatski, Valentsin Stefanovich, Uladzimir Labkovich and all those unjustly imprisoned in Belarus. The
          international community must not let these brave human rights defenders be forgotten and should raise its voice
          for their release
        speaker: Marie Struthers
"""
AGE_OF_ANOTHER = """age:
  years: 64
  quotes:
    - source: eap-csf-2024-02-27
      exact: Aged 64, Ihar’s health deteriorated considerably following his arrest
country:
"""
AGE_FROM_FIFTH = """age:
  years: 5
  quotes:
    - source: eap-csf-2024-02-27
      exact: >-
        Ihar is the fifth political prisoner to die behind bars in Belarus, following Vitold Ashurak, Mikalai Klimovich,
        Ales Pushkin, and Vadzim Khrasko.
country:
"""
FIGURE_AGAIN = """figures:
  - id: list-again
    measure: sanctions-list
    value: 8000
    qualifier: more than
    country: null
    quotes:
      - source: eap-csf-2024-02-27
        exact: >-
          Additionally, we call for the release of vital financial support for Ukraine in the US, the imposition of sanctions,
          and the seizure of assets held in the West for the more than 8000 individuals listed by Navalny’s Anti-Corruption
          Foundation[3].
"""

FAULTS: dict[str, Fault] = {
    "an id of two kinds": fault(references.ids_are_used_once, EAP, "id", ("id: russian-frozen-assets", "id: ihar-lednik-death")),
    "a person without a record": fault(references.people_exist, CONTENDERS, "people", removed(BABARYKA)),
    "a person twice in an event": fault(references.lists_have_each_value_once, DEATH, "people", ("[ihar-lednik]", "[ihar-lednik, ihar-lednik]")),
    "a lead twice": fault(references.lists_have_each_value_once, "observances/solidarity-with-political-prisoners.yaml", "leads", ("[7, 1]", "[7, 7, 1]")),
    "a speaker made a person": fault(references.people_are_kept_for_a_reason, "people/irina-sukhy.yaml", "id", written("people/irina-sukhy.yaml", SPEAKER)),
    "a person of whom nothing is told": fault(
        references.people_are_kept_for_a_reason, PUSHKIN, "id", removed("events/ales-pushkin-death.yaml")),
    "a second death": fault(
        references.one_death_and_nothing_after_it, "events/ihar-lednik-detention.yaml", "kind", replaced("events/ihar-lednik-detention.yaml", "kind: detention", "kind: death")),
    "an arrest after the death": fault(
        references.one_death_and_nothing_after_it, RELEASE, "date", ("[siarhei-tsikhanouski]", "[siarhei-tsikhanouski, ihar-lednik]")),
    "one sentence told twice": fault(
        references.events_are_told_once, "events/bialiatski-term.yaml", "id",
        copied(BIALIATSKI, "events/bialiatski-term.yaml", "id: ales-bialiatski-sentence", "id: bialiatski-term")),
    "one release told twice, once without its day": fault(
        references.events_are_told_once, "events/tsikhanouski-freed.yaml", "id",
        copied(RELEASE, "events/tsikhanouski-freed.yaml", "id: siarhei-tsikhanouski-release", "id: tsikhanouski-freed"),
        replaced("events/tsikhanouski-freed.yaml", '"2025-06-21"', '"2025-06"')),
    "one number told twice": fault(references.figures_and_calls_are_told_once, EAP, "list-again", replaced(EAP, "figures:\n", FIGURE_AGAIN)),
    "a figure in another source's file": fault(
        references.lists_keep_to_their_source, "figures/amnesty-2025-07-14.yaml", "belarus-released-in-recent-months.quotes", ("source: amnesty-2025-07-14", "source: eap-csf-2024-02-27")),
    "a spelling its document does not have": fault(spellings.spellings_stand_in_their_documents, LEDNIK, "spellings.0", ("- name: Ihar Lednik", "- name: Igor Lednik")),
    "a document that names somebody not listed": fault(
        spellings.documents_that_print_a_name_are_listed, LEDNIK, "spellings", ("  - name: Ihar Lednik\n    source: eu-neighbours-2024-05-21\n", "")),
    "one spelling of two people": fault(spellings.names_are_one_persons, BABARYKA, "spellings", ("spellings:\n", "spellings:\n  - name: Ihar Losik\n    source: null\n")),
    "one person's name shown for another": fault(spellings.names_are_one_persons, "people/ihar-losik.yaml", "spellings", ("be: Ігар Лосік", "be: Алесь Пушкін")),
    "a name older than the newest document's": fault(
        spellings.names_follow_the_newest_document, TSIKHANOUSKI, "names.en", ("en: Siarhei Tsikhanouski", "en: Siarhei Tsikhanovsky")),
    "a person no quote names": fault(events.claims_name_their_people, DEATH, "quotes", ("people: [ihar-lednik]", "people: [ihar-lednik, ihar-losik]")),
    "a death no quote states": fault(events.kinds_are_stated, MEMBERS, "kind", ("kind: arrest", "kind: death")),
    "a release no quote states": fault(events.kinds_are_stated, ARREST, "kind", ("kind: arrest", "kind: release")),
    "a statement made a rally": fault(events.kinds_are_stated, "events/eu-statement-2024-05-21.yaml", "kind", ("kind: statement", "kind: rally")),
    "a resolution made an election": fault(
        events.kinds_are_stated, "events/european-parliament-resolution-2023.yaml", "kind", ("kind: resolution", "kind: election")),
    "a detention called arrest": fault(
        events.kinds_are_stated, "events/siarhei-tsikhanouski-detention.yaml", "kind", ("kind: detention", "kind: arrest")),
    "custody no quote speaks of": fault(events.custody_is_stated, "people/gubad-ibadoghlu.yaml", "custody.0.status", ("status: imprisoned", "status: released")),
    "imprisoned because called a prisoner": fault(events.custody_is_stated, TSIKHANOUSKI, "custody.0.status", ("custody:\n", NAMED_PRISONER)),
    "imprisoned because a resolution has the name": fault(events.custody_is_stated, STATKEVICH, "custody.0.status", ("custody:\n", NAMED_IN_A_RESOLUTION)),
    "released because a release is demanded": fault(events.custody_is_stated, "people/ales-bialiatski.yaml", "custody.0.status", ("custody:\n", DEMANDED_RELEASE)),
    "custody taken from the sentence before": fault(
        events.what_happened_happened_to_the_people_named, KALESNIKAVA, "custody.1.status", ("status: disappeared", "status: released")),
    "a release taken from the sentence before": fault(
        events.what_happened_happened_to_the_people_named, "events/ihar-losik-release.yaml", "people", written("events/ihar-losik-release.yaml", RELEASED_FROM_BESIDE)),
    "a death of somebody feared for": fault(
        events.what_happened_happened_to_the_people_named, "events/ales-bialiatski-death.yaml", "people", written("events/ales-bialiatski-death.yaml", DEAD_FROM_BESIDE)),
    "one of three arrested left out": fault(events.nobody_listed_is_left_out, ARREST, "people", (", uladzimir-labkovich", "")),
    "an event of nobody, not of a group": fault(events.groups_are_marked, MEMBERS, "of_group", ("of_group: true\n", "")),
    "custody in death that no quote states": fault(
        events.deaths_in_custody_are_stated, NAVALNY, "in_custody",
        ("death in a Siberian prison, dictators will only grow bolder.", "death")),
    "custody in death left out": fault(events.deaths_in_custody_are_stated, DEATH, "in_custody", ("in_custody: true\n", "")),
    "a term its quote does not give": fault(terms.terms_are_as_quoted, "events/valentsin-stefanovich-sentence.yaml", "term.years", ("years: 9", "years: 11")),
    "a term of the person beside": fault(terms.terms_are_as_quoted, LABKOVICH, "term.years", ("years: 7", "years: 10")),
    "a term of two people": fault(terms.terms_are_as_quoted, LABKOVICH, "term.years", ("people: [uladzimir-labkovich]", "people: [uladzimir-labkovich, ales-bialiatski]")),
    "a range made somebody's own term": fault(
        terms.terms_are_as_quoted, "events/viktar-babaryka-sentence.yaml", "term", written("events/viktar-babaryka-sentence.yaml", OWN_TERM_FROM_RANGE)),
    "a range said of each": fault(terms.terms_are_as_quoted, CONTENDERS, "of_group", ("of_group: true\n", "")),
    "a range without its end": fault(terms.terms_are_as_quoted, CONTENDERS, "term", ("  to_years: 20\n", "")),
    "a range upside down": fault(terms.terms_are_as_quoted, CONTENDERS, "term.to_years", ("years: 10\n  to_years: 20", "years: 20\n  to_years: 10")),
    "an age its quote does not give": fault(terms.ages_are_as_quoted, LEDNIK, "age.years", ("years: 64", "years: 65")),
    "an age of another": fault(events.claims_name_their_people, PUSHKIN, "age.quotes", ("country:\n", AGE_OF_ANOTHER)),
    "an age made of an ordinal": fault(terms.ages_are_as_quoted, PUSHKIN, "age.years", ("country:\n", AGE_FROM_FIFTH)),
    "a count of others nobody gives": fault(terms.counts_of_others_are_as_quoted, RELEASE, "others", ("others: 13", "others: 14")),
    "a day made a count of others": fault(terms.counts_of_others_are_as_quoted, RELEASE, "others", ("others: 13", "others: 21")),
    "a term made a count of others": fault(terms.counts_of_others_are_as_quoted, RELEASE, "others", ("others: 13", "others: 18")),
    "a country nobody names": fault(countries.countries_are_grounded, "events/nicaragua-releases.yaml", "country", ("country: NI", "country: CU")),
    "a country that is none": fault(countries.countries_are_grounded, DEATH, "country", ("country: BY", "country: XX")),
    "a union for a country": fault(countries.countries_are_grounded, "events/eu-statement-2024-05-21.yaml", "country", ("country: BY", "country: EU")),
    "a country whose name begins another's": fault(countries.countries_are_grounded, "events/nicaragua-releases.yaml", "country", ("country: NI", "country: NE")),
    "a person's country nobody names": fault(countries.countries_are_grounded, "people/alexey-navalny.yaml", "country.code", ("code: RU", "code: BY")),
    "the country of the person beside": fault(countries.people_are_of_the_country_beside_them, "people/gubad-ibadoghlu.yaml", "country.code", ("code: AZ", "code: BY")),
    "the country of the event beside": fault(
        countries.events_are_of_the_country_beside_their_date, "events/azerbaijan-election-2024.yaml", "country", ("country: AZ", "country: BY")),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_false_record_of_a_person_is_caught(name: str, records: Records) -> None:
    assert_caught(FAULTS[name], records)
