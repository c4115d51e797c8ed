"""`vigil` with a wall clock that a test moves: `python -m tests.app.moved_clock FILE run`.

FILE holds by how many seconds the clock is set off from the real one; it is read ten times a second. The monotonic
clock is left alone, as when somebody sets the clock of a machine.
"""

import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

_LOOK_EVERY_S = 0.1


def _follow(traveller: time_machine.Traveller, path: Path) -> None:
    """Move the clock whenever the file says something else."""
    offset_s = _read(path)
    while True:
        time.sleep(_LOOK_EVERY_S)
        if (wanted_s := _read(path)) != offset_s:
            traveller.shift(timedelta(seconds=wanted_s - offset_s))
            offset_s = wanted_s


def _read(path: Path) -> float:
    return float(path.read_text() or 0)


def main() -> None:
    """Run the program by the moved clock."""
    path = Path(sys.argv.pop(1))
    begins = datetime.now(UTC) + timedelta(seconds=_read(path))
    with time_machine.travel(begins, tick=True) as traveller:
        threading.Thread(target=_follow, args=(traveller, path), daemon=True).start()
        from bot.cli import main as vigil

        vigil()


if __name__ == "__main__":
    main()
