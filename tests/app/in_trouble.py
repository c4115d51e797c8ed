"""`vigil` on a machine in trouble: `python -m tests.app.in_trouble FOLDER run`.

What stands in FOLDER says which, and is looked at all the time: `clock`, by how many seconds the wall clock is set off
(the monotonic clock is left alone, as when somebody sets the clock of a machine); `full`, that the disk of the
database is. It ticks each second and waits for a lock half a second, so that a test need not.
"""

import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from tests.sqlite_vfs import FULL, OK, played

_LOOK_EVERY_S = 0.1
_TICK_S = 1
_BUSY_MS = 500


class FullDisk:
    """Takes nothing as long as a file stands there that says so."""

    def __init__(self, is_full: Path) -> None:
        self._is_full = is_full

    def has(self, path: str) -> bool:
        """Every database."""
        return True

    def opened(self, path: str) -> None:
        """Concerns nobody."""

    def takes(self, path: str, offset: int, written: bytes | None) -> int:
        """Cutting a file makes room; writing needs it."""
        return FULL if written is not None and self._is_full.exists() else OK

    def syncs_file(self, path: str) -> int:
        """What was taken is there."""
        return OK

    def deleted(self, path: str) -> None:
        """Concerns nobody."""


def _follow(traveller: time_machine.Traveller, clock: Path) -> None:
    """Move the clock whenever the file says something else."""
    offset_s = 0.0
    while True:
        if (wanted_s := _offset_s(clock)) != offset_s:
            traveller.shift(timedelta(seconds=wanted_s - offset_s))
            offset_s = wanted_s
        time.sleep(_LOOK_EVERY_S)


def _offset_s(clock: Path) -> float:
    return float(clock.read_text() or 0) if clock.exists() else 0.0


def main() -> None:
    """Run the program as it is, but for its patience."""
    folder = Path(sys.argv.pop(1))
    import bot.app.ticking
    import bot.database_sqlite
    from bot.cli import main as vigil

    bot.app.ticking.TICK_S = _TICK_S
    bot.database_sqlite._PRAGMAS["busy_timeout"] = _BUSY_MS
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller, played(FullDisk(folder / "full")):
        threading.Thread(target=_follow, args=(traveller, folder / "clock"), daemon=True).start()
        vigil()


if __name__ == "__main__":
    main()
