"""Custody told as a label: what was last reported, by whom and when; never that anyone is in prison.

Pure.
"""

from markupsafe import Markup

from bot.posts.citations import sources_line
from bot.posts.dates import partial_date
from bot.posts.translations import Translator, translator
from bot.posts.voice import Voice
from bot.posts.wording import label
from bot.records.collection import Calendar
from bot.records.custody import Custody
from bot.records.dates import PartialDate


def custody_label(custody: Custody, calendar: Calendar, voice: Voice) -> Markup:
    """`Last reported: imprisoned (Amnesty International, 14 July 2025)`.

    Past the shelf life it adds that our documents end there.
    """
    line = Markup.escape(custody_line(custody, calendar, voice.language))
    if not ends_before_today(custody):
        return line
    return Markup("{}. {}").format(line, documents_end(voice.language)) if custody.quotes else line


def custody_line(custody: Custody, calendar: Calendar, language: str) -> str:
    """The label alone, as plain text without its full stop."""
    t = translator("posts", language)
    if not custody.quotes:
        return t.gettext("Our documents do not speak of custody: we do not know whether they are free today.")
    words = {"status": _status(custody, calendar, language), "as_of": "", "sources": ""}
    words["sources"] = sources_line(custody.quotes, calendar, language)
    is_death = custody.status == "died"
    if custody.as_of is None or _is_dated_as_published(custody.as_of, custody, calendar):
        if is_death:
            return t.gettext("Reported: %(status)s (%(sources)s)") % words
        return t.gettext("Last reported: %(status)s (%(sources)s)") % words
    words["as_of"] = partial_date(custody.as_of, language)
    if is_death:
        return t.gettext("Reported: %(status)s (%(as_of)s; %(sources)s)") % words
    return t.gettext("Last reported: %(status)s (as of: %(as_of)s; %(sources)s)") % words


def documents_end(language: str) -> str:
    """The sentence that follows a report past its shelf life."""
    t = translator("posts", language)
    return t.gettext("Our documents end there: we do not know whether they are free today.")


def ends_before_today(custody: Custody) -> bool:
    """Whether a report of this person's custody is past its shelf life."""
    return bool(custody.quotes) and not custody.fresh


def _status(custody: Custody, calendar: Calendar, language: str) -> str:
    status = _status_word(custody, calendar, translator("posts", language))
    return f"{status}, {label(custody.detail, language)}" if custody.detail else status


def _status_word(custody: Custody, calendar: Calendar, t: Translator) -> str:
    if custody.status == "imprisoned":
        return t.pgettext("custody", "imprisoned")
    if custody.status == "disappeared":
        return t.pgettext("custody", "imprisoned, held incommunicado")
    if custody.status == "released":
        return t.pgettext("custody", "released")
    if _is_in_custody(custody, calendar):
        return t.pgettext("custody", "death in custody")
    return t.pgettext("custody", "death")


def _is_in_custody(custody: Custody, calendar: Calendar) -> bool:
    """Whether the death these quotes report was one in custody, by the event they belong to."""
    deaths = (event for event in calendar.events.values() if event.kind == "death" and event.in_custody)
    return any(all(quote in event.quotes for quote in custody.quotes) for event in deaths)


def _is_dated_as_published(as_of: PartialDate, custody: Custody, calendar: Calendar) -> bool:
    return any(calendar.source_of(quote).date == as_of for quote in custody.quotes)
