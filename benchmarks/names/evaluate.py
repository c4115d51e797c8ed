"""Measures look-up by name on one half of the spellings, among fifty thousand made-up names.

    python -m benchmarks.names.evaluate --half tune [--peers] [--failures]

A tie counts as a miss. The frozen half is measured and never looked into: `--failures` refuses it.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from benchmarks.names.bad_input import BAD_INPUT
from benchmarks.names.measures import Find, Found, Measure, found_first, measures, times_ms
from benchmarks.names.peers import token_sort, wratio
from benchmarks.names.queries import TYPOS_A_QUERY, Queries, Spellings, everybody, people, queries
from bot.names import Index

DEEP = 400
"""Answers asked for, so that a person far down is told from one not found, and others of a surname can be left out."""

_ROWS = (
    ("right person first, real spellings", "spellings", "at least 98 %"),
    ("right person within three, one typo", "typos", "at least 96 %"),
    ("oblique, patronymic, reversed, mixed: first", "oblique", "at least 97 %"),
    ("surname alone: within three", "surnames", ""),
    ("nobody's name answered as sure", "nobody", "under 1 %"),
    ("the same, made-up people counted too", "nobody of all", ""),
    ("real name answered as sure, rightly", "sure and right", ""),
    ("real name answered as sure, wrongly", "sure and wrong", ""),
)
_WRONG = ("nobody", "nobody of all", "sure and wrong")


def main() -> None:
    """Runs the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=("tune", "frozen"), default="tune")
    parser.add_argument("--peers", action="store_true", help="measure rapidfuzz over anyascii too")
    parser.add_argument("--failures", action="store_true", help="list what failed (tune half only)")
    chosen = parser.parse_args()
    if chosen.failures and chosen.half == "frozen":
        sys.exit("The frozen half is not looked into.")
    asked_for, asked = people(), queries(chosen.half)
    names = everybody(asked_for, asked)
    index = _built(names)
    _tell_times(index, asked)
    found = {"Vigil": measures(_deep(index), asked, names, asked_for)}
    if chosen.peers:
        # They take a hundred times as long: one typo a query is enough.
        fewer = replace(asked, typos=asked.typos[::TYPOS_A_QUERY])
        found["WRatio"] = found_first(wratio(names, DEEP), fewer, names)
        found["token_sort"] = found_first(token_sort(names, DEEP), fewer, names)
    _tell(found)
    _tell_kinds(found["Vigil"])
    few = measures(_deep(Index(asked_for)), asked, names, asked_for)
    print(f"\nOnly the {len(asked_for)} people indexed: nobody's name sure {few['nobody'].wrong_percent:.2f} %, "
          f"real spellings first {few['spellings'].right_percent:.2f} %")  # fmt: skip
    if chosen.failures:
        _tell_failures(found["Vigil"])


def _built(names: Spellings) -> Index:
    """The index of all names; tells how long it took and what memory it needs, the libraries apart."""
    before_mb, start = _memory_mb("VmRSS"), time.perf_counter()
    Index({"jane-doe": ["Jane Doe"]}).find("Jane Doe")
    loaded_s, loaded_mb = time.perf_counter() - start, _memory_mb("VmRSS") - before_mb
    gc.collect()
    start, processor_start = time.perf_counter(), time.process_time()
    index = Index(names)
    built_s, processor_s = time.perf_counter() - start, time.process_time() - processor_start
    gc.collect()
    print(f"{len(names):,} people. Libraries and the list of first names: {loaded_s:.2f} s, {loaded_mb:.0f} MB.")
    more_mb, peak_mb = (_memory_mb(line) - before_mb for line in ("VmRSS", "VmHWM"))
    print(f"Built in {built_s:.2f} s, of the processor {processor_s:.2f} s (goal under 1). Memory, libraries and all: "
          f"{more_mb:.0f} MB more, {peak_mb:.0f} MB at the peak (goal under 150).")  # fmt: skip
    return index


def _memory_mb(line: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(entry for entry in status if entry.startswith(line)).split()[1]) / 1024


def _tell_times(index: Index, asked: Queries) -> None:
    """Times of answering with as many people as commands ask for, by the clock and of the processor."""
    everything = [*asked.spellings, *asked.typos, *asked.oblique, *asked.surnames, *asked.nobody]
    for name, clock in (("clock", time.perf_counter), ("processor", time.thread_time)):
        median, late = times_ms([Measure(times_ms=_each_ms(index, [query.text for query in everything], clock))])
        worst = max(_each_ms(index, BAD_INPUT, clock))
        print(f"A query, {name}: median {median:.2f} ms (goal under 2), 99th percentile {late:.2f} ms (goal under 8); "
              f"bad input at most {worst:.1f} ms (goal under 20).")  # fmt: skip
    print()


def _each_ms(index: Index, texts: Iterable[str], clock: Callable[[], float]) -> list[float]:
    times = []
    for text in texts:
        start = clock()
        index.find(text)
        times.append(1000 * (clock() - start))
    return times


def _deep(index: Index) -> Find:
    def find(query: str) -> Found:
        return [(match.person_id, match.score, match.match) for match in index.find(query, limit=DEEP)]

    return find


def _tell(found: Mapping[str, Mapping[str, Measure]]) -> None:
    print("| measure | goal | " + " | ".join(found) + " |")
    print("|---|---|" + "---|" * len(found))
    for title, name, goal in _ROWS:
        shares = [_share(name, measured[name]) if name in measured else "" for measured in found.values()]
        print(f"| {title} | {goal} | " + " | ".join(shares) + " |")
    print("| ms, median / 99th percentile (all answers) | | ", end="")
    print(" | ".join("{:.1f} / {:.1f}".format(*times_ms(measured.values())) for measured in found.values()) + " |")


def _share(name: str, measured: Measure) -> str:
    percent = measured.wrong_percent if name in _WRONG else measured.right_percent
    count = len(measured.wrong) if name in _WRONG else measured.right.total()
    return f"{percent:.2f} % ({count} of {measured.asked.total()})"


def _tell_kinds(measured: Mapping[str, Measure]) -> None:
    print("\nRight answers by kind:")
    for name in ("spellings", "oblique", "nobody"):
        one = measured[name]
        print(
            f"  {name}: " + ", ".join(f"{kind} {one.right[kind]}/{count}" for kind, count in sorted(one.asked.items()))
        )


def _tell_failures(measured: Mapping[str, Measure]) -> None:
    for name, one in measured.items():
        for query, found in one.wrong if name != "sure and right" else ():
            answer = ", ".join(f"{person} {score:.1f} {match}" for person, score, match in found)
            print(f"    {name}: {query.text} ({query.person}, {query.kind}) → {answer}")


if __name__ == "__main__":
    main()
