# ruff: noqa: E501 (a table: one false record a row)
"""`vigil check` catches one false record of each kind and each rule, and nothing in the calendar as it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.records import loading
from bot.records.checking import RULES, check
from bot.records.loading import load
from bot.records.yaml_files import read_yaml
from tests.calendars import CALENDAR, SEEDS, copy_of_the_records

PARSED: dict[bytes, dict[str, Any]] = {}

Spoil = Callable[[Path, Path], None]


def replaced(name: str, old: str, new: str) -> Spoil:
    """Spoils one file of the calendar by a replacement that must apply."""

    def spoil(calendar: Path, seeds: Path) -> None:
        path = calendar / name
        text = path.read_text()
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1))

    return spoil


def written(name: str, content: bytes) -> Spoil:
    """Puts a file into the calendar."""

    def spoil(calendar: Path, seeds: Path) -> None:
        (calendar / name).parent.mkdir(exist_ok=True)
        (calendar / name).write_bytes(content)

    return spoil


def document_changed(calendar: Path, seeds: Path) -> None:
    path = seeds / "amnesty-2025-07-14-four-years-behind-bars.txt"
    path.write_bytes(path.read_bytes().replace(b"1,000 others", b"1,001 others"))


def document_gone(calendar: Path, seeds: Path) -> None:
    (seeds / "undated-appeal-free-belarus-political-prisoners.txt").unlink()


def person_gone(calendar: Path, seeds: Path) -> None:
    (calendar / "people/ihar-losik.yaml").unlink()
    (calendar / "people/viktar-babaryka.yaml").unlink()


LEDNIK, DEATH = "people/ihar-lednik.yaml", "events/ihar-lednik-death.yaml"
ARREST, NAVALNY = "events/viasna-leaders-arrest.yaml", "events/alexey-navalny-death.yaml"
SOURCE, FIGURES = "sources/amnesty-2025-07-14.yaml", "figures/eap-csf-2024-02-27.yaml"
CALLS, OBSERVANCE = "calls/free-belarus-appeal.yaml", "observances/solidarity-with-political-prisoners.yaml"
BOMB = b"a: &a [x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n"

# What was spoiled → how, the file that must be named, and the key (or its beginning).
FALSE_RECORDS: dict[str, tuple[Spoil, str, str]] = {
    "a quote with one word changed": (replaced(DEATH, "Ihar Lednik died in", "Ihar Lednik died at"), DEATH, "quotes.0"),
    "a quote of an unknown source": (replaced(DEATH, "source: eap-csf-2024-02-27", "source: nobody"), DEATH, "quotes.0"),
    "a quote that begins within a word": (replaced(ARREST, "They were arbitrarily", "hey were arbitrarily"), ARREST, "quotes.1"),
    "a qualifier cut off before a quote": (
        replaced(FIGURES, "Today, at least 1420", "1420"), FIGURES, "belarus-behind-bars-2024-02-27"),
    "a quote that stands twice": (
        replaced(OBSERVANCE, "EU marks International Day of Solidarity with Political Prisoners in Belarus May 21, 2024",
                 "EU marks International Day of Solidarity with Political Prisoners in Belarus"), OBSERVANCE, "quotes.1"),
    "a speaker the document does not name": (replaced(NAVALNY, "Irina Sukhy", "Iryna Sukhaya"), NAVALNY, "quotes.0.speaker"),
    "a go-between the document does not name": (
        replaced("events/raids-on-activists-in-exile.yaml", "EU NEIGHBOURS east", "Reuters"),
        "events/raids-on-activists-in-exile.yaml", "quotes.0.through"),
    "two entries for one document": (
        replaced("sources/nam-2023-12-14.yaml", "nam-2023-12-14-european-parliament-resolution.txt",
                 "amnesty-2025-07-14-four-years-behind-bars.txt"), "sources/nam-2023-12-14.yaml", "document"),
    "a document that changed": (document_changed, SOURCE, "sha256"),
    "a document that is gone": (document_gone, "sources/free-belarus-appeal.yaml", "document"),
    "a day the quote does not give": (replaced(DEATH, "2024-02-20", "2024-02-21"), DEATH, "date"),
    "a day made of a month": (replaced("events/vitold-ashurak-death.yaml", '"2021-05"', '"2021-05-21"'),
                              "events/vitold-ashurak-death.yaml", "date"),
    "a month made of a year": (replaced("events/ales-bialiatski-sentence.yaml", '"2023"', '"2023-03"'),
                               "events/ales-bialiatski-sentence.yaml", "date"),
    "a date given to an undated claim": (replaced("events/ales-pushkin-death.yaml", "date: null", 'date: "2023-07-11"'),
                                         "events/ales-pushkin-death.yaml", "date"),
    "a year that does not follow from the document": (replaced(NAVALNY, "2024-02-16", "2021-02-16"), NAVALNY, "date"),
    "a count that does not add up": (replaced(ARREST, "2021-07-14", "2020-07-14"), ARREST, "date"),
    "a year missing its explanation": (
        replaced("events/azerbaijan-election-2024.yaml",
                 "resolved:\n  by: document-date\n  reason: “this year” in a statement dated 27 February 2024 is 2024\n", ""),
        "events/azerbaijan-election-2024.yaml", "date"),
    "an undated document's month given a year": (
        replaced("figures/free-belarus-appeal.yaml", "    value: 222\n", '    value: 222\n    date: "2023-02"\n'),
        "figures/free-belarus-appeal.yaml", "nicaragua-released.date"),
    "a date after its document": (replaced(NAVALNY, "2024-02-16", "2034-02-16"), NAVALNY, "date"),
    "a date that does not exist": (replaced(DEATH, "2024-02-20", "2024-02-30"), DEATH, "date"),
    "a date without quotation marks": (replaced(DEATH, '"2024-02-20"', "2024-02-20"), DEATH, "date"),
    "a date that is no EDTF": (replaced(DEATH, "2024-02-20", "20.02.2024"), DEATH, "date"),
    "words nobody said": (replaced("events/vitold-ashurak-death.yaml", "in May 2021\n", "in spring 2021\n"),
                          "events/vitold-ashurak-death.yaml", "as_said"),
    "a document's date that its passage does not give": (replaced(SOURCE, '"2025-07-14"', '"2025-07-15"'), SOURCE, "date"),
    "a date without the passage that gives it": (
        replaced("sources/free-belarus-appeal.yaml", "date: null", 'date: "2023-03"'), "sources/free-belarus-appeal.yaml", ""),
    "an observance on another day": (replaced(OBSERVANCE, "day: 05-21", "day: 05-22"), OBSERVANCE, "day"),
    "an observance on no day": (replaced(OBSERVANCE, "day: 05-21", "day: 02-30"), OBSERVANCE, "day"),
    "a death no quote states": (
        replaced("events/viasna-members-arrests.yaml", "kind: arrest", "kind: death"), "events/viasna-members-arrests.yaml", "kind"),
    "a release no quote states": (
        replaced(ARREST, "kind: arrest", "kind: release"), ARREST, "kind"),
    "custody in death that no quote states": (
        replaced(NAVALNY, "Alexey Navalny’s\n      death in a Siberian prison, dictators", "Alexey Navalny’s\n      death in a Siberian camp, dictators"), NAVALNY, "in_custody"),
    "custody no quote speaks of": (
        replaced("people/gubad-ibadoghlu.yaml", "status: imprisoned", "status: released"), "people/gubad-ibadoghlu.yaml", "custody.0.status"),
    "a country nobody names": (replaced("events/nicaragua-releases.yaml", "country: NI", "country: CU"),
                               "events/nicaragua-releases.yaml", "country"),
    "a country that is none": (replaced(DEATH, "country: BY", "country: XX"), DEATH, "country"),
    "a person's country nobody names": (replaced("people/alexey-navalny.yaml", "code: RU", "code: BY"),
                                        "people/alexey-navalny.yaml", "country.code"),
    "a tag without ground": (replaced(CALLS, "tags: [transit]", "tags: [transit, visas]"), CALLS, "appeal-block-rail-transit.tags"),
    "an unknown tag": (replaced(CALLS, "tags: [transit]", "tags: [war]"), CALLS, "calls.5.tags"),
    "a condition not marked": (replaced(CALLS, "conditional: true", "conditional: false"), CALLS, "appeal-safety-and-evacuation.conditional"),
    "an addressee nobody addresses": (replaced(CALLS, "en: the EU member states", "en: the United Nations"), CALLS,
                                      "appeal-block-rail-transit.to.en"),
    "a caller nobody names": (replaced(CALLS, "en: the undersigned", "en: Coordination Council"), CALLS,
                              "appeal-immediate-release.by.en"),
    "a number its quote does not give": (replaced(FIGURES, "value: 8000", "value: 9000"), FIGURES, "anti-corruption-foundation-list.value"),
    "a qualifier left out": (replaced(FIGURES, "value: 8000\n    qualifier: more than\n", "value: 8000\n"), FIGURES,
                             "anti-corruption-foundation-list.qualifier"),
    "a qualifier made up": (replaced(FIGURES, "value: 300000000000\n", "value: 300000000000\n    qualifier: nearly\n"), FIGURES,
                            "russian-frozen-assets.qualifier"),
    "number words its quote does not give": (
        replaced("figures/amnesty-2025-07-14.yaml", "words: dozens", "words: thousands"), "figures/amnesty-2025-07-14.yaml",
        "belarus-released-in-recent-months.words"),
    "a term its quote does not give": (
        replaced("events/valentsin-stefanovich-sentence.yaml", "years: 9", "years: 11"),
        "events/valentsin-stefanovich-sentence.yaml", "term.years"),
    "an age its quote does not give": (replaced(LEDNIK, "years: 64", "years: 65"), LEDNIK, "age.years"),
    "a count of others nobody gives": (
        replaced("events/siarhei-tsikhanouski-release.yaml", "others: 13", "others: 14"),
        "events/siarhei-tsikhanouski-release.yaml", "others"),
    "a person without a record": (person_gone, "events/sentences-of-2020-contenders.yaml", "people"),
    "a person no quote names": (replaced(DEATH, "people: [ihar-lednik]", "people: [ihar-lednik, ihar-losik]"), DEATH, "quotes"),
    "a person twice in an event": (replaced(DEATH, "[ihar-lednik]", "[ihar-lednik, ihar-lednik]"), DEATH, "people"),
    "a second death": (replaced("events/ihar-lednik-detention.yaml", "kind: detention", "kind: death"),
                       "events/ihar-lednik-detention.yaml", "kind"),
    "an arrest after the death": (replaced("events/siarhei-tsikhanouski-release.yaml", "[siarhei-tsikhanouski]",
                                           "[siarhei-tsikhanouski, ihar-lednik]"),
                                  "events/siarhei-tsikhanouski-release.yaml", "date"),
    "a spelling its document does not have": (replaced(LEDNIK, "- name: Ihar Lednik", "- name: Igor Lednik"), LEDNIK, "spellings.0"),
    "a name older than the newest document's": (
        replaced("people/siarhei-tsikhanouski.yaml", "en: Siarhei Tsikhanouski", "en: Siarhei Tsikhanovsky"),
        "people/siarhei-tsikhanouski.yaml", "names.en"),
    "an id unlike the file's name": (replaced(LEDNIK, "id: ihar-lednik", "id: igor-lednik"), LEDNIK, "id"),
    "an id used twice": (replaced(FIGURES, "id: russian-frozen-assets", "id: anti-corruption-foundation-list"), FIGURES, "id"),
    "an id of two kinds": (replaced(FIGURES, "id: russian-frozen-assets", "id: ihar-lednik-death"), FIGURES, "id"),
    "a figure in another source's file": (
        replaced("figures/amnesty-2025-07-14.yaml", "source: amnesty-2025-07-14", "source: eap-csf-2024-02-27"),
        "figures/amnesty-2025-07-14.yaml", "belarus-released-in-recent-months.quotes"),
    "languages swapped": (replaced(LEDNIK, "be: Ігар Леднік", "be: Игорь Ледник"), LEDNIK, "names.be"),
    "a key that is none": (replaced(DEATH, "in_custody: true", "in_custody: true\nblame: someone"), DEATH, "blame"),
    "a key missing": (replaced(DEATH, "kind: death\n", ""), DEATH, "kind"),
    "a claim without a quote": (
        written("events/empty.yaml", b"id: empty\nkind: death\npeople: [ihar-lednik]\nquotes: []\n"), "events/empty.yaml", "quotes"),
    "an event of nobody": (replaced(DEATH, "people: [ihar-lednik]\n", ""), DEATH, ""),
    "a boolean where text belongs": (replaced(LEDNIK, "en: Ihar Lednik", "en: true"), LEDNIK, "names.en"),
    "a YAML bomb": (written("events/bomb.yaml", BOMB), "events/bomb.yaml", "line"),
    "deep nesting": (written("events/deep.yaml", b"a: " + b"[" * 5000), "events/deep.yaml", ""),
    "a Python tag": (written("events/tag.yaml", b"id: !!python/object/apply:os.system [true]\n"), "events/tag.yaml", "line"),
    "a key written twice": (written("events/twice.yaml", b"id: twice\nid: twice\n"), "events/twice.yaml", "line"),
    "a NUL byte": (written("events/nul.yaml", b"id: n\0l\n"), "events/nul.yaml", "line"),
    "bytes that are no UTF-8": (written("events/latin.yaml", b"id: \xff\xfe\n"), "events/latin.yaml", "line"),
    "two documents in a file": (written("events/two.yaml", b"id: two\n---\nid: two\n"), "events/two.yaml", "line"),
    "a file of half a megabyte": (written("events/big.yaml", b"# " + b"x" * 500_000), "events/big.yaml", ""),
    "a broken file": (written("events/broken.yaml", b"id: [one\nkind: death"), "events/broken.yaml", "line"),
    "a list for a file": (written("events/list.yaml", b"- one\n- two\n"), "events/list.yaml", ""),
    "a record in the wrong place": (written("people.yaml", b"id: lost\n"), "people.yaml", ""),
    "a folder of no kind": (written("persons/ihar.yaml", b"id: ihar\n"), "persons/ihar.yaml", ""),
}  # fmt: skip


@pytest.fixture(autouse=True)
def unchanged_files_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing takes most of a check; the same bytes under the same limits give the same result."""
    monkeypatch.setattr(loading, "read_yaml", read_once)


