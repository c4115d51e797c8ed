"""A query → people, best first.

Pure.
"""

from itertools import permutations

import numpy as np

from bot.names.asked import Asked, asked_words
from bot.names.judging import Level, levels
from bot.names.keys import Numbers, Scores
from bot.names.people import People

SURNAME_WEIGHT, FIRST_WEIGHT = 0.62, 0.38
SURNAME_ALONE = 0.90
FIRST_ALONE = 0.70
INITIAL = 0.75
REVERSED = 0.004
CASES_DIFFER = 0.015
OBLIQUE = 0.002
WORD_LEFT_OVER = 0.03
_SURNAME_ENOUGH = 0.85
_WORST = 0.6

Found = tuple[str, str, float, Level]


def search(people: People, query: str, limit: int) -> list[Found]:
    """People as (id, name, score, match), best first; those equally good in the order of their ids."""
    by_id = people.number.get(query.strip().lower())
    if by_id is not None:
        exact: Found = (people.ids[by_id], people.names[by_id], 100.0, "sure")
        return [exact][:limit]
    asked = asked_words(query)
    if not asked or not people.ids:
        return []
    numbers, scores = _ranked(people, asked, max(limit, 2))
    found = zip(numbers, scores, levels(people, asked, numbers, scores), strict=True)
    return [(people.ids[n], people.names[n], round(100 * s, 1), level) for n, s, level in found if s >= _WORST][:limit]


def _ranked(people: People, asked: list[Asked], limit: int) -> tuple[list[int], list[float]]:
    surnames = [
        (
            people.surname_scores(people.surnames.near(a.forms)),
            people.surname_scores(people.surnames.exactly(a.as_surname)),
        )
        for a in asked
    ]
    numbers, total = _alone(people, asked[0], surnames[0]) if len(asked) == 1 else _together(people, asked, surnames)
    best = np.lexsort((numbers, -np.round(total, 4)))[:limit]
    return [int(n) for n in numbers[best]], [min(max(float(s), 0.0), 1.0) for s in total[best]]


def _alone(people: People, asked: Asked, surname: tuple[Scores, Scores]) -> tuple[Numbers, Scores]:
    """Scores for one word: a surname or, where it is none, a first name."""
    total = SURNAME_ALONE * np.maximum(surname[0], surname[1] - CASES_DIFFER)
    if float(total.max()) < SURNAME_ALONE * _SURNAME_ENOUGH:
        everybody = np.arange(len(people.ids), dtype=np.int32)
        first = np.maximum(people.first_names.near(asked.forms), people.first_names.exactly(asked.as_first_name))
        total = np.maximum(total, FIRST_ALONE * people.first_name_scores(first, everybody))
    numbers = np.flatnonzero(total).astype(np.int32)
    found: Scores = total[numbers]
    return numbers, found


def _together(people: People, asked: list[Asked], surnames: list[tuple[Scores, Scores]]) -> tuple[Numbers, Scores]:
    """Scores for several words: each taken for the surname, with each other for the first name."""
    numbers = np.flatnonzero(np.maximum.reduce([scores for pair in surnames for scores in pair])).astype(np.int32)
    lasts = [(upright[numbers], oblique[numbers]) for upright, oblique in surnames]
    firsts = [_first_name_scores(people, a, numbers) for a in asked]
    best = np.zeros(len(numbers), np.float32)
    for s, f in permutations(range(len(asked)), 2):
        cost = (REVERSED if s < f else 0.0) + WORD_LEFT_OVER * (len(asked) - 2)
        best = np.maximum(best, _paired(lasts[s], firsts[f]) - cost)
    return numbers, best


def _first_name_scores(people: People, asked: Asked, numbers: Numbers) -> tuple[Scores, Scores]:
    names = people.first_names
    if len(asked.word) == 1:
        initial = people.first_name_scores(names.beginning_with(asked.forms[0].coarse, INITIAL), numbers)
        return initial, np.zeros_like(initial)
    return (
        people.first_name_scores(names.near(asked.forms), numbers),
        people.first_name_scores(names.exactly(asked.as_first_name), numbers),
    )


def _paired(last: tuple[Scores, Scores], first: tuple[Scores, Scores]) -> Scores:
    """Surname and first name both as they stand, or both restored from a case; one of each costs a little."""
    upright = SURNAME_WEIGHT * last[0] + FIRST_WEIGHT * first[0]
    oblique = SURNAME_WEIGHT * last[1] + FIRST_WEIGHT * first[1] - OBLIQUE
    mixed = SURNAME_WEIGHT * np.maximum(*last) + FIRST_WEIGHT * np.maximum(*first) - CASES_DIFFER
    best: Scores = np.maximum(np.maximum(upright, oblique), mixed)
    return best
