"""Settings as operators mistype them: the file or the setting is named, in one line."""

from pathlib import Path

import pytest

from tests.app.process import running
from tests.cli.vigil import vigil


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def write_env(home: Path, content: bytes) -> Path:
    """A `.env` in the folder where the commands of a test run."""
    file = home.parent / "elsewhere" / ".env"
    file.parent.mkdir()
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("command", ["holds", "run"])
def test_an_env_file_that_is_no_utf_8_is_named(home: Path, command: str) -> None:
    file = write_env(home, "VIGIL_CONTACT=Фонд\n".encode("cp1251"))

    refused = vigil(home, command)

    assert (refused.status, refused.out) == (1, "")
    assert refused.err == f"vigil: {file}: found what is no UTF-8, expected a text file in UTF-8\n"


def test_an_operators_chat_that_is_no_address_is_named_by_its_setting(home: Path) -> None:
    refused = vigil(home, "run", operators="bogus", listen="127.0.0.1:0")

    assert refused.status == 1
    assert refused.err.startswith("vigil: VIGIL_OPERATORS: found no address, expected ")


def test_the_doctor_names_an_env_file_that_is_no_utf_8(home: Path) -> None:
    file = write_env(home, b"VIGIL_CONTACT=\xff\n")

    (row,) = vigil(home, "doctor", "--json").json

    assert (row["check"], row["state"], str(file) in row["found"]) == ("settings", "problem", True)


def test_the_doctor_warns_of_settings_that_are_none(home: Path) -> None:
    write_env(home, b"VIGIL_FOO=secret\nOTHER=1\n")

    rows = vigil(home, "doctor", "--json", hom="secret", test_database="secret").json

    warned = {row["found"].split()[0]: row["advice"] for row in rows if "none of Vigil's" in row["found"]}
    assert warned == {
        "VIGIL_FOO": "docs/operating.md lists every setting",
        "VIGIL_HOM": "did you mean VIGIL_HOME?",
    }
    assert "secret" not in str(rows)


def test_the_bot_tells_at_its_start_which_settings_are_none(home: Path) -> None:
    write_env(home, b"VIGIL_FOO=1\n")

    with running(home, hom="elsewhere", test_database="none") as process:
        process.stop()

    assert process.err == [
        "vigil: no settings of Vigil's, and ignored: VIGIL_FOO, VIGIL_HOM (did you mean VIGIL_HOME?)"
    ]
