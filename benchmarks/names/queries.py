"""The queries of one half, the people they mean, and the names to look among."""

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.names.distractors import Name, distractors
from benchmarks.names.typos import with_a_typo

HERE = Path(__file__).parent
TYPOS_SEED = 20270221
TYPOS_A_QUERY = 3

Spellings = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, of what kind, and whom it means; for nobody's name, whom it resembles."""

    person: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Queries:
    """All queries of one half, by what is asked of them."""

    spellings: list[Query]
    typos: list[Query]
    oblique: list[Query]
    surnames: list[Query]
    nobody: list[Query]


def people() -> dict[str, tuple[str, str, str]]:
    """The people asked for, by id."""
    return {row[0]: (row[1], row[2], row[3]) for row in _rows("people.tsv")}


def queries(half: str) -> Queries:
    """The queries of a half; typos are made from its spellings, the same ones every time."""
    spellings = [query for query in _queries(f"{half}.tsv") if query.kind != "alias"]
    oblique = _queries(f"oblique-{half}.tsv")
    return Queries(
        spellings=spellings,
        typos=_with_typos(spellings),
        oblique=[query for query in oblique if query.kind != "surname"],
        surnames=[query for query in oblique if query.kind == "surname"],
        nobody=_queries(f"nobody-{half}.tsv"),
    )


def everybody(asked_for: Mapping[str, tuple[str, str, str]], half: Queries) -> dict[str, Sequence[str]]:
    """The people asked for among the made-up ones, none of whom carries a name that is asked for."""
    own = [name for spellings in asked_for.values() for name in spellings]
    asked = [query.text for query in (*half.spellings, *half.oblique, *half.nobody)]
    taken = frozenset(name.casefold() for name in (*own, *asked))
    return {**asked_for, **distractors([Name(*spellings) for spellings in asked_for.values()], taken)}


def _with_typos(queries: Sequence[Query]) -> list[Query]:
    chance = random.Random(TYPOS_SEED)
    return [
        Query(query.person, with_a_typo(chance, query.text), "typo") for query in queries for _ in range(TYPOS_A_QUERY)
    ]


def _queries(name: str) -> list[Query]:
    return [Query(*row) for row in _rows(name)]


def _rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
