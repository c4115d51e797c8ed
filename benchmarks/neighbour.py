"""Another program that writes to the same SQLite file now and then, and finds out how long it has to wait.

    python -m benchmarks.neighbour FILE

Says "ready", writes every few milliseconds until its standard input is closed, and prints what it met as JSON.
"""

import json
import select
import sqlite3
import sys
import time

_EVERY_S = 0.005
_TRY_S = 0.0005


def main(path: str) -> None:
    """Write until told to end."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    longest_s, writes = 0.0, 0
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], _EVERY_S)[0]:
        longest_s = max(longest_s, _wait_for_turn(connection))
        connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('neighbour', ?)", (str(writes),))
        connection.execute("COMMIT")
        writes += 1
    connection.close()
    print(json.dumps({"longest_s": longest_s, "writes": writes}))


def _wait_for_turn(connection: sqlite3.Connection) -> float:
    began = time.perf_counter()
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            # SQLite's own waiting looks ever more seldom, up to 100 ms, and would tell more than was held.
            time.sleep(_TRY_S)
        else:
            return time.perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1])
