"""A disk that can lose its power: SQLite's own files, with a note of what was written and what was synced.

SQLite reaches the system through a VFS (sqlite.org/vfs.html). Ours passes everything on to the one of the system, and
keeps beside it, for each file, what stands on the disk for certain (all that was written before its last sync) and what
was written since. After a power cut a disk holds the former, and of the latter whatever it likes: any of it, in any
order, torn at any sector.
"""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.sqlite_vfs import IOERR_FSYNC, OK, played

_SECTOR = 512


# Of something written since the last sync: where and what, or (null) the length to which the file was cut.
_Change = tuple[int, bytes | None]


@dataclass(slots=True)
class _File:
    """A file as it certainly stands on the disk (null: not yet there), and what was done to it since."""

    certain: bytearray | None
    since: list[_Change] = field(default_factory=list)

    def synced(self) -> None:
        """All that was done stands there now."""
        self.certain = self.certain if self.certain is not None else bytearray()
        for change in self.since:
            _apply(self.certain, change)
        self.since.clear()

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """What might be found after a power cut."""
        if self.certain is None and not (self.since and chance.random() < 0.5):
            return None
        found = bytearray(self.certain or b"")
        kept = chance.choice([0.0, 0.5, 0.9, 1.0])
        for offset, content in self.since:
            if content is None:
                if chance.random() < kept:
                    _apply(found, (offset, None))
                continue
            for start in range(0, len(content), _SECTOR):
                if chance.random() < kept:
                    _apply(found, (offset + start, content[start : start + _SECTOR]))
        return bytes(found)


def _apply(content: bytearray, change: _Change) -> None:
    offset, written = change
    if written is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(written)] = written


class PoweredDisk:
    """The files that SQLite has in a folder, as they would stand there after a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}
        self._lock = threading.Lock()
        self.syncs = 0
        # How many files were found otherwise than they certainly stood there.
        self.torn = 0
        self._cut_at: int | None = None
        self._cut: Callable[[], object] = lambda: None
        self.is_off = False

    def cut_after(self, syncs: int, then: Callable[[], object]) -> None:
        """Lose power when, after so many syncs, another one begins: it fails, and so do all later ones."""
        with self._lock:
            self._cut_at, self._cut = self.syncs + syncs, then

    def restore(self, chance: random.Random) -> None:
        """Put into the folder what the disk might hold after the cut, and give it power again."""
        with self._lock:
            for name, file in sorted(self._files.items()):
                found = file.after_a_cut(chance)
                self.torn += found not in (None, file.certain)
                Path(name).unlink(missing_ok=True)
                if found is not None:
                    Path(name).write_bytes(found)
            for index in self._folder.glob("*-shm"):
                index.unlink()  # it is memory, and made anew
            self._files.clear()
            self._cut_at, self.is_off = None, False

    def opened(self, path: str) -> None:
        """A file was opened: what it holds has been there for long."""
        with self._lock:
            if path not in self._files:
                content = Path(path).read_bytes()
                self._files[path] = _File(bytearray(content) if content else None)

    def takes(self, path: str, offset: int, written: bytes | None) -> int:
        """Note what is written, while there is power."""
        with self._lock:
            if not self.is_off:
                self._files[path].since.append((offset, written))
        return OK

    def syncs_file(self, path: str) -> int:
        """Note that it stands there for certain; without power that fails."""
        with self._lock:
            if not self.is_off and self._cut_at is not None and self.syncs >= self._cut_at:
                self.is_off = True
                self._cut()
            if self.is_off:
                return IOERR_FSYNC
            self.syncs += 1
            self._files[path].synced()
            return OK

    def deleted(self, path: str) -> None:
        """A file was deleted."""
        with self._lock:
            if not self.is_off:
                self._files.pop(path, None)

    def has(self, path: str) -> bool:
        """Whether a file stands in the folder."""
        return Path(path).parent == self._folder


@contextmanager
def powered_disk(folder: Path) -> Iterator[PoweredDisk]:
    """What SQLite opens in a folder from now on stands on a disk that can lose its power."""
    disk = PoweredDisk(folder)
    with played(disk):
        yield disk
