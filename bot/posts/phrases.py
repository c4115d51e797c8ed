"""What happened, to whom and how long ago, as phrases that inflect no name, role or month.

Pure. Each kind of event has its own message, so that a translation may turn the phrase around:
Belarusian puts the name first, where it stays in the nominative.
"""

from collections.abc import Sequence

from bot.posts.dates import listing, number, partial_date
from bot.posts.translations import Translator, translator
from bot.posts.wording import label, name_of
from bot.records.collection import Calendar
from bot.records.model import Event
from bot.records.vocabulary import EventKind

NAMES_IN_A_LINE = 4


def names_of(calendar: Calendar, people: Sequence[str], language: str, *, others: int = 0) -> str:
    """`A, B and C`, or `A, B, C and 7 others` beyond four; `others` are people left unnamed."""
    t = translator("posts", language)
    shown = people if len(people) <= NAMES_IN_A_LINE else people[: NAMES_IN_A_LINE - 1]
    others += len(people) - len(shown)
    names = [name_of(calendar.people[person], language) for person in shown]
    if others:
        more = t.ngettext("%(count)s other", "%(count)s others", others)
        names.append(more % {"count": number(others, language)})
    return listing(names, language)


def since(event: Event, names: str, span: str, language: str) -> str:
    """`three years since the death in custody of Ihar Lednik`."""
    return _since_message(event, translator("posts", language)) % {"span": span, "names": names}


def event_phrase(event: Event, calendar: Calendar, language: str, *, people: Sequence[str] | None = None) -> str:
    """`arrest of A, B and C (14 July 2021)`; the record's own title where it has one.

    `people` narrows the names to those; by default all of the event's, with its unnamed others.
    """
    t = translator("posts", language)
    of_all = people is None or tuple(people) == event.people
    if event.title is not None and (of_all or not event.people):
        what = label(event.title, language)
    else:
        named = event.people if people is None else people
        names = names_of(calendar, named, language, others=(event.others or 0) if of_all else 0)
        what = _noun_message(event, t) % {"names": names}
    if event.date is None:
        return t.gettext("%(what)s (date not given)") % {"what": what}
    return t.gettext("%(what)s (%(date)s)") % {"what": what, "date": partial_date(event.date, language)}


def kind_label(event: Event, language: str) -> str:
    """`Death in custody`: what an event is, standing alone."""
    t = translator("posts", language)
    if event.kind == "death" and event.in_custody:
        return t.pgettext("kind", "Death in custody")
    labels: dict[EventKind, str] = {
        "arrest": t.pgettext("kind", "Arrest"),
        "detention": t.pgettext("kind", "Detention"),
        "sentence": t.pgettext("kind", "Sentence"),
        "death": t.pgettext("kind", "Death"),
        "release": t.pgettext("kind", "Release"),
        "disappearance": t.pgettext("kind", "Incommunicado detention"),
        "birth": t.pgettext("kind", "Birth"),
        "statement": t.pgettext("kind", "Statement"),
        "resolution": t.pgettext("kind", "Resolution"),
        "election": t.pgettext("kind", "Election"),
        "rally": t.pgettext("kind", "Rally"),
        "repression": t.pgettext("kind", "Repression"),
    }
    return labels[event.kind]


def years_span(years: int, language: str) -> str:
    """`three years`, `21 years`: in words up to ten where the language likes it."""
    t = translator("posts", language)
    count = _small_numbers(t)[years - 1] if 1 <= years <= 10 else number(years, language)
    return t.npgettext("time since", "%(count)s year", "%(count)s years", years) % {"count": count}


def days_span(days: int, language: str) -> str:
    """`1,500 days`."""
    message = translator("posts", language).npgettext("time since", "%(count)s day", "%(count)s days", days)
    return message % {"count": number(days, language)}


def _since_message(event: Event, t: Translator) -> str:
    if event.kind == "death" and event.in_custody:
        return t.gettext("%(span)s since the death in custody of %(names)s")
    messages: dict[EventKind, str] = {
        "arrest": t.gettext("%(span)s since the arrest of %(names)s"),
        "detention": t.gettext("%(span)s since the detention of %(names)s"),
        "sentence": t.gettext("%(span)s since the sentencing of %(names)s"),
        "release": t.gettext("%(span)s since the release of %(names)s"),
        "disappearance": t.gettext("%(span)s since the start of incommunicado detention: %(names)s"),
        "death": t.gettext("%(span)s since the death of %(names)s"),
        "birth": t.gettext("birthday of %(names)s (%(span)s)"),
    }
    return messages.get(event.kind) or t.gettext("%(span)s since: %(names)s")


def _noun_message(event: Event, t: Translator) -> str:
    if event.kind == "death" and event.in_custody:
        return t.gettext("death in custody of %(names)s")
    messages: dict[EventKind, str] = {
        "arrest": t.gettext("arrest of %(names)s"),
        "detention": t.gettext("detention of %(names)s"),
        "sentence": t.gettext("sentencing of %(names)s"),
        "release": t.gettext("release of %(names)s"),
        "disappearance": t.gettext("incommunicado detention of %(names)s"),
        "death": t.gettext("death of %(names)s"),
        "birth": t.gettext("birth of %(names)s"),
    }
    return messages.get(event.kind) or t.gettext("concerning %(names)s")


def _small_numbers(t: Translator) -> tuple[str, ...]:
    return (
        t.pgettext("number of years", "one"),
        t.pgettext("number of years", "two"),
        t.pgettext("number of years", "three"),
        t.pgettext("number of years", "four"),
        t.pgettext("number of years", "five"),
        t.pgettext("number of years", "six"),
        t.pgettext("number of years", "seven"),
        t.pgettext("number of years", "eight"),
        t.pgettext("number of years", "nine"),
        t.pgettext("number of years", "ten"),
    )
