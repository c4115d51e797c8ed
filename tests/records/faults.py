"""Faults for `vigil check` to find: how a copy of the calendar is made false, and where that must be named."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.records.checking import Rule
from bot.records.loading import load


@dataclass
class Records:
    """A copy of `calendar/` and `seeds/` that remembers what was changed, to put it back."""

    calendar: Path
    seeds: Path
    _before: dict[Path, bytes | None] = field(default_factory=dict)

    def write(self, path: Path, content: bytes) -> None:
        self._before.setdefault(path, path.read_bytes() if path.exists() else None)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    def remove(self, path: Path) -> None:
        self._before.setdefault(path, path.read_bytes())
        path.unlink()

    def restore(self) -> None:
        for path, content in self._before.items():
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)
        for folder in [path for path in self.calendar.iterdir() if path.is_dir() and not any(path.iterdir())]:
            folder.rmdir()
        self._before.clear()


Change = Callable[[Records], None]


@dataclass(frozen=True)
class Fault:
    """What was changed, and the rule, file and key (or its beginning) that must name it.

    A rule of None means that the file cannot be read as a record at all.
    """

    rule: Rule | None
    file: str
    key: str
    changes: tuple[Change, ...]


def fault(rule: Rule | None, file: str, key: str, *changes: tuple[str, str] | Change) -> Fault:
    """A pair replaces a passage of that file, which must stand there; a function changes what it likes."""
    made = (replaced(file, *change) if isinstance(change, tuple) else change for change in changes)
    return Fault(rule, file, key, tuple(made))


def replaced(name: str, old: str, new: str) -> Change:
    """Replaces a passage of one file of the calendar, once."""

    def change(records: Records) -> None:
        path = records.calendar / name
        text = path.read_text()
        assert old in text, f"{old!r} is not in {name}"
        records.write(path, text.replace(old, new, 1).encode())

    return change


def written(name: str, content: str | bytes) -> Change:
    """Puts a file into the calendar."""
    raw = content.encode() if isinstance(content, str) else content
    return lambda records: records.write(records.calendar / name, raw)


def copied(name: str, to: str, old: str, new: str) -> Change:
    """Puts a copy of a record beside it, under another id."""

    def change(records: Records) -> None:
        text = (records.calendar / name).read_text()
        records.write(records.calendar / to, text.replace(old, new).encode())

    return change


def removed(name: str) -> Change:
    """Takes a file out of the calendar."""
    return lambda records: records.remove(records.calendar / name)


def assert_caught(fault: Fault, records: Records) -> None:
    """The rule itself finds it, in that file and at that key, and says what was found and is expected."""
    for change in fault.changes:
        change(records)
    loaded = load(records.calendar, records.seeds)
    problems = loaded.problems if fault.rule is None else list(fault.rule(loaded))

    found = "\n".join(map(str, problems)) or "nothing was found"
    assert any(p.file == fault.file and p.key.startswith(fault.key) for p in problems), found
    assert all(p.found and p.expected and p.message for p in problems), found
