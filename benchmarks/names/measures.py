"""What is asked of a way to look people up, and how well it answered."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.names.queries import Queries, Query, Spellings

Found = Sequence[tuple[str, float, str]]
"""People found, best first: id, score, match."""
Find = Callable[[str], Found]


@dataclass
class Measure:
    """Which queries of one measure were answered rightly, and how long each took."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[Query, Found]] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)

    @property
    def right_percent(self) -> float:
        """The share of right answers."""
        return 100 * self.right.total() / max(self.asked.total(), 1)

    @property
    def wrong_percent(self) -> float:
        """The share of wrong answers."""
        return 100 - self.right_percent


def measure(find: Find, asked: Iterable[Query], is_right: Callable[[Found, Query], bool]) -> Measure:
    """Asks every query once."""
    result = Measure()
    for query in asked:
        start = time.perf_counter()
        found = find(query.text)
        result.times_ms.append(1000 * (time.perf_counter() - start))
        result.asked[query.kind] += 1
        if is_right(found, query):
            result.right[query.kind] += 1
        else:
            result.wrong.append((query, found[:3]))
    return result


def measures(find: Find, asked: Queries, names: Spellings, people: Spellings) -> dict[str, Measure]:
    """Every measure of one half, by name."""
    real = [*asked.spellings, *asked.oblique]
    return found_first(find, asked, names) | {
        "nobody": measure(find, asked.nobody, lambda found, _: sure(found).isdisjoint(people)),
        "nobody of all": measure(find, asked.nobody, lambda found, _: not sure(found)),
        "sure and right": measure(find, real, lambda found, query: sure(found) == {query.person}),
        "sure and wrong": measure(find, real, lambda found, query: sure(found) <= {query.person}),
    }


def found_first(find: Find, asked: Queries, names: Spellings) -> dict[str, Measure]:
    """The measures of who comes first, which even a way that never says how sure it is can be held to."""
    return {
        "spellings": measure(find, asked.spellings, lambda found, query: is_within(found, query.person, 1)),
        "typos": measure(find, asked.typos, lambda found, query: is_within(found, query.person, 3)),
        "oblique": measure(find, asked.oblique, lambda found, query: is_within(found, query.person, 1)),
        "surnames": measure(find, asked.surnames, lambda found, query: _bears_the_surname(found, query, names)),
    }


def is_within(found: Found, person: str, count: int) -> bool:
    """Whether the person is among the first so many; whoever has the same score stands before."""
    own = next((score for person_id, score, _ in found if person_id == person), None)
    return own is not None and sum(score >= own for person_id, score, _ in found if person_id != person) < count


def sure(found: Found) -> set[str]:
    """Who was answered as sure."""
    return {person_id for person_id, _, match in found if match == "sure"}


def _bears_the_surname(found: Found, query: Query, names: Spellings) -> bool:
    """Whether the person is within the first three, others of the very same surname left out: each is as good."""
    own = {name.split()[-1].casefold() for name in names[query.person]}
    others = [f for f in found if f[0] == query.person or own.isdisjoint(n.split()[-1].casefold() for n in names[f[0]])]
    return is_within(others, query.person, 3)


def times_ms(measured: Iterable[Measure]) -> tuple[float, float]:
    """Median and 99th percentile of all the times."""
    times = sorted(time_ms for one in measured for time_ms in one.times_ms)
    return statistics.median(times), times[int(0.99 * len(times))]
