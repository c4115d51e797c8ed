"""The calendar for those who show it: only records whose quotes and references stand.

Not the rulebook, which is long and `vigil check`'s: what is asked here is asked at every start.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.records.collection import Calendar
from bot.records.loading import Loaded, load
from bot.records.problems import Problem, RecordsError
from bot.records.rules import quotes, references, sources, spellings

# Nothing may be shown as quoted that stands in no document, and nothing looked up that is not there.
_ASKED: tuple[Callable[[Loaded], Iterator[Problem]], ...] = (
    quotes.quotes_stand_in_their_documents,
    references.people_exist,
    sources.source_dates_stand_in_their_documents,
    spellings.spellings_stand_in_their_documents,
)


def load_calendar(calendar_dir: Path, seeds_dir: Path) -> Calendar:
    """The calendar; RecordsError with every fault that a file, key, quote or reference has."""
    loaded = load(calendar_dir, seeds_dir)
    # A record that cannot be read is missed by others: they are asked once all are there.
    problems = loaded.problems or [problem for rule in _ASKED for problem in rule(loaded)]
    if problems:
        raise RecordsError(problems)
    return loaded.calendar
