"""From the folders `calendar/` and `seeds/` to records, every fault collected before any is raised.

Reads files and nothing else. Whether what the records say is true of the documents: `checking`; whether
they may be shown: `showing`.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import VigilError
from bot.records.collection import Calendar
from bot.records.listing import Listing
from bot.records.model import Call, Calls, Event, Figure, Figures, Observance, Person, Source
from bot.records.problems import Problem, RecordsError, shown
from bot.records.yaml_files import YamlError, read_yaml

# Each folder of `calendar/` and what one file in it holds.
FOLDERS: Mapping[str, type[BaseModel]] = {
    "sources": Source,
    "people": Person,
    "events": Event,
    "observances": Observance,
    "figures": Figures,
    "calls": Calls,
    "listings": Listing,
}
_Listed = TypeVar("_Listed", Figure, Call)
MAX_DOCUMENT_BYTES = 4 * 1024 * 1024


@dataclass(eq=False)
class Loaded:
    """What could be read, which file each record came from, and what is wrong so far."""

    calendar: Calendar
    files: Mapping[str, str]
    problems: list[Problem]


@dataclass
class _Reading:
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    digest: Any = field(default_factory=hashlib.sha256)


def known_people(calendar_dir: Path, seeds_dir: Path) -> frozenset[str]:
    """The ids of all people, for those who show nothing of them; RecordsError with what cannot be read."""
    loaded = load(calendar_dir, seeds_dir)
    if loaded.problems:
        raise RecordsError(loaded.problems)
    return frozenset(loaded.calendar.people)


def load(calendar_dir: Path, seeds_dir: Path) -> Loaded:
    """Read all that can be read and list what cannot; VigilError if a folder is missing or closed to us."""
    for folder, setting in ((calendar_dir, "VIGIL_CALENDAR"), (seeds_dir, "VIGIL_SEEDS")):
        _look_into(folder, setting)
    reading = _Reading()
    records = {name: dict(_records(calendar_dir, name, reading)) for name in FOLDERS}
    _report_strays(calendar_dir, reading)
    sources: dict[str, Source] = records["sources"]
    calendar = Calendar(
        sources=sources,
        people=records["people"],
        events=records["events"],
        observances=records["observances"],
        figures=_listed(records["figures"], lambda file: file.figures, reading),
        calls=_listed(records["calls"], lambda file: file.calls, reading),
        documents=dict(_documents(sources, seeds_dir, reading)),
        revision=reading.digest.hexdigest(),
        listings=records["listings"],
    )
    return Loaded(calendar, reading.files, reading.problems)


def _look_into(folder: Path, setting: str) -> None:
    try:
        os.stat(f"{folder}/.")  # noqa: PTH116 (a Path drops the dot, which asks for the right to go in)
        os.listdir(folder)  # noqa: PTH208 (globbing takes what may not be listed for empty)
    except (FileNotFoundError, NotADirectoryError) as exc:
        raise VigilError(f"{setting}: no folder at {folder}; expected the one that Vigil comes with") from exc
    except OSError as exc:
        raise VigilError(f"{setting}: {folder} cannot be read: {exc.strerror}; check its owner and mode") from exc


def _yaml_files(calendar_dir: Path, folder: str, reading: _Reading) -> list[Path]:
    try:
        return sorted(path for path in (calendar_dir / folder).iterdir() if path.suffix == ".yaml")
    except (FileNotFoundError, NotADirectoryError):
        return []  # there need be none of each kind; what is no folder is told among the strays
    except OSError as exc:
        message = "this folder cannot be read: check its owner and mode"
        reading.problems.append(Problem(folder, "", exc.strerror or "an error", "a folder of records", message))
        return []


def _records(calendar_dir: Path, folder: str, reading: _Reading) -> Iterator[tuple[str, Any]]:
    """Records by id, in id order; a file of figures or calls counts under its own name."""
    model = FOLDERS[folder]
    for path in _yaml_files(calendar_dir, folder, reading):
        name = f"{folder}/{path.name}"
        try:
            record = model.model_validate(read_yaml(path))
        except YamlError as exc:
            place = f"line {exc.line}" if exc.line else ""
            reading.problems.append(Problem(name, place, exc.found, exc.expected, "this file cannot be read"))
        except OSError as exc:
            reading.problems.append(_unreadable(name, "", exc))
        except ValidationError as exc:
            reading.problems += _schema_problems(name, exc)
        else:
            reading.digest.update(name.encode() + b"\0" + path.read_bytes())
            record_id = getattr(record, "id", path.stem)
            if record_id != path.stem:
                reading.problems.append(
                    Problem(name, "id", shown(record_id), path.stem, "the id must be the file's name without .yaml")
                )
            reading.files[f"{folder}/{record_id}"] = name
            yield record_id, record


def _unreadable(file: str, key: str, exc: OSError) -> Problem:
    return Problem(file, key, exc.strerror or "an error", "a file", "this cannot be read: check its owner and mode")


def _schema_problems(name: str, exc: ValidationError) -> Iterator[Problem]:
    for error in exc.errors(include_url=False):
        key = ".".join(str(part) for part in error["loc"])
        expected = str(error["msg"]).removeprefix("Value error, ")
        found = "nothing" if error["type"] == "missing" else shown(error["input"])
        message = {
            "missing": "this key is missing",
            "extra_forbidden": "there is no such key; see calendar/README.md",
        }.get(error["type"], "this value does not fit")
        if error["type"] in ("missing", "extra_forbidden"):
            expected = "a value" if error["type"] == "missing" else "one of the keys of this record"
        yield Problem(name, key, found, expected, message)


def _listed(
    files: Mapping[str, Any], entries: Callable[[Any], tuple[_Listed, ...]], reading: _Reading
) -> dict[str, _Listed]:
    found: dict[str, _Listed] = {}
    for name, file in files.items():
        for entry in entries(file):
            folder = "figures" if isinstance(entry, Figure) else "calls"
            if entry.id in found:
                where = f"{folder}/{name}.yaml"
                reading.problems.append(Problem(where, "id", shown(entry.id), "an id used once", "this id is taken"))
            found[entry.id] = entry
            reading.files[f"{folder}/{entry.id}"] = f"{folder}/{name}.yaml"
    return dict(sorted(found.items()))


def _documents(sources: Mapping[str, Source], seeds_dir: Path, reading: _Reading) -> Iterator[tuple[str, str]]:
    for source in sources.values():
        where = f"sources/{source.id}.yaml"
        path = seeds_dir / source.document
        try:
            raw = _bytes_of(path, where, reading)
        except OSError as exc:
            reading.problems.append(_unreadable(where, "document", exc))
            continue
        if raw is None:
            continue
        digest = hashlib.sha256(raw).hexdigest()
        if digest != source.sha256:
            message = "the document has changed since it was read: its quotes need a new reading"
            reading.problems.append(Problem(where, "sha256", digest, source.sha256, message))
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            reading.problems.append(Problem(where, "document", "bytes that are no UTF-8", "UTF-8", "not readable"))
            continue
        reading.digest.update(raw)
        yield source.id, text


def _bytes_of(path: Path, where: str, reading: _Reading) -> bytes | None:
    """The document; None where it is told that there is none, or one too large."""
    if not path.is_file():
        message = "there is no such document"
        reading.problems.append(Problem(where, "document", shown(path.name), "a file in seeds/", message))
        return None
    if (size := path.stat().st_size) > MAX_DOCUMENT_BYTES:
        found, limit = f"{size} bytes", f"at most {MAX_DOCUMENT_BYTES} bytes"
        reading.problems.append(Problem(where, "document", found, limit, "the document is too large"))
        return None
    return path.read_bytes()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # in a folder that may be listed and not entered: told where its records are read


def _report_strays(calendar_dir: Path, reading: _Reading) -> None:
    """Files nobody would read: a record in the wrong place must not vanish in silence."""
    known = {"README.md", *(f"{folder}.schema.json" for folder in FOLDERS)}
    for path in sorted(calendar_dir.rglob("*")):
        relative = path.relative_to(calendar_dir)
        if _is_folder(path) or relative.as_posix() in known or path.name.startswith("."):
            continue
        if len(relative.parts) != 2 or relative.parts[0] not in FOLDERS or path.suffix != ".yaml":
            expected = "FOLDER/NAME.yaml, FOLDER being one of " + ", ".join(FOLDERS)
            reading.problems.append(Problem(relative.as_posix(), "", "a file", expected, "nothing reads this file"))
