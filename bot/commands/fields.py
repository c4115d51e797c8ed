"""Every setting of a chat: what it is called, how it stands, what is offered, and what a choice means.

Imports no transport. `settings` and `setup` show them; the wording of each stands here alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any, cast

from bot.agenda.hearing import EVERYTHING, FOLLOWS_ONLY
from bot.agenda.wishes import FactRate, Rhythm
from bot.chats.chat import ChatSettings
from bot.commands.asking import Asking
from bot.commands.labels import city_of, language_name
from bot.commands.places import find_places
from bot.commands.topics import offered_topics, topic_name, wished
from bot.posts.translations import LANGUAGES, Translator

ON, OFF = "on", "off"
COMMON_HOURS = (7, 8, 9, 12, 18, 20)
COMMON_ZONES = (
    "Europe/Minsk",
    "Europe/Vilnius",
    "Europe/Warsaw",
    "Europe/Kyiv",
    "Europe/Berlin",
    "Europe/London",
    "Asia/Tbilisi",
    "America/New_York",
    "UTC",
)
LEADS = (1, 3, 7, 14, 30)
MOST_TOPICS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its text, its value as a command takes it, whether it is chosen now."""

    text: str
    value: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A setting. `taken` is what a value changes, null where it is none; `a_row` choices stand beside one another.

    `stays` keeps its page open after a choice, since several may be made.
    """

    title: Callable[[Translator], str]
    shown: Callable[[Asking], str]
    choices: Callable[[Asking], Sequence[Choice]]
    taken: Callable[[Asking, str], ChatSettings | None]
    hint: Callable[[Translator], str] = lambda _: ""
    a_row: int = 2
    stays: bool = False


def zone_label(zone: str, asking: Asking) -> str:
    """`Minsk (Europe/Minsk)`."""
    city = city_of(zone, asking.language)
    return city if city == zone else f"{city} ({zone})"


def when_posted(asking: Asking) -> str:
    """`09:00, Minsk (Europe/Minsk)`."""
    return f"{asking.at:%H:%M}, {zone_label(asking.zone, asking)}"


def _languages(asking: Asking) -> list[Choice]:
    return [Choice(language_name(code, code), code, code == asking.chosen_language) for code in LANGUAGES]


def _language_taken(_: Asking, value: str) -> ChatSettings | None:
    return {"language": value} if value in LANGUAGES else None


def _zones(asking: Asking) -> list[Choice]:
    return [Choice(city_of(zone, asking.language), zone, zone == asking.zone) for zone in COMMON_ZONES]


def _zone_taken(_: Asking, value: str) -> ChatSettings | None:
    found = find_places(value)
    return {"zone": found[0].zone} if len(found) == 1 else None


def _hours(asking: Asking) -> list[Choice]:
    return [Choice(f"{hour:02}:00", f"{hour:02}:00", asking.at == time(hour)) for hour in COMMON_HOURS]


def _hour_taken(_: Asking, value: str) -> ChatSettings | None:
    try:
        return {"at": time.fromisoformat(value).replace(second=0, microsecond=0, tzinfo=None)}
    except ValueError:
        return None


def _topics(asking: Asking) -> list[Choice]:
    chosen = asking.wishes.topics or {EVERYTHING}
    offered = [*offered_topics(asking.calendar)[:MOST_TOPICS], FOLLOWS_ONLY]
    return [Choice(topic_name(topic, asking), topic, topic in chosen) for topic in offered]


def _topic_taken(asking: Asking, value: str) -> ChatSettings | None:
    """One topic more or less; everything, days of solidarity alone and people alone exclude what is beside them."""
    if value not in (*offered_topics(asking.calendar), FOLLOWS_ONLY):
        return None
    if value in (EVERYTHING, FOLLOWS_ONLY):
        topics = frozenset({value})
    else:
        topics = (asking.wishes.topics ^ {value}) - {EVERYTHING, FOLLOWS_ONLY}
    return {"wishes": replace(asking.wishes, topics=frozenset() if topics == {EVERYTHING} else topics)}


def _leads(asking: Asking) -> list[Choice]:
    leads, t = asking.wishes.leads, asking.t
    usual = Choice(t.pgettext("reminders", "As usual"), "usual", leads is None)
    none = Choice(t.pgettext("reminders", "None"), "0", leads == ())
    days = [Choice(_days(lead, t), str(lead), lead in (leads or ())) for lead in LEADS]
    return [usual, none, *days]


def _days(count: int, t: Translator) -> str:
    return t.ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _leads_shown(asking: Asking) -> str:
    return ", ".join(choice.text for choice in _leads(asking) if choice.is_chosen) or ", ".join(
        _days(lead, asking.t) for lead in asking.wishes.leads or ()
    )


def _lead_taken(asking: Asking, value: str) -> ChatSettings | None:
    if value not in ("usual", "0", *map(str, LEADS)):
        return None
    leads: tuple[int, ...] | None = None
    if value != "usual":
        chosen = {int(value)} ^ set(asking.wishes.leads or ()) if value != "0" else set[int]()
        leads = tuple(sorted(chosen, reverse=True))
    return {"wishes": replace(asking.wishes, leads=leads)}


def _facts(asking: Asking) -> list[Choice]:
    t = asking.t
    names: dict[FactRate, str] = {
        "daily": t.pgettext("facts", "Every quiet day"),
        "weekly": t.pgettext("facts", "Once a week"),
        "never": t.pgettext("facts", "Never"),
    }
    return _named(names, asking.wishes.facts)


def _rhythms(asking: Asking) -> list[Choice]:
    t = asking.t
    names: dict[Rhythm, str] = {
        "each": t.pgettext("rhythm", "Each date on its day"),
        "weekly": t.pgettext("rhythm", "All of a week on Monday"),
        "monthly": t.pgettext("rhythm", "All of a month on the 1st"),
    }
    return _named(names, asking.wishes.rhythm)


def _named(names: Mapping[Any, str], chosen: str) -> list[Choice]:
    return [Choice(name, value, value == chosen) for value, name in names.items()]


def _wish(name: str, choices: Callable[[Asking], Sequence[Choice]]) -> Callable[[Asking, str], ChatSettings | None]:
    """What one of these choices makes of the wish of that name."""

    def taken(asking: Asking, value: str) -> ChatSettings | None:
        if value not in {choice.value for choice in choices(asking)}:
            return None
        changed: dict[str, Any] = {name: value}
        return {"wishes": replace(asking.wishes, **changed)}

    return taken


def _on_or_off(is_on: Callable[[Asking], bool]) -> Callable[[Asking], Sequence[Choice]]:
    def choices(asking: Asking) -> list[Choice]:
        t = asking.t
        return [
            Choice(t.pgettext("switch", "On"), ON, is_on(asking)),
            Choice(t.pgettext("switch", "Off"), OFF, not is_on(asking)),
        ]

    return choices


def _switched(name: str) -> Callable[[Asking, str], ChatSettings | None]:
    def taken(_: Asking, value: str) -> ChatSettings | None:
        return cast(ChatSettings, {name: value == ON}) if value in (ON, OFF) else None

    return taken


def _chosen(choices: Callable[[Asking], Sequence[Choice]]) -> Callable[[Asking], str]:
    return lambda asking: ", ".join(choice.text for choice in choices(asking) if choice.is_chosen)


FIELDS: dict[str, Field] = {
    "language": Field(lambda t: t.gettext("Language"), _chosen(_languages), _languages, _language_taken),
    "zone": Field(
        lambda t: t.gettext("Time zone"),
        lambda asking: zone_label(asking.zone, asking),
        _zones,
        _zone_taken,
        lambda t: t.gettext("Choose a place, or send the name of a city."),
        a_row=3,
    ),
    "at": Field(
        lambda t: t.gettext("Hour"),
        lambda asking: f"{asking.at:%H:%M}",
        _hours,
        _hour_taken,
        lambda t: t.gettext("Choose an hour, or send one such as 18:30."),
        a_row=3,
    ),
    "topics": Field(lambda t: t.gettext("What"), wished, _topics, _topic_taken, stays=True),
    "leads": Field(
        lambda t: t.gettext("Reminders before a date"),
        _leads_shown,
        _leads,
        _lead_taken,
        lambda t: t.gettext("As usual: 7 days and 1 day before days of solidarity. Never before a day of death."),
        a_row=3,
        stays=True,
    ),
    "facts": Field(lambda t: t.gettext("Facts"), _chosen(_facts), _facts, _wish("facts", _facts), a_row=3),
    "rhythm": Field(lambda t: t.gettext("Dates"), _chosen(_rhythms), _rhythms, _wish("rhythm", _rhythms), a_row=1),
    "pictures": Field(
        lambda t: t.gettext("Pictures"),
        _chosen(_on_or_off(lambda asking: asking.pictures)),
        _on_or_off(lambda asking: asking.pictures),
        _switched("pictures"),
    ),
    "silent": Field(
        lambda t: t.gettext("Without a sound"),
        _chosen(_on_or_off(lambda asking: asking.silent)),
        _on_or_off(lambda asking: asking.silent),
        _switched("silent"),
    ),
    "discreet": Field(
        lambda t: t.gettext("Discreet mode"),
        _chosen(_on_or_off(lambda asking: asking.discreet)),
        _on_or_off(lambda asking: asking.discreet),
        _switched("discreet"),
        lambda t: t.gettext(
            "Neutral first lines, no names and no pictures in notifications; commands and answers are deleted "
            "after an hour, posts within two days. Telegram itself still knows."
        ),
    ),
}
