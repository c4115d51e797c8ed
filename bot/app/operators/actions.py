"""The registry of what operators can order by a button: a name, and the function that carries it out.

Knows no transport and no table. A button orders an action once; a question asked first is an action
too, whose answer brings the buttons that decide.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: what it says, the action it orders, and what that is about (a record's id, a day; empty if nothing)."""

    label: str
    action: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What operators are told, in English plain text, with rows of buttons beneath it."""

    text: str
    offers: tuple[tuple[Offer, ...], ...] = ()


# What the order is about, and now (aware UTC) → what came of it. A VigilError is told as its one line.
Perform = Callable[[str, datetime], Awaitable[Told]]


@dataclass(frozen=True, slots=True)
class Action:
    """`repeatable` if carrying it out a second time, after a crash in the midst of the first, does no harm."""

    perform: Perform
    repeatable: bool = True


class Actions:
    """Every action by its name; names are lower-case ASCII."""

    def __init__(self) -> None:
        self._by_name: dict[str, Action] = {}

    def add(self, name: str, perform: Perform, *, repeatable: bool = True) -> None:
        """Have buttons order this; a name serves once."""
        if name in self._by_name:
            raise ValueError(f"two actions of the name {name}")
        self._by_name[name] = Action(perform, repeatable)

    def get(self, name: str) -> Action | None:
        """The action of that name; None where this version has none (an older message's button)."""
        return self._by_name.get(name)
