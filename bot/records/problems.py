"""What is wrong with a record, for the volunteer who wrote it. Pure data."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.errors import VigilError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the file, the key in it, what was found, what is expected, and one sentence."""

    file: str
    key: str
    found: str
    expected: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.message} (found {self.found}; expected {self.expected})"

    def as_dict(self) -> dict[str, str]:
        """The shape that `vigil check --json` prints."""
        return asdict(self)


class RecordsError(VigilError):
    """The calendar cannot be used; `problems` holds every fault found, by file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        more = f" (and {len(problems) - 1} more; `vigil check` lists them)" if len(problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}")


def shown(value: object, most: int = 80) -> str:
    """A value as it may be shown in a message: quoted, on one line, not endless."""
    text = " ".join(str(value).split())
    return f"“{text[: most - 1]}…”" if len(text) > most else f"“{text}”"
