"""What a row of the table says: a measure, what was reached, the goal, and whether it is met. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["Figure", "Rounds", "failed", "median", "spread"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `how` are numbers behind it, in words."""

    measure: str
    reached: str
    goal: str
    met: bool
    how: str = ""


@dataclass(frozen=True, slots=True)
class Rounds:
    """How often and how large: five rounds of the real size, or one of a smaller one to try things."""

    number: int = 5
    quick: bool = False

    def size(self, real: int, smaller: int) -> int:
        """The size to measure at."""
        return smaller if self.quick else real


def failed(measure: str, error: BaseException) -> Figure:
    """The line of a measurement that broke off."""
    return Figure(measure, f"broke off: {type(error).__name__}: {str(error)[:200]}", "a figure", False)


def spread(values: Sequence[float], written: Callable[[float], str]) -> str:
    """The median, with the lowest and the highest behind it where there are several."""
    middle = written(median(values))
    return middle if len(values) == 1 else f"{middle} ({written(min(values))} to {written(max(values))})"
