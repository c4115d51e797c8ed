"""A disk that can lose its power: SQLite's own files, with a note of what was written and what was synced.

SQLite reaches the system through a VFS (sqlite.org/vfs.html). Ours passes everything on to the one of the system, and
keeps beside it, for each file, what stands on the disk for certain (all that was written before its last sync) and what
was written since. After a power cut a disk holds the former, and of the latter whatever it likes: any of it, in any
order, torn at any sector.
"""

import _sqlite3
import ctypes
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, Structure, addressof, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from pathlib import Path

_SECTOR = 512
_OK, _IOERR_FSYNC = 0, 10 | 4 << 8


class _Methods(Structure):
    """`sqlite3_io_methods`: what can be done to an open file. The rest we leave as it is."""

    _fields_ = [
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("rest", c_void_p * 13),
    ]


class _Vfs(Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("rest", c_void_p * 14),
    ]


_OPEN = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)

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
        self._cut: Callable[[], None] = lambda: None
        self.is_off = False

    def cut_after(self, syncs: int, then: Callable[[], None]) -> None:
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

    def changed(self, path: str, offset: int, written: bytes | None) -> None:
        """Something was written there, or the file was cut to that length (null)."""
        with self._lock:
            if not self.is_off:
                self._files[path].since.append((offset, written))

    def synced(self, path: str) -> bool:
        """A sync of that file is asked for; False if there is no power any more."""
        with self._lock:
            if not self.is_off and self._cut_at is not None and self.syncs >= self._cut_at:
                self.is_off = True
                self._cut()
            if self.is_off:
                return False
            self.syncs += 1
            self._files[path].synced()
            return True

    def deleted(self, path: str) -> None:
        """A file was deleted."""
        with self._lock:
            if not self.is_off:
                self._files.pop(path, None)

    def has(self, path: str) -> bool:
        """Whether a file stands in the folder."""
        return Path(path).parent == self._folder


class _Shim:
    """A VFS over the system's own, for the files of one disk."""

    def __init__(self, disk: PoweredDisk) -> None:
        self._disk = disk
        # The library that Python's own module uses, whether linked to it or built in.
        self._sqlite = ctypes.CDLL(_sqlite3.__file__)
        self._sqlite.sqlite3_vfs_find.restype = c_void_p
        self._sqlite.sqlite3_vfs_find.argtypes = [c_char_p]
        self._sqlite.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
        self._sqlite.sqlite3_vfs_unregister.argtypes = [c_void_p]
        self._system = _Vfs.from_address(self._sqlite.sqlite3_vfs_find(None))
        self._system_open, self._system_delete = _OPEN(self._system.open), _DELETE(self._system.delete)
        self._calls = (_OPEN(self._open), _DELETE(self._delete))
        self._writing = (_WRITE(self._write), _TRUNCATE(self._truncate), _SYNC(self._sync))
        self._ours = _Vfs.from_buffer_copy(self._system)
        self._ours.name, self._ours.next = b"powered", None
        self._ours.open, self._ours.delete = (ctypes.cast(call, c_void_p) for call in self._calls)
        # By the address of an open file.
        self._paths: dict[int, str] = {}
        self._systems: dict[int, _Methods] = {}
        # By the address of the system's methods.
        self._methods: dict[int, _Methods] = {}

    def install(self) -> None:
        """Have every new connection use it."""
        self._sqlite.sqlite3_vfs_register(addressof(self._ours), 1)

    def remove(self) -> None:
        """Have new connections use the system's again."""
        self._sqlite.sqlite3_vfs_unregister(addressof(self._ours))
        self._sqlite.sqlite3_vfs_register(addressof(self._system), 1)

    def _open(self, _: int, name: bytes | None, file: int, flags: int, flags_out: int) -> int:
        code = self._system_open(addressof(self._system), name, file, flags, flags_out)
        if code == _OK and name is not None and self._disk.has(name.decode()):
            self._paths[file] = name.decode()
            self._disk.opened(name.decode())
            self._take_over(file)
        return code

    def _take_over(self, file: int) -> None:
        """Put our ways to write, cut and sync in the place of the system's, in this file alone."""
        place = c_void_p.from_address(file)
        assert place.value is not None
        self._systems[file] = _Methods.from_address(place.value)
        if place.value not in self._methods:
            ours = _Methods.from_buffer_copy(self._systems[file])
            ours.write, ours.truncate, ours.sync = (ctypes.cast(call, c_void_p) for call in self._writing)
            self._methods[place.value] = ours
        place.value = addressof(self._methods[place.value])

    def _write(self, file: int, content: int, size: int, offset: int) -> int:
        code: int = _WRITE(self._systems[file].write)(file, content, size, offset)
        if code == _OK:
            self._disk.changed(self._paths[file], offset, ctypes.string_at(content, size))
        return code

    def _truncate(self, file: int, size: int) -> int:
        code: int = _TRUNCATE(self._systems[file].truncate)(file, size)
        if code == _OK:
            self._disk.changed(self._paths[file], size, None)
        return code

    def _sync(self, file: int, flags: int) -> int:
        # Noted before the system's own sync, which nobody's power depends on here.
        return _OK if self._disk.synced(self._paths[file]) else _IOERR_FSYNC

    def _delete(self, _: int, name: bytes, sync: int) -> int:
        code: int = self._system_delete(addressof(self._system), name, sync)
        if code == _OK and self._disk.has(name.decode()):
            self._disk.deleted(name.decode())
        return code


@contextmanager
def powered_disk(folder: Path) -> Iterator[PoweredDisk]:
    """What SQLite opens in a folder from now on stands on a disk that can lose its power."""
    disk = PoweredDisk(folder)
    shim = _Shim(disk)
    shim.install()
    try:
        yield disk
    finally:
        shim.remove()
