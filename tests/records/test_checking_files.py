"""`vigil check` names every file that is no record: broken, hostile, misplaced, or not what the model asks for."""

import pytest

from tests.records.faults import Fault, Records, assert_caught, fault, written

DEATH, LEDNIK = "events/ihar-lednik-death.yaml", "people/ihar-lednik.yaml"
SOURCE, CALLS = "sources/amnesty-2025-07-14.yaml", "calls/free-belarus-appeal.yaml"
FIGURES = "figures/eap-csf-2024-02-27.yaml"
BOMB = b"a: &a [x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n"


def document_changed(records: Records) -> None:
    path = records.seeds / "amnesty-2025-07-14-four-years-behind-bars.txt"
    records.write(path, path.read_bytes().replace(b"1,000 others", b"1,001 others"))


def document_gone(records: Records) -> None:
    records.remove(records.seeds / "undated-appeal-free-belarus-political-prisoners.txt")


FAULTS: dict[str, Fault] = {
    "a document that changed": fault(None, SOURCE, "sha256", document_changed),
    "a document that is gone": fault(None, "sources/free-belarus-appeal.yaml", "document", document_gone),
    "a date that does not exist": fault(None, DEATH, "date", ("2024-02-20", "2024-02-30")),
    "a date without quotation marks": fault(None, DEATH, "date", ('"2024-02-20"', "2024-02-20")),
    "a date that is no EDTF": fault(None, DEATH, "date", ("2024-02-20", "20.02.2024")),
    "a date without the passage that gives it": fault(
        None, "sources/free-belarus-appeal.yaml", "", ("date: null", 'date: "2023-03"')
    ),
    "an address that nobody can read": fault(
        None, "sources/free-belarus-appeal.yaml", "address", ("address: null", 'address: "https://[x"')
    ),
    "an unknown tag": fault(None, CALLS, "calls.5.tags", ("tags: [transit]", "tags: [war]")),
    "an id unlike the file's name": fault(None, LEDNIK, "id", ("id: ihar-lednik", "id: igor-lednik")),
    "an id used twice": fault(
        None, FIGURES, "id", ("id: russian-frozen-assets", "id: anti-corruption-foundation-list")
    ),
    "a key that is none": fault(None, DEATH, "blame", ("in_custody: true", "in_custody: true\nblame: someone")),
    "a key missing": fault(None, DEATH, "kind", ("kind: death\n", "")),
    "an event of nobody": fault(None, DEATH, "", ("people: [ihar-lednik]\n", "")),
    "a boolean where text belongs": fault(None, LEDNIK, "names.en", ("en: Ihar Lednik", "en: true")),
    "a claim without a quote": fault(
        None,
        "events/empty.yaml",
        "quotes",
        written("events/empty.yaml", "id: empty\nkind: death\npeople: [ihar-lednik]\nquotes: []\n"),
    ),
    "a YAML bomb": fault(None, "events/bomb.yaml", "line", written("events/bomb.yaml", BOMB)),
    "deep nesting": fault(None, "events/deep.yaml", "", written("events/deep.yaml", b"a: " + b"[" * 200_000)),
    "a Python tag": fault(
        None, "events/tag.yaml", "line", written("events/tag.yaml", "id: !!python/object/apply:os.system [true]\n")
    ),
    "a key written twice": fault(
        None, "events/twice.yaml", "line", written("events/twice.yaml", "id: twice\nid: twice\n")
    ),
    "a NUL byte": fault(None, "events/nul.yaml", "line", written("events/nul.yaml", b"id: n\0l\n")),
    "bytes that are no UTF-8": fault(
        None, "events/latin.yaml", "line", written("events/latin.yaml", b"id: \xff\xfe\n")
    ),
    "two documents in a file": fault(
        None, "events/two.yaml", "line", written("events/two.yaml", "id: two\n---\nid: two\n")
    ),
    "a file of half a megabyte": fault(None, "events/big.yaml", "", written("events/big.yaml", b"# " + b"x" * 500_000)),
    "a broken file": fault(None, "events/broken.yaml", "line", written("events/broken.yaml", "id: [one\nkind: death")),
    "a list for a file": fault(None, "events/list.yaml", "", written("events/list.yaml", "- one\n- two\n")),
    "a record in the wrong place": fault(None, "people.yaml", "", written("people.yaml", "id: lost\n")),
    "a folder of no kind": fault(None, "persons/ihar.yaml", "", written("persons/ihar.yaml", "id: ihar\n")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_is_no_record_is_named(name: str, records: Records) -> None:
    assert_caught(FAULTS[name], records)
