"""Which requests were written and which were answered, as a killed process leaves it.

A delivery in `sending` says that its request may have been written. A file that is appended to without
waiting for the disk survives a kill, though no power cut, and tells whether it was, and what came back:
so only what was truly under way is uncertain. It holds numbers of deliveries and messages alone, and is
believed only by whoever takes the lease next, on the same machine, not restarted since, once its writer
is surely gone.

Its name stands in the database (the holder of the lease), so that no older copy of the database is read
together with it: to one, what was written, answered and struck off since would look never written.
"""

import fcntl
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.outbox.lease import Holding, SenderLease, new_token

_log = structlog.get_logger(__name__)

_PREFIX = "flights."
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# A page longer than this is turned as soon as nothing is under way.
_LONG_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Left:
    """What an epoch left: each delivery whose request was written, with its message's id; null if unanswered."""

    epoch: int
    flights: Mapping[int, int | None]


class _Page:
    """One file, locked as long as its writer lives."""

    def __init__(self, path: Path, boot: str) -> None:
        self._path = path
        self._descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.size = 0
        self.append(f"{boot}\n")

    def append(self, line: str) -> None:
        """Write a line; OSError where it cannot be written."""
        self.size += os.write(self._descriptor, line.encode())

    def close(self, *, keep: bool) -> None:
        """Nothing more is written; what is kept may be read by others from now on."""
        if not keep:
            self._path.unlink(missing_ok=True)
        os.close(self._descriptor)


class Flights:
    """What is under way in one epoch. Where no file can be kept, a kill leaves all of it uncertain."""

    def __init__(self, folder: Path | None, lease: SenderLease) -> None:
        self._folder = folder
        self._lease = lease
        self._boot = _boot_id()
        self._under_way: set[int] = set()
        self._pages: list[_Page] = []
        with self._giving_up():
            self._open(lease.holding.token)

    def written(self, delivery: int) -> None:
        """Its request is written now."""
        self._under_way.add(delivery)
        self._append(f"{delivery}\n")

    def arrived(self, delivery: int, message_id: int) -> None:
        """Its message stands in the chat."""
        self._append(f"{delivery} {message_id}\n")

    def landed(self, deliveries: Collection[int]) -> None:
        """What became of these is in the database."""
        self._under_way.difference_update(deliveries)

    async def turn_page(self) -> None:
        """Begin a new file if this one has become long and nothing is under way; DatabaseError."""
        if self._under_way or not self._pages or self._pages[0].size < _LONG_BYTES:
            return
        token = new_token()
        with self._giving_up():
            # Both are written to until the database names the new one.
            self._open(token)
        renamed = await self._lease.rename(token)
        if len(self._pages) > 1:
            self._pages.pop(0 if renamed else 1).close(keep=False)

    def close(self) -> None:
        """Nothing more is written; what is still under way is left to the next holder of the lease."""
        for page in self._pages:
            page.close(keep=bool(self._under_way))
        self._pages = []

    def _open(self, token: str) -> None:
        if self._folder is not None and self._boot is not None:
            self._pages.append(_Page(self._folder / f"{_PREFIX}{token}", self._boot))

    def _append(self, line: str) -> None:
        with self._giving_up():
            for page in self._pages:
                page.append(line)

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """A file with gaps would tell that something was never written: better none."""
        try:
            yield
        except OSError as exc:
            _log.warning("flights_not_kept", reason=exc.strerror)
            for page in self._pages:
                page.close(keep=False)
            self._pages = []


def take_left(folder: Path | None, before: Holding | None) -> Left | None:
    """What the holder before left here, if it is gone and can be believed; files of all who are gone are deleted."""
    left: Left | None = None
    for path in folder.glob(f"{_PREFIX}*") if folder is not None else ():
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if before is not None and path.name == f"{_PREFIX}{before.token}":
                left = _read(file.read().decode("ascii", "replace"), before.epoch)
            path.unlink(missing_ok=True)
    return left


def _read(text: str, epoch: int) -> Left | None:
    boot, *lines = text.split("\n")[:-1] or [""]  # the last one is empty, or was being written
    if boot != _boot_id():
        return None
    flights: dict[int, int | None] = {}
    for line in lines:
        delivery, _, message_id = line.partition(" ")
        if not (delivery.isdecimal() and (message_id or "0").isdecimal()):
            return None
        # Written anew it is in doubt anew, whatever came back before: SQLite may give an erased one's number again.
        flights[int(delivery)] = int(message_id) if message_id else None
    return Left(epoch, flights)


def _boot_id() -> str | None:
    """Another one after each start of the machine; null where the system tells none."""
    try:
        return _BOOT_ID.read_text("ascii").strip() or None
    except OSError:
        return None