def read_once(path: Path) -> dict[str, Any]:
    raw = path.read_bytes()
    if raw not in PARSED:
        PARSED[raw] = read_yaml(path)
    return PARSED[raw]


def test_the_calendar_as_it_is_has_no_fault() -> None:
    assert check(CALENDAR, SEEDS).problems == ()


@pytest.mark.parametrize("fault", FALSE_RECORDS)
def test_a_false_record_is_caught(fault: str, tmp_path: Path) -> None:
    spoil, file, key = FALSE_RECORDS[fault]
    calendar, seeds = copy_of_the_records(tmp_path)
    spoil(calendar, seeds)

    problems = check(calendar, seeds).problems

    assert any(p.file == file and p.key.startswith(key) for p in problems), "\n".join(map(str, problems))
    assert all(p.found and p.expected and p.message for p in problems)


def test_every_fault_is_collected_not_just_the_first(tmp_path: Path) -> None:
    calendar, seeds = copy_of_the_records(tmp_path)
    replaced(LEDNIK, "years: 64", "years: 65")(calendar, seeds)
    replaced(FIGURES, "value: 8000", "value: 9000")(calendar, seeds)
    written("events/nul.yaml", b"\0")(calendar, seeds)

    assert {p.file for p in check(calendar, seeds).problems} == {LEDNIK, FIGURES, "events/nul.yaml"}


# Faults that do not get in each other's way: together they break every rule there is.
ONE_FOR_EACH_RULE = (
    "a quote that begins within a word",
    "a qualifier cut off before a quote",
    "a speaker the document does not name",
    "two entries for one document",
    "an id of two kinds",
    "a person without a record",
    "an arrest after the death",
    "a spelling its document does not have",
    "a name older than the newest document's",
    "languages swapped",
    "a figure in another source's file",
    "a month made of a year",
    "a date after its document",
    "words nobody said",
    "a document's date that its passage does not give",
    "an observance on another day",
    "a death no quote states",
    "custody in death that no quote states",
    "custody no quote speaks of",
    "a country nobody names",
    "a tag without ground",
    "an addressee nobody addresses",
    "a number its quote does not give",
    "a term its quote does not give",
)


def test_every_rule_has_a_false_record_that_breaks_it(tmp_path: Path) -> None:
    calendar, seeds = copy_of_the_records(tmp_path)
    for fault in ONE_FOR_EACH_RULE:
        FALSE_RECORDS[fault][0](calendar, seeds)
    loaded = load(calendar, seeds)

    assert [rule.__name__ for rule in RULES if not any(True for _ in rule(loaded))] == []
