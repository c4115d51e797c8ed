"""`vigil check` raises no false alarm: honest records of made-up documents in three languages pass.

Each file in `honest/` holds a document and its records, each part under a line with its path.
"""

import hashlib
import re
from pathlib import Path

import pytest

from bot.records.checking import check

HONEST = Path(__file__).parent / "honest"


def unpacked(text: str, folder: Path) -> tuple[Path, Path]:
    """The calendar and seeds that the parts make, the document's digest filled in."""
    calendar, seeds = folder / "calendar", folder / "seeds"
    parts = dict(re.findall(r"=== (\S+)\n(.*?)(?=\n=== |\Z)", text, re.DOTALL))
    (digest,) = (hashlib.sha256(part.encode()).hexdigest() for name, part in parts.items() if name.startswith("seeds/"))
    for name, part in parts.items():
        path = folder / name if name.startswith("seeds/") else calendar / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(part.replace("SHA256", digest))
    return calendar, seeds


@pytest.mark.parametrize("language", ["english", "belarusian", "russian"])
def test_honest_records_pass(language: str, tmp_path: Path) -> None:
    report = check(*unpacked((HONEST / f"{language}.txt").read_text(), tmp_path))

    assert report.problems == ()
    assert report.counts["people"] >= 4
    assert report.counts["events"] >= 5
