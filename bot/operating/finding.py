"""What the doctor finds: one line each. Pure data, and never a secret in it."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How bad it is: a problem keeps Vigil from doing its work, a warning may one day, or weakens it."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and, where it is not as it should be, what to do."""

    check: str
    mark: Mark
    found: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f" -> {self.advice}" if self.advice else ""
        return f"{self.mark:<8} {self.check}: {self.found}{advice}"

    def as_dict(self) -> dict[str, str]:
        """The shape that `vigil doctor --json` prints."""
        return {"check": self.check, "state": str(self.mark), "found": self.found, "advice": self.advice}


def ok(check: str, found: str) -> Finding:
    """As it should be."""
    return Finding(check, Mark.OK, found)


def warning(check: str, found: str, advice: str) -> Finding:
    """Not as it should be, and yet it works."""
    return Finding(check, Mark.WARNING, found, advice)


def problem(check: str, found: str, advice: str) -> Finding:
    """It does not work, or not for long."""
    return Finding(check, Mark.PROBLEM, found, advice)
