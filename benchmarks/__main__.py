"""`make bench`: each figure that Vigil is to reach, measured beside its peer or its limit in one run.

    python -m benchmarks [PART …] [--quick] [--names]

A part that breaks off says so, and the others go on. A whole run writes docs/performance.md. The exit status is not
zero where a goal is not met.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import pace, planning, sending
from benchmarks.document import table, write
from benchmarks.figures import Figure, Rounds, failed
from benchmarks.ground import PostgreSQL, Sqlite
from benchmarks.machine import load, machine, versions
from tests.databases import empty_database, postgresql

DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
_NAMES = ("-m", "benchmarks.names.evaluate", "--half", "tune")


def _planning_sqlite(rounds: Rounds) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(planning.measure(Sqlite(Path(folder) / "chats"), rounds))


def _planning_postgresql(rounds: Rounds) -> list[Figure]:
    with postgresql() as server, empty_database(server) as url:
        return asyncio.run(planning.measure(PostgreSQL(url), rounds))


PARTS: dict[str, Callable[[Rounds], list[Figure]]] = {
    "planning-sqlite": _planning_sqlite,
    "planning-postgresql": _planning_postgresql,
    "sending": sending.measure_waiting,
    "sending-at-once": sending.measure_at_once,
    "pace": pace.measure,
}


def main() -> int:
    """Measure what the command line asks for; 1 where a goal is not met."""
    chosen = _chosen()
    rounds = Rounds(1, quick=True) if chosen.quick else Rounds()
    before = f"{load():.1f} processes wanted a core in the minute before"
    figures = measured(chosen.parts or list(PARTS), rounds)
    print(table(figures))
    if not chosen.parts and not chosen.quick:
        write(DOCUMENT, f"{_heading(before)}\n\n{table(figures)}")
        print(f"\nWritten to {DOCUMENT}.")
    if chosen.names:
        subprocess.run([sys.executable, *_NAMES], check=True, cwd=DOCUMENT.parents[1])
    return 0 if all(figure.met for figure in figures) else 1


def measured(parts: Sequence[str], rounds: Rounds) -> list[Figure]:
    """The figures of these parts, one after the other."""
    figures: list[Figure] = []
    for part in parts:
        began = time.perf_counter()
        print(f"{part} …", file=sys.stderr, flush=True)
        try:
            found = PARTS[part](rounds)
        except Exception as error:  # the other parts are still to be measured
            found = [failed(part, error)]
        figures += found
        print(table(found), file=sys.stderr)
        print(f"{part}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return figures


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure, of {', '.join(PARTS)}; all if none")
    parser.add_argument(
        "--quick", action="store_true", help="one round of smaller sizes, to try things; writes nothing"
    )
    parser.add_argument("--names", action="store_true", help="measure look-up by name as well, on its tune half")
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.parts) - PARTS.keys()):
        parser.error(f"no such part: {', '.join(unknown)}; expected of {', '.join(PARTS)}")
    return chosen


def _heading(before: str) -> str:
    now = datetime.now(UTC)
    return "\n".join(
        [
            f"Measured on {now:%Y-%m-%d at %H:%M} UTC by `make bench` (`python -m benchmarks`): medians of five "
            "rounds, in brackets the lowest and the highest.",
            f"On {machine()}; {before}. {versions()}.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
