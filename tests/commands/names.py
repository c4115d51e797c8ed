"""A plain look-up for the tests: whole spellings are sure, shared words are near."""

from dataclasses import dataclass
from typing import Literal

from bot.records.collection import Calendar
from bot.records.holding import spellings


@dataclass(frozen=True, slots=True)
class FoundName:
    person_id: str
    name: str
    score: float
    match: Literal["sure", "near", "maybe"]


class PlainFinder:
    """Compares words in small letters with every spelling in the calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self._names = [(p.id, name) for p in calendar.people.values() for name in sorted(spellings(p))]

    def find(self, query: str, *, limit: int = 10) -> list[FoundName]:
        asked = set(query.casefold().split())
        best: dict[str, FoundName] = {}
        for person_id, name in self._names:
            words = set(name.casefold().split())
            score = 100 * len(asked & words) / max(len(asked), 1)
            is_sure = bool(asked & words) and asked <= words
            match: Literal["sure", "near"] = "sure" if is_sure else "near"
            found = FoundName(person_id, name, score, match)
            if score and (person_id not in best or best[person_id].score < score):
                best[person_id] = found
        return sorted(best.values(), key=lambda found: -found.score)[:limit]
