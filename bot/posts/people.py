"""Who a post is about: what each is known for, and what was last reported of each one's custody.

Pure. People who share an event each get their own status.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.posts.custody_label import custody_line, documents_end, ends_before_today
from bot.posts.dates import number
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.posts.wording import label, name_of, sentence
from bot.records.collection import Calendar
from bot.records.custody import custody

PEOPLE_IN_AN_ENTRY = 12


@dataclass(frozen=True, slots=True)
class Portrait:
    """A person as a post shows them, in the post's language; `custody` is empty after a death.

    `ends` is true where the report of custody is past its shelf life, which must then be said.
    """

    id: str
    name: str
    about: str
    custody: str
    ends: bool
    fresh: bool


def portrait(calendar: Calendar, person_id: str, voice: Voice) -> Portrait:
    """A person as told on the day the voice speaks; the age only after a death, when it stays true."""
    now = custody(calendar, person_id, on=voice.on, shelf_life_days=voice.shelf_life_days)
    # Known to have died later than the day taken as now: of such a one nothing is said of custody either.
    died = custody(calendar, person_id, on=date.max).status == "died"
    return Portrait(
        id=person_id,
        name=name_of(calendar.people[person_id], voice.language),
        about=_about(calendar, person_id, voice.language, with_age=died),
        custody="" if died else sentence(custody_line(now, calendar, voice.language)),
        ends=not died and ends_before_today(now),
        fresh=now.fresh,
    )


def portraits(calendar: Calendar, people: Sequence[str], voice: Voice) -> tuple[Portrait, ...]:
    """The first of these people; a post names how many it leaves out."""
    return tuple(portrait(calendar, person, voice) for person in people[:PEOPLE_IN_AN_ENTRY])


def end_together(people: Sequence[Portrait]) -> bool:
    """Whether every report of custody is past its shelf life, so that saying it once is true of all."""
    reported = [person.ends for person in people if person.custody]
    return bool(reported) and all(reported)


def _about(calendar: Calendar, person_id: str, language: str, *, with_age: bool) -> str:
    """`Civil society activist, member of …. Aged 64.`; empty where the record says nothing."""
    person = calendar.people[person_id]
    parts = [sentence(label(person.known_for.labels, language))] if person.known_for else []
    if with_age and person.age is not None:
        aged = translator("posts", language).ngettext("Aged %(count)s.", "Aged %(count)s.", person.age.years)
        parts.append(aged % {"count": number(person.age.years, language)})
    return " ".join(parts)


def told_lines(people: Sequence[Portrait], voice: Voice, *, left: int = 0) -> list[str]:
    """All that is said of these people; `left` is how many more there are, who are not shown."""
    once = end_together(people)
    lines = lines_about(people, voice, end_once=once)
    if left:
        more = translator("posts", voice.language).ngettext("and %(count)s more", "and %(count)s more", left)
        lines.append(more % {"count": number(left, voice.language)})
    return [*lines, documents_end(voice.language)] if once else lines


def lines_about(people: Sequence[Portrait], voice: Voice, *, end_once: bool) -> list[str]:
    """The lines about these people: by name where there are several.

    With `end_once` the end of our documents is left to be said once, below.
    """
    end = "" if end_once else documents_end(voice.language)
    if len(people) == 1:
        return [line for line in (people[0].about, _custody_with_end(people[0], end)) if line]
    told = ((person.name, _joined(person.about, _custody_with_end(person, end))) for person in people)
    return [f"{name}: {text}" for name, text in told if text]


def _custody_with_end(person: Portrait, end: str) -> str:
    return _joined(person.custody, end if person.ends else "")


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
