"""The calendar in memory: read once, and taken apart anew whenever what is held changes."""

from bot.agenda.occurrences import Rules
from bot.app.edition import CalendarEdition
from bot.outbox.holds import Holds
from bot.records.collection import Calendar


class Shelf:
    """What may be said at this moment. Replacing the edition is one assignment, so every reader sees a whole one."""

    def __init__(self, calendar: Calendar, rules: Rules, contact: str | None) -> None:
        self._whole = calendar
        self._rules = rules
        self._contact = contact
        self._held: Holds | None = None
        self.edition = CalendarEdition(calendar, rules, contact)

    def calendar(self) -> Calendar:
        """The calendar without what is held."""
        return self.edition.calendar

    def hold(self, holds: Holds) -> bool:
        """Take out what is held from now on; True if that changed anything."""
        if holds == self._held:
            return False
        self._held = holds
        calendar = self._whole.without(people=holds.people, events=holds.events, sources=holds.sources)
        self.edition = CalendarEdition(calendar, self._rules, self._contact)
        return True
