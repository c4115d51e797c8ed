"""The one line that says what an occurrence is: heading of a post, entry of a list, `vigil upcoming`.

Pure. Plain text: whoever puts it into HTML escapes it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.agenda.occurrence import Occurrence
from bot.agenda.occurrences import Rules, concerned
from bot.posts.dates import capitalised, day_and_month, month_name
from bot.posts.phrases import days_span, event_phrase, names_of, since, years_span
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.posts.wording import label
from bot.records.collection import Calendar

CANDLE = "🕯"


def title(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> str:
    """`20 February: three years since the death in custody of Ihar Lednik`, without a candle."""
    t = translator("posts", voice.language)
    if occurrence.kind == "month":
        pages = singles(calendar, [occurrence], voice)
        known = "; ".join(event_phrase(p.events[0], calendar, voice.language, people=p.people) for p in pages)
        month = capitalised(month_name(occurrence.date, voice.language))
        return t.gettext("%(month)s, known only by month: %(what)s") % {"month": month, "what": known}
    what = phrase(calendar, occurrence, voice)
    if occurrence.lead:
        return lead_title(occurrence, what, voice)
    day = capitalised(day_and_month(occurrence.date, voice.language))
    return t.gettext("%(day)s: %(what)s") % {"day": day, "what": what}


def phrase(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> str:
    """What it is, without the day: `three years since the death in custody of Ihar Lednik`."""
    if occurrence.observance is not None:
        return label(occurrence.observance.names, voice.language)
    (event,) = occurrence.events
    language = voice.language
    if occurrence.years is None and occurrence.days is None:
        return event_phrase(event, calendar, language, people=occurrence.people)
    others = (event.others or 0) if occurrence.people == event.people else 0
    names = names_of(calendar, occurrence.people, language, others=others)
    if occurrence.days is not None:
        return since(event, names, days_span(occurrence.days, language), language)
    return since(event, names, years_span(occurrence.years or 0, language), language)


def lead_title(occurrence: Occurrence, what: str, voice: Voice) -> str:
    """`In 7 days: 21 May, Day of Solidarity …`."""
    t = translator("posts", voice.language)
    day = day_and_month(occurrence.date + timedelta(days=occurrence.lead), voice.language)
    if occurrence.lead == 1:
        return t.gettext("Tomorrow: %(day)s, %(what)s") % {"day": day, "what": what}
    message = t.ngettext("In %(count)s day: %(day)s, %(what)s", "In %(count)s days: %(day)s, %(what)s", occurrence.lead)
    return message % {"count": occurrence.lead, "day": day, "what": what}


def singles(calendar: Calendar, occurrences: Iterable[Occurrence], voice: Voice) -> list[Occurrence]:
    """The occurrences with each month page taken apart: one event each, with whom it still concerns."""
    rules = Rules(shelf_life_days=voice.shelf_life_days)
    found: list[Occurrence] = []
    for occurrence in occurrences:
        if occurrence.kind != "month":
            found.append(occurrence)
            continue
        for event in occurrence.events:
            people = tuple(p for p in concerned(calendar, event, occurrence.date, rules) if p in occurrence.people)
            found.append(replace(occurrence, events=(event,), people=people))
    return found
