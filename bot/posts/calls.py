"""Calls told as what they were on their day: who called on whom, never that they still stand.

Pure.
"""

from collections.abc import Sequence

from bot.posts.citations import source_line
from bot.posts.dates import partial_date
from bot.posts.translations import translator
from bot.posts.wording import label
from bot.records.collection import Calendar
from bot.records.model import Call


def call_line(call: Call, calendar: Calendar, language: str) -> str:
    """`On 21 May 2024: call by the European Union to the authorities of Belarus`."""
    t = translator("posts", language)
    source = calendar.source_of(call.quotes[0])
    words = {"by": label(call.by, language), "to": label(call.to, language) if call.to else "", "source": ""}
    if source.date is None or source.date.day is None:
        words["source"] = source_line(source, language)
        if call.to:
            return t.gettext("Call by %(by)s to %(to)s, in: %(source)s") % words
        return t.gettext("Call by %(by)s, in: %(source)s") % words
    words["date"] = partial_date(source.date, language)
    if call.to:
        return t.gettext("On %(date)s: call by %(by)s to %(to)s") % words
    return t.gettext("On %(date)s: call by %(by)s") % words


def told_once(calls: Sequence[Call]) -> list[Call]:
    """The calls without those whose words stand within another's, which then names no addressee of its own."""
    told: list[Call] = []
    for call in calls:
        wider = [other for other in calls if other is not call and _contains(other, call)]
        if wider:
            continue
        narrower = [other for other in calls if other is not call and _contains(call, other)]
        same = all(other.to == call.to for other in narrower)
        told.append(call if same else call.model_copy(update={"to": None}))
    return told


def call_caution(language: str) -> str:
    """The sentence that stands beside a call made earlier."""
    return translator("posts", language).gettext("It may have been met or dropped since.")


def _contains(call: Call, other: Call) -> bool:
    """Whether a call's words hold those of another one; of two alike, the first by id holds the second."""
    mine, theirs = call.quotes[0], other.quotes[0]
    if mine.source != theirs.source or theirs.exact not in mine.exact:
        return False
    return mine.exact != theirs.exact or call.id < other.id
