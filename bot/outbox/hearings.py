"""What schedules hear on a day, asked of an edition once each: thousands of hours share a few wishes."""

from collections.abc import Mapping, MutableMapping
from datetime import date
from typing import Any

from bot.agenda.occurrence import Slot
from bot.agenda.wishes import Wishes
from bot.outbox.edition import Edition

_KEPT = 20_000


class Hearings:
    """The answers of one edition, kept while it stands."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self.revision = edition.revision
        self._slots: dict[tuple[Wishes, date], frozenset[Slot]] = {}
        self._followed: dict[tuple[Wishes, date], Mapping[Slot, frozenset[str]]] = {}

    def slots(self, wishes: Wishes, day: date) -> frozenset[Slot]:
        """The slots in which chats with these wishes hear something, whomever they follow."""
        key = (wishes, day)
        if key not in self._slots:
            _make_room(self._slots)
            self._slots[key] = self._edition.slots(wishes, day)
        return self._slots[key]

    def followed(self, wishes: Wishes, day: date) -> Mapping[Slot, frozenset[str]]:
        """Whom to follow in order to hear something in a further slot."""
        key = (wishes, day)
        if key not in self._followed:
            _make_room(self._followed)
            heard = self.slots(wishes, day)
            concerned = self._edition.concerned(wishes, day)
            self._followed[key] = {s: people for s, people in concerned.items() if people and s not in heard}
        return self._followed[key]


def _make_room(answers: MutableMapping[tuple[Wishes, date], Any]) -> None:
    if len(answers) >= _KEPT:
        answers.clear()
