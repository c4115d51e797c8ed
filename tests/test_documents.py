"""The documents say what is so: every command and setting stands in them, and every link leads somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from bot import __version__
from bot.cli.program import app
from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [path for path in ROOT.rglob("*.md") if ".venv" not in path.parts and "node_modules" not in path.parts]
OPERATING = (ROOT / "docs/operating.md").read_text()
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_described(name: str) -> None:
    assert f"| `VIGIL_{name.upper()}` |" in OPERATING


def test_no_setting_is_described_that_is_not_there() -> None:
    described = set(re.findall(r"\| `VIGIL_([A-Z_]+)` \|", OPERATING))

    assert described == {name.upper() for name in Settings.model_fields}


def test_every_command_of_the_command_line_stands_in_the_readme() -> None:
    names = {command.name for command in app.registered_commands} | {"chats"}

    assert [name for name in names if not re.search(rf"`(vigil )?{name}\b", README)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text())
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]

    assert [target for target in local if not (path.parent / target).exists()] == []


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_lock_file_pins_by_hash_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text()

    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", lock)
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\S)", lock.strip()))


def test_no_path_of_a_machine_stands_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    texts = [path for path in listed if Path(path).suffix in {".py", ".md", ".toml", ".yaml", ".html", ".js", ".css"}]
    machine = re.compile(r"/(?:work|home|root)/[a-z]+/")

    assert [path for path in texts if machine.search((ROOT / path).read_text())] == []
