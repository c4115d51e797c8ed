"""A query → people, best first.

Pure.
"""

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from bot.names.asked import Asked, asked_words
from bot.names.judging import Level, levels
from bot.names.people import People

SURNAME_WEIGHT, FIRST_WEIGHT = 0.62, 0.38
SURNAME_ALONE = 0.90
FIRST_ALONE = 0.70
REVERSED = 0.004
WORD_LEFT_OVER = 0.03
PATRONYMIC_LEFT_OVER = 0.002
INITIAL = 0.75
_MOST_BEARERS = 3000
_MOST_FOUND = 50
_WORST = 0.6

Vector = NDArray[np.float32]


def search(people: People, query: str) -> list[tuple[str, str, float, Level]]:
    """People as (id, name, score, match), best first."""
    by_id = people.number.get(query.strip().lower())
    if by_id is not None:
        return [(people.ids[by_id], people.names[by_id], 100.0, "sure")]
    asked = asked_words(query)
    if not asked or not people.ids:
        return []
    numbers, scores = _ranked(people, asked)
    return [
        (people.ids[n], people.names[n], round(100 * score, 1), level)
        for n, score, level in zip(numbers, scores, levels(people, asked, numbers, scores), strict=True)
        if score >= _WORST
    ]


def _ranked(people: People, asked: list[Asked]) -> tuple[list[int], list[float]]:
    near = [people.surnames.near(a.forms, a.restored) for a in asked]
    candidates = _bearers(people, near)
    if len(asked) == 1:
        first = people.first_names.near(asked[0].forms, asked[0].restored)
        strong = np.flatnonzero((first[people.first_of] > 0.85).any(axis=1))[:_MOST_BEARERS].astype(np.int32)
        candidates = np.union1d(candidates, strong)
    if not len(candidates):
        return [], []
    surname = [_surname_scores(people, keys, scores)[candidates] for keys, scores in near]
    firsts = [_first_scores(people, a, candidates) for a in asked]
    total = _total(asked, surname, firsts)
    order = np.lexsort((candidates, -total))[:_MOST_FOUND]
    return [int(n) for n in candidates[order]], [float(s) for s in total[order]]


def _bearers(people: People, near: list[tuple[NDArray[np.int32], Vector]]) -> NDArray[np.int32]:
    found = [people.bearers[key][0] for keys, _ in near for key in keys]
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int32)


def _surname_scores(people: People, keys: NDArray[np.int32], scores: Vector) -> Vector:
    found = np.zeros(len(people.ids), np.float32)
    for key, score in zip(keys[::-1], scores[::-1], strict=True):
        bearers, weights = people.bearers[key]
        found[bearers] = np.maximum(found[bearers], score * weights)
    return found


def _first_scores(people: People, asked: Asked, candidates: NDArray[np.int32]) -> Vector:
    scores = people.first_names.near(asked.forms, asked.restored)
    best: Vector = np.max(scores[people.first_of[candidates]], axis=1)
    return best


def _total(asked: list[Asked], surname: list[Vector], firsts: list[Vector]) -> Vector:
    if len(asked) == 1:
        alone: Vector = np.maximum(SURNAME_ALONE * surname[0], FIRST_ALONE * firsts[0])
        return alone
    best: Vector = np.zeros(len(surname[0]), np.float32)
    for s, f in permutations(range(len(asked)), 2):
        cost = REVERSED if s < f else 0.0
        cost += sum(WORD_LEFT_OVER for n, a in enumerate(asked) if n not in (s, f))
        best = np.maximum(best, SURNAME_WEIGHT * surname[s] + FIRST_WEIGHT * firsts[f] - cost)
    return best
