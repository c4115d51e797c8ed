"""`python -m tests.chaos [WORD…]`: the long form, all of it or the rows whose measure holds one of the words."""

import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.chaos.rows import Row, all_rows


def main(words: Sequence[str]) -> int:
    """Run row after row and print the table; 1 if one did not reach its goal, 2 if there is none to run."""
    rows = [row for row in all_rows() if not words or any(word.lower() in row.measure.lower() for word in words)]
    if not rows:
        print(f"no row's measure holds any of {list(words)}", file=sys.stderr)
        return 2
    print("| measure | goal | reached | seconds |\n|---|---|---|---|", flush=True)
    failed = 0
    for row in rows:
        began = time.monotonic()
        reached, is_met = _tried(row)
        failed += not is_met
        print(f"| {row.measure} | {row.goal} | {reached} | {time.monotonic() - began:.0f} |", flush=True)
    return 1 if failed else 0


def _tried(row: Row) -> tuple[str, bool]:
    with tempfile.TemporaryDirectory(prefix="vigil-chaos-") as folder:
        try:
            return row.run(Path(folder)), True
        except Exception as exc:  # the other rows are tried all the same
            traceback.print_exc()
            lines = str(exc).splitlines()
            return f"NOT REACHED: {lines[0] if lines else type(exc).__name__}", False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
