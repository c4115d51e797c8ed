"""A VFS between SQLite and the system (sqlite.org/vfs.html), by which a disk can be played that fails.

Everything is passed on to the VFS of the system. For the files of one disk, writing, cutting off and syncing ask that
disk first, and tell it what was done.
"""

import _sqlite3
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, Structure, addressof, c_char_p, c_int, c_int64, c_void_p
from typing import Protocol

OK, FULL, IOERR_FSYNC = 0, 13, 10 | 4 << 8


class Disk(Protocol):
    """What a played disk is asked and told. Codes are SQLite's: `OK` goes on, another is what the program gets."""

    def has(self, path: str) -> bool:
        """Whether a file stands on it."""

    def opened(self, path: str) -> None:
        """A file was opened, which may be there for the first time."""

    def takes(self, path: str, offset: int, written: bytes | None) -> int:
        """Something is to be written there, or the file is to be cut to that length (null)."""

    def syncs_file(self, path: str) -> int:
        """All that was written to that file is to be on the disk."""

    def deleted(self, path: str) -> None:
        """A file was deleted."""


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


# A name is passed on as the address it came as: SQLite keeps it, and what it says of the file stands behind it.
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class _Shim:
    """A VFS over the system's own, for the files of one disk."""

    def __init__(self, disk: Disk) -> None:
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

    def _open(self, _: int, name: int | None, file: int, flags: int, flags_out: int) -> int:
        code: int = self._system_open(addressof(self._system), name, file, flags, flags_out)
        path = ctypes.string_at(name).decode() if name is not None else None
        if code == OK and path is not None and self._disk.has(path):
            self._paths[file] = path
            self._disk.opened(path)
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
        code = self._disk.takes(self._paths[file], offset, ctypes.string_at(content, size))
        return code or int(_WRITE(self._systems[file].write)(file, content, size, offset))

    def _truncate(self, file: int, size: int) -> int:
        code = self._disk.takes(self._paths[file], size, None)
        return code or int(_TRUNCATE(self._systems[file].truncate)(file, size))

    def _sync(self, file: int, flags: int) -> int:
        # The system's own sync is left out: no machine of these tests loses its power in earnest.
        return self._disk.syncs_file(self._paths[file])

    def _delete(self, _: int, name: bytes, sync: int) -> int:
        code: int = self._system_delete(addressof(self._system), name, sync)
        if code == OK and self._disk.has(name.decode()):
            self._disk.deleted(name.decode())
        return code


@contextmanager
def played(disk: Disk) -> Iterator[None]:
    """What SQLite opens from now on goes through a disk, as far as it stands there."""
    shim = _Shim(disk)
    shim.install()
    try:
        yield
    finally:
        shim.remove()
