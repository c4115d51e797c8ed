"""Figures told with qualifier, date and speaker; older than a year, in the past tense.

Pure. The measure stands before the number, so that nothing has to agree with it.
"""

from datetime import date, timedelta

from babel import Locale

from bot.posts.dates import capitalised, locale_of, number, partial_date
from bot.posts.translations import Translator, translator
from bot.posts.voice import Voice
from bot.posts.wording import one_line
from bot.records.collection import Calendar
from bot.records.model import Figure
from bot.records.vocabulary import Measure

_A_YEAR = timedelta(days=365)


def figure_heading(figure: Figure, language: str) -> str:
    """`Belarus: people considered political prisoners`."""
    measure = _measures(translator("posts", language))[figure.measure]
    if figure.country is None:
        return capitalised(measure)
    return f"{country_name(figure.country, language)}: {measure}"


def figure_line(figure: Figure, calendar: Calendar, voice: Voice) -> str:
    """`As of 22 February 2024 there were 1,420.`"""
    t = translator("posts", voice.language)
    if figure.value is None and calendar.source_of(figure.quotes[0]).language != voice.language:
        return t.gettext("The number is given in words, which stand in the quotation.")
    words = {"amount": _amount(figure, voice.language, t), "date": ""}
    old = is_old(figure, calendar, voice.on)
    if figure.date is None:
        return (t.gettext("There were %(amount)s.") if old else t.gettext("Number given: %(amount)s.")) % words
    words["date"] = partial_date(figure.date, voice.language)
    if old:
        return t.gettext("As of %(date)s there were %(amount)s.") % words
    return t.gettext("As of %(date)s: %(amount)s.") % words


def is_old(figure: Figure, calendar: Calendar, on: date) -> bool:
    """Whether it is more than a year since the figure's day, or its document's; undated ones are old."""
    when = figure.date or calendar.source_of(figure.quotes[0]).date
    return when is None or on - when.first > _A_YEAR


def country_name(code: str, language: str) -> str:
    """A country's name from CLDR, or its code where CLDR has none."""
    return str(Locale.parse(locale_of(language)).territories.get(code, code))


def _amount(figure: Figure, language: str, t: Translator) -> str:
    if figure.value is None:
        words = one_line(figure.words or "")
        return words[:1].lower() + words[1:]
    return _qualified(figure, t) % {"number": number(figure.value, language)}


def _qualified(figure: Figure, t: Translator) -> str:
    match figure.qualifier:
        case "at least":
            return t.gettext("at least %(number)s")
        case "more than":
            return t.gettext("more than %(number)s")
        case "nearly":
            return t.gettext("nearly %(number)s")
        case "about":
            return t.gettext("about %(number)s")
        case None:
            return "%(number)s"


def _measures(t: Translator) -> dict[Measure, str]:
    return {
        "behind-bars": t.pgettext("measure", "people behind bars or awaiting trial"),
        "considered-political-prisoners": t.pgettext("measure", "people considered political prisoners"),
        "on-a-list": t.pgettext("measure", "people on a list of political prisoners"),
        "imprisoned-in-all": t.pgettext("measure", "people imprisoned, in all"),
        "imprisoned-for-protest": t.pgettext("measure", "people put behind bars for peaceful protest and dissent"),
        "convicted-besides": t.pgettext("measure", "people convicted besides those on a list"),
        "died-in-all": t.pgettext("measure", "deaths behind bars, counted together"),
        "died-since": t.pgettext("measure", "further deaths since one death"),
        "released-in-all": t.pgettext("measure", "people released, counted together"),
        "released-in-a-period": t.pgettext("measure", "people released in a period"),
        "released-besides": t.pgettext("measure", "people released besides those named"),
        "pardoned": t.pgettext("measure", "people pardoned, in the words of the source"),
        "remaining": t.pgettext("measure", "prisoners remaining, by that count"),
        "health-disability-age": t.pgettext("measure", "prisoners by health, disability or age"),
        "occupations": t.pgettext("measure", "prisoners by occupation"),
        "added-to-a-suspect-list": t.pgettext("measure", "people added to a list of suspects"),
        "sanctions-list": t.pgettext("measure", "people on a list for sanctions"),
        "assets": t.pgettext("measure", "assets, in the currency of the quotation"),
    }
