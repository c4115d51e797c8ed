"""What kinds of events, calls, languages and zones are called in the reader's language.

Pure. Every label stands in the nominative: put it after a colon or alone on its line.
"""

from babel import Locale, UnknownLocaleError

from bot.posts.dates import number, partial_date
from bot.posts.translations import Translator
from bot.posts.wording import label, one_line
from bot.records.model import Event

# The database renamed the zone in 2022; CLDR keeps the city under the old name.
_CLDR_ZONES = {"Europe/Kyiv": "Europe/Kiev"}


def event_label(event: Event, t: Translator) -> str:
    """What happened, in a word or two: the record's own title where it has one."""
    if event.title is not None:
        return label(event.title, t.language)
    if event.kind == "sentence" and event.term is not None and not event.of_group:
        return _sentence_label(event.term.years, event.term.to_years, t)
    return {
        "arrest": t.pgettext("event", "arrest"),
        "detention": t.pgettext("event", "detention"),
        "sentence": t.pgettext("event", "sentence"),
        "death": t.pgettext("event", "death in custody") if event.in_custody else t.pgettext("event", "death"),
        "release": t.pgettext("event", "release"),
        "disappearance": t.pgettext("event", "start of incommunicado detention"),
        "birth": t.pgettext("event", "birth"),
        "statement": t.pgettext("event", "statement"),
        "resolution": t.pgettext("event", "resolution"),
        "election": t.pgettext("event", "election"),
        "rally": t.pgettext("event", "rally"),
        "repression": t.pgettext("event", "repression"),
    }[event.kind]


def _sentence_label(years: int, to_years: int | None, t: Translator) -> str:
    most = to_years if to_years is not None else years
    span = number(years, t.language) if to_years is None else f"{years}–{to_years}"
    message = t.npgettext("event", "sentence: %(span)s year", "sentence: %(span)s years", most)
    return message % {"span": span}


def tag_label(tag: str, t: Translator) -> str:
    """What a call asks for."""
    return {
        "release": t.pgettext("call for", "Release"),
        "care": t.pgettext("call for", "Care and rights in custody"),
        "solidarity": t.pgettext("call for", "Solidarity"),
        "diplomacy": t.pgettext("call for", "Diplomacy"),
        "justice": t.pgettext("call for", "Justice"),
        "aid": t.pgettext("call for", "Aid"),
        "visas": t.pgettext("call for", "Visas"),
        "sanctions": t.pgettext("call for", "Sanctions"),
        "assets": t.pgettext("call for", "Assets"),
        "transit": t.pgettext("call for", "Transit"),
    }.get(tag, tag)


def status_label(status: str, t: Translator) -> str:
    """A status of custody, as a single report has it."""
    return {
        "imprisoned": t.pgettext("custody", "imprisoned"),
        "disappeared": t.pgettext("custody", "imprisoned, held incommunicado"),
        "released": t.pgettext("custody", "released"),
    }[status]


def date_label(event: Event, t: Translator) -> str:
    """`14 July 2021`, `2023 (“early 2023”)`, `“in February”`, or that no date is given."""
    said = t.gettext("“%(words)s”") % {"words": one_line(event.as_said)} if event.as_said else ""
    if event.date is None:
        return said or t.gettext("date not given")
    when = partial_date(event.date, t.language)
    says_no_more = (event.as_said or "").removeprefix("in ") == partial_date(event.date, "en")
    return when if not said or says_no_more or event.date.precision == "day" else f"{when} ({said})"


def language_name(code: str, language: str) -> str:
    """A language's name in a language, with a large first letter; its code where CLDR has none."""
    try:
        name = Locale.parse(code).get_language_name(language) or code
    except (UnknownLocaleError, ValueError):
        name = code
    return str(name[:1].upper() + name[1:])


def city_of(zone: str, language: str) -> str:
    """The city that stands for a zone, `Minsk`; the zone's own name where it has no city."""
    if zone.startswith("Etc/") or "/" not in zone:
        return _offset(zone)
    exemplar = Locale(language).time_zones.get(_CLDR_ZONES.get(zone, zone), {}).get("city")
    return str(exemplar or zone.rsplit("/", 1)[-1].replace("_", " "))


def _offset(zone: str) -> str:
    """`UTC+3` for `Etc/GMT-3`, whose sign is turned round in the zone database."""
    name = zone.removeprefix("Etc/")
    if name.startswith("GMT") and name[3:4] in ("+", "-"):
        return f"UTC{'−' if name[3] == '+' else '+'}{name[4:]}"
    return name
