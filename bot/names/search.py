"""A query → people, best first.

Pure.
"""

from itertools import permutations

import numpy as np

from bot.names.asked import Asked, asked_words
from bot.names.judging import Level, levels
from bot.names.keys import Numbers, Scored, Scores
from bot.names.people import People

SURNAME_WEIGHT, FIRST_WEIGHT = 0.62, 0.38
SURNAME_ALONE = 0.90
FIRST_ALONE = 0.70
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
    asked = asked_words(query, people.is_double_surname)
    if not asked or not people.ids:
        return []
    numbers, scores = _ranked(people, asked, max(limit, 2))
    found = zip(numbers, scores, levels(people, asked, numbers, scores), strict=True)
    return [(people.ids[n], people.names[n], round(100 * s, 2), level) for n, s, level in found if s >= _WORST][:limit]


def _ranked(people: People, asked: list[Asked], limit: int) -> tuple[list[int], list[float]]:
    numbers, total = _alone(people, asked[0]) if len(asked) == 1 else _together(people, asked)
    best = np.lexsort((numbers, -np.round(total, 4)))[:limit]
    return [int(n) for n in numbers[best]], [min(max(float(s), 0.0), 1.0) for s in total[best]]


def _alone(people: People, asked: Asked) -> tuple[Numbers, Scores]:
    """Scores for one word: a surname or, where it is none, a first name."""
    upright, (oblique, oblique_scores) = people.with_surname(asked, loosely=True)
    found = [(upright[0], SURNAME_ALONE * upright[1]), (oblique, SURNAME_ALONE * (oblique_scores - CASES_DIFFER))]
    if max((float(scores.max(initial=0.0)) for _, scores in found)) < SURNAME_ALONE * _SURNAME_ENOUGH:
        first, scores = people.with_first_name(
            np.maximum(*people.first_names_near(asked, loosely=True)), _WORST / FIRST_ALONE
        )
        found.append((first, FIRST_ALONE * scores))
    numbers = np.unique(np.concatenate([who for who, _ in found]))
    return numbers, np.maximum.reduce([_spread(numbers, one) for one in found])


def _together(people: People, asked: list[Asked]) -> tuple[Numbers, Scores]:
    """Scores for several words: each taken for the surname, with each other for the first name."""
    may_be_surname, may_be_first = _parts(people, asked)
    surnames = [people.with_surname(a, loosely=loosely) for a, loosely in zip(asked, may_be_surname, strict=True)]
    numbers = np.unique(np.concatenate([who for pair in surnames for who, _ in pair]))
    lasts = [(_spread(numbers, upright), _spread(numbers, oblique)) for upright, oblique in surnames]
    firsts = []
    for a, loosely in zip(asked, may_be_first, strict=True):
        upright, oblique = people.first_names_near(a, loosely=loosely)
        firsts.append((people.best_first_name(upright, numbers), people.best_first_name(oblique, numbers)))
    best = np.zeros(len(numbers), np.float32)
    for s, f in permutations(range(len(asked)), 2):
        cost = (REVERSED if s < f else 0.0) + WORD_LEFT_OVER * (len(asked) - 2)
        best = np.maximum(best, _paired(lasts[s], firsts[f]) - cost)
    return numbers, best


def _spread(numbers: Numbers, found: Scored) -> Scores:
    """The scores found, each in the place of its number among the numbers; 0 for the rest."""
    scores = np.zeros(len(numbers), np.float32)
    np.maximum.at(scores, np.searchsorted(numbers, found[0]), found[1])
    return scores


def _parts(people: People, asked: list[Asked]) -> tuple[list[bool], list[bool]]:
    """Which words to seek loosely among the surnames, and which among the first names.

    Where some words are known first names and others not, each is sought loosely only as what it looks like:
    that halves the work, and an exact match is found either way.
    """
    known = [people.is_first_name(a) for a in asked]
    if all(known) or not any(known):
        return [True] * len(asked), [True] * len(asked)
    clear = not any(people.is_surname(a) for a, is_known in zip(asked, known, strict=True) if is_known)
    return [not is_known for is_known in known], [is_known or not clear for is_known in known]


def _paired(last: tuple[Scores, Scores], first: tuple[Scores, Scores]) -> Scores:
    """Surname and first name both as they stand, or both restored from a case; one of each costs a little."""
    upright = SURNAME_WEIGHT * last[0] + FIRST_WEIGHT * first[0]
    oblique = SURNAME_WEIGHT * last[1] + FIRST_WEIGHT * first[1] - OBLIQUE
    mixed = SURNAME_WEIGHT * np.maximum(*last) + FIRST_WEIGHT * np.maximum(*first) - CASES_DIFFER
    best: Scores = np.maximum(np.maximum(upright, oblique), mixed)
    return best
