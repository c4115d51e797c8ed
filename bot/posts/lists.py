"""Three or more occurrences of a slot as one list that fits a message, each person one tap away.

Pure but for rendering.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.agenda.occurrence import Slot
from bot.posts import buttons
from bot.posts.custody_label import documents_end
from bot.posts.cuts import TEXT_CHARS
from bot.posts.dates import capitalised, day_and_month
from bot.posts.entries import Entry, stated
from bot.posts.people import end_together, lines_about
from bot.posts.post import Button, Post, length_utf16
from bot.posts.rendering import render
from bot.posts.translations import translator
from bot.posts.voice import Voice

# No message holds more, so that of thousands of anniversaries (9 to 12 August 2020) few are composed.
MOST_IN_A_LIST = 120


@dataclass(frozen=True, slots=True)
class _Item:
    text: str
    sources: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands around the entries: `heading` above them, `why` the button to all their quotes."""

    heading: str
    is_memorial: bool
    why: Button


def list_post(entries: Sequence[Entry], voice: Voice, *, slot: Slot, on: date, total: int) -> Post:
    """The list of one day: as many entries as fit, how many of the total are left out, a button a person."""
    of = Listing(_heading(slot, on, voice), slot is Slot.MEMORIAL, buttons.why_day(on, slot, voice))
    return listed(entries, voice, of, total=total)


def listed(entries: Sequence[Entry], voice: Voice, of: Listing, *, total: int) -> Post:
    """As many entries as fit, how many of the total are left out, and a button for each person shown."""

    def is_too_long(count: int) -> bool:
        return length_utf16(Post(_html(entries[:count], voice, of, left=total - count)).text) > TEXT_CHARS

    # The number of entries just before the first that is too many, and never none.
    count = max(1, bisect_left(range(1, len(entries) + 1), True, key=is_too_long))
    shown = entries[:count]
    people = buttons.people(person for entry in shown for person in entry.people)
    return Post(
        _html(shown, voice, of, left=total - count),
        buttons.rows([of.why, *people]),
        records=stated(shown),
    )


def _html(shown: Sequence[Entry], voice: Voice, of: Listing, *, left: int) -> str:
    once = end_together([person for entry in shown for person in entry.people])
    return render(
        "posts",
        "list.html.jinja",
        voice,
        is_memorial=of.is_memorial,
        heading=of.heading,
        items=[_Item(entry.item, entry.sources, _custody_lines(entry, voice, end_once=once)) for entry in shown],
        left=left,
        end_once=once,
        documents_end=documents_end(voice.language),
    )


def _heading(slot: Slot, on: date, voice: Voice) -> str:
    t = translator("posts", voice.language)
    message = t.gettext("%(day)s: in memory") if slot is Slot.MEMORIAL else t.gettext("%(day)s: dates we keep")
    return message % {"day": capitalised(day_and_month(on, voice.language))}


def _custody_lines(entry: Entry, voice: Voice, *, end_once: bool) -> list[str]:
    return lines_about(entry.without_about().people, voice, end_once=end_once)
