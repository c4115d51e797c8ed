"""The calendar at one revision, as the outbox asks for it: who hears something, and what.

Pure but for rendering; kept answers make a broadcast compose each post once.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from bot.agenda.facts import Fact
from bot.agenda.hearing import Heard, heard, span_told, told_on
from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import Rules
from bot.agenda.wishes import Wishes
from bot.chats.address import ChatKind
from bot.outbox.edition import ChatView
from bot.posts.composing import composed
from bot.posts.discreet import discreet_post
from bot.posts.framing import framed
from bot.posts.post import Post
from bot.posts.restating import heard_again, stands, with_stated
from bot.posts.stated import Stated
from bot.posts.voice import Voice
from bot.records.collection import Calendar

# With their pictures, of some 75 KB each.
_POSTS_KEPT = 32


class CalendarEdition:
    """One revision of the calendar, holds taken out. `contact` goes into posts (`VIGIL_CONTACT`)."""

    def __init__(self, calendar: Calendar, rules: Rules, contact: str | None) -> None:
        self.calendar = calendar
        self._rules = rules
        self._contact = contact
        self._posts: dict[tuple[ChatView, Slot, date], Post | None] = {}

    @property
    def revision(self) -> str:
        """Equal revisions say the same things."""
        return self.calendar.revision

    @property
    def people(self) -> Collection[str]:
        """The ids of everyone who can be followed."""
        return self.calendar.people.keys()

    def slots(self, wishes: Wishes, on: date) -> frozenset[Slot]:
        """The slots in which a chat with these wishes hears something on its day `on`."""
        return frozenset(heard(self.calendar, wishes, on=on, rules=self._rules))

    def concerned(self, wishes: Wishes, on: date) -> Mapping[Slot, frozenset[str]]:
        """Whom that day's occurrences concern, by slot, at the leads of these wishes."""
        found: dict[Slot, frozenset[str]] = {}
        for occurrence in told_on(self.calendar, wishes, on, self._rules):
            found[occurrence.slot] = found.get(occurrence.slot, frozenset()) | frozenset(occurrence.people)
        return found

    def compose(self, view: ChatView, slot: Slot, on: date) -> Post | None:
        """The post for such a chat; None where nothing is left to say."""
        key = (view, slot, on)
        if key not in self._posts:
            if len(self._posts) >= _POSTS_KEPT:
                self._posts.clear()
            self._posts[key] = self._composed(view, slot, on, told_on=on)
        return self._posts[key]

    def posts_on(self, on: date, language: str, *, told_on: date | None = None) -> list[tuple[Slot, Post]]:
        """What a chat that hears everything gets on a day, slot by slot.

        `told_on` is the day taken as today, `on` itself if null: what was last reported is told as of it.
        """
        view = ChatView(language, Wishes(), ChatKind.PRIVATE)
        slots = heard(self.calendar, view.wishes, on=on, rules=self._rules)
        posts = ((slot, self._composed(view, slot, on, told_on=told_on or on)) for slot in slots)
        return [(slot, post) for slot, post in posts if post is not None]

    def voice(self, language: str, on: date) -> Voice:
        """How a post speaks on a day."""
        return Voice(language, on, self._rules.shelf_life_days, self._contact)

    def stands(self, stated: Stated) -> bool:
        """Whether all that a post stated could still be said."""
        return stands(self.calendar, stated)

    def corrected(self, stated: Stated, corrected_on: date) -> Post | None:
        """The post in place of one that stated this; None where a reader would see no difference."""
        from bot.posts.correction import correction  # noqa: PLC0415

        what = heard_again(self.calendar, stated, self._rules)
        bare = replace(stated, claims=(), occurrences=(), fact=None)
        post = None if what is None else self._told(what, bare, stated.on, pictured=stated.picture is not None)
        return correction(post, stated, corrected_on)

    def _composed(self, view: ChatView, slot: Slot, on: date, *, told_on: date) -> Post | None:
        what = heard(self.calendar, view.wishes, on=on, rules=self._rules).get(slot)
        if what is None:
            return None
        if view.discreet:
            return discreet_post(view.language, slot, on)
        _, last = span_told(view.wishes, on) or (on, on)
        stated = Stated(view.language, on, on if isinstance(what, Fact) else last, slot)
        return framed(self._told(what, stated, told_on, pictured=view.pictures), view.opening, view.signature)

    def _told(self, what: Heard, stated: Stated, told_on: date, *, pictured: bool) -> Post:
        span = (stated.on, stated.last)
        voice = self.voice(stated.language, told_on)
        post = composed(self.calendar, what, voice, slot=stated.slot, span=span, pictured=pictured)
        return with_stated(post, self.calendar, what, stated, self._rules)
