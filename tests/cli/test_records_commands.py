"""check, upcoming, preview and hold as their users run them."""

import stat
from pathlib import Path

import pytest

from tests.calendars import copy_of_the_records
from tests.cli.vigil import Outcome, vigil

KEYS = {"date", "kind", "people", "names", "years", "event_date", "lead", "title", "citations"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def is_one_clear_line(outcome: Outcome) -> bool:
    return outcome.status != 0 and outcome.err.count("\n") == 1 and "Traceback" not in outcome.err + outcome.out


def test_check_finds_no_fault_and_says_what_it_read(home: Path) -> None:
    outcome = vigil(home, "check", "--json")

    assert (outcome.status, outcome.json["errors"]) == (0, [])
    assert outcome.json["counts"]["people"] == 16


def test_check_names_each_fault(home: Path, tmp_path: Path) -> None:
    calendar, seeds = copy_of_the_records(tmp_path)
    death = calendar / "events/ihar-lednik-death.yaml"
    death.write_text(death.read_text().replace("2024-02-20", "2024-02-21"))

    outcome = vigil(home, "check", "--json", calendar=calendar, seeds=seeds)

    assert outcome.status == 1
    assert [set(error) for error in outcome.json["errors"]] == [{"file", "key", "found", "expected", "message"}]


def test_upcoming_has_the_shape_others_rely_on(home: Path) -> None:
    rows = vigil(home, "upcoming", "--from", "2027-01-01", "--to", "2027-12-31", "--json").json

    assert [row["date"] for row in rows] == [
        "2027-02-16", "2027-02-20", "2027-05-01", "2027-05-14", "2027-05-20", "2027-05-21", "2027-06-21", "2027-07-14",
    ]  # fmt: skip
    assert all(set(row) == KEYS and row["citations"] for row in rows)
    assert (rows[1]["event_date"], rows[1]["years"], rows[1]["people"]) == ("2024-02-20", 3, ["ihar-lednik"])
    assert (rows[2]["kind"], rows[2]["event_date"], rows[2]["years"]) == ("month", None, None)
    assert (rows[3]["event_date"], rows[3]["years"], rows[3]["lead"]) == (None, None, 7)


def test_reading_the_calendar_makes_no_database(home: Path) -> None:
    vigil(home, "upcoming", "--from", "2027-01-01", "--to", "2027-01-02")

    assert not home.exists()


def test_preview_shows_the_post_and_keeps_its_picture_private(home: Path) -> None:
    (row,) = vigil(home, "preview", "--on", "2027-02-20", "--json").json

    assert row["slot"] == "memorial"
    assert "three years since the death in custody of Ihar Lednik" in row["text"]
    picture = Path(row["picture"])
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600
    assert "Ihar Lednik" in row["alt"]


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (("preview", "--on", "2027-02-20"), {}),
        (("chats", "add", "telegram:-1001234567890"), {"key_file": "{home}/keys/vigil.key"}),
        (("holds",), {"database": "sqlite:///{home}/database/vigil.sqlite"}),
    ],
)
def test_the_home_is_private_though_a_folder_in_it_is_made_with_it(
    home: Path, arguments: tuple[str, ...], settings: dict[str, str]
) -> None:
    vigil(home, *arguments, **{name: value.format(home=home) for name, value in settings.items()})

    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (home, *home.glob("*/"))} == {0o700}


@pytest.mark.parametrize("day", ["2025-07-14", "2025-08-13", "2025-08-14", "2027-07-14", "2031-07-14"])
def test_preview_tells_what_was_last_reported_as_of_the_day_taken_as_now(home: Path, day: str) -> None:
    (row,) = vigil(home, "preview", "--on", "2027-07-14", "--at-date", day, "--json").json
    is_past_shelf_life = day > "2025-08-13"

    assert "Last reported: imprisoned (Amnesty International, 14 July 2025)" in row["text"]
    assert ("we do not know" in row["text"]) is is_past_shelf_life


def test_a_held_person_vanishes_from_what_is_listed_and_shown(home: Path) -> None:
    assert vigil(home, "hold", "person", "ihar-lednik").status == 0

    rows = vigil(home, "upcoming", "--from", "2027-02-01", "--to", "2027-02-28", "--json").json
    assert [row["people"] for row in rows] == [["alexey-navalny"]]
    assert vigil(home, "holds", "--json").json == [{"kind": "person", "id": "ihar-lednik"}]

    assert vigil(home, "unhold", "person", "ihar-lednik").status == 0
    rows = vigil(home, "upcoming", "--from", "2027-02-01", "--to", "2027-02-28", "--json").json
    assert ["ihar-lednik"] in [row["people"] for row in rows]


@pytest.mark.parametrize(
    "arguments",
    [
        ("upcoming", "--from", "2027-13-01", "--to", "2027-12-31"),
        ("upcoming", "--from", "2027-12-31", "--to", "2027-01-01"),
        ("upcoming", "--from", "0001-01-01", "--to", "9999-12-31"),
        ("upcoming", "--from", "2027-01-01"),
        ("preview", "--on", "tomorrow"),
        ("preview", "--on", "2027-02-20", "--language", "xx"),
        ("hold", "person", "nobody-at-all"),
        ("hold", "planet", "ihar-lednik"),
        ("hold", "planet", "ihar-lednik", "--unknown"),
        ("hold", "person", "x" * 41, "--unknown"),
        ("hold", "person", "Ihar Lednik", "--unknown"),
        ("hold", "person", "", "--unknown"),
        ("unhold", "person", "ihar-lednik"),
        ("holds", "--jsn"),
        ("no-such-command",),
    ],
)
def test_a_mistake_gets_one_clear_line(home: Path, arguments: tuple[str, ...]) -> None:
    assert is_one_clear_line(vigil(home, *arguments))


def test_an_id_that_no_record_can_have_is_not_held(home: Path) -> None:
    refused = vigil(home, "hold", "person", "x" * 500, "--unknown")

    assert "found 500 characters, expected an id" in refused.err
    assert vigil(home, "hold", "person", "x" * 40, "--unknown").status == 0
    assert [row["id"] for row in vigil(home, "holds", "--json").json] == ["x" * 40]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("calendar", "no/such/folder"),
        ("seeds", "no/such/folder"),
        ("listen", "0.0.0.0:8080"),
        ("listen", "localhost"),
        ("send_rate", "fast"),
        ("leap_day", "02-30"),
        ("shelf_life_days", "-1"),
        ("telegram_api", "ftp://example.org"),
        ("when_uncertain", "guess"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(home: Path, name: str, value: str) -> None:
    outcome = vigil(home, "upcoming", "--from", "2027-01-01", "--to", "2027-01-31", **{name: value})

    assert is_one_clear_line(outcome)
    assert f"VIGIL_{name.upper()}" in outcome.err


def test_a_broken_record_stops_with_one_line(home: Path, tmp_path: Path) -> None:
    calendar, seeds = copy_of_the_records(tmp_path)
    (calendar / "events/ihar-lednik-death.yaml").write_text("id: [")
    outcome = vigil(home, "preview", "--on", "2027-02-20", calendar=calendar, seeds=seeds)

    assert is_one_clear_line(outcome)
    assert "events/ihar-lednik-death.yaml" in outcome.err


def test_an_unwritable_home_is_named(home: Path) -> None:
    assert is_one_clear_line(vigil(home, "holds", home="/proc/vigil"))
