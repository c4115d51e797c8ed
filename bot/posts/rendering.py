"""The Jinja2 environment of every text that Vigil sends, one for each domain and language.

Templates of a room stand in its `templates/` and know the same filters: dates, numbers, names,
labels, quotations and custody labels, all in the language of the environment.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache, partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.posts import calls, citations, dates, figures, wording
from bot.posts.custody_label import custody_label
from bot.posts.translations import room_dir, translator
from bot.posts.voice import Voice
from bot.records.dates import PartialDate

_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)


def render(domain: str, template_name: str, voice: Voice, **context: object) -> str:
    """The HTML of a template of a domain; its context holds `voice` besides what is given."""
    template = environment(domain, voice.language).get_template(template_name)
    return tidy(template.render(voice=voice, **context))


@cache
def environment(domain: str, language: str) -> Environment:
    """The environment of a domain in a language: autoescape, no silent gaps, gettext.

    Filters take the language from here; `quotation` and `attribution` ask for the calendar,
    the function `custody_label` for custody, calendar and voice.
    """
    # autoescape=True holds whatever a template is called.
    env = Environment(
        loader=FileSystemLoader(room_dir(domain) / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    t = translator(domain, language)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        t.gettext, t.ngettext, newstyle=True, pgettext=t.pgettext, npgettext=t.npgettext
    )
    for module, names in _FILTERS.items():
        env.filters |= {name: partial(_in_language, getattr(module, name), language) for name in names}
    env.filters["when"] = partial(_when, language=language)
    env.globals["custody_label"] = custody_label
    return env


_FILTERS = {
    dates: ("full_date", "day_and_month", "month_name", "partial_date", "number", "listing"),
    citations: ("source_line", "attribution", "quotation", "quotations", "sources_line"),
    wording: ("label", "name_of"),
    calls: ("call_line",),
    figures: ("figure_heading", "country_name"),
}


def _in_language(function: Callable[..., str], language: str, *args: object) -> str:
    return function(*args, language)


def _when(value: date | PartialDate, language: str) -> str:
    return dates.partial_date(value, language) if isinstance(value, PartialDate) else dates.full_date(value, language)


def tidy(html: str) -> Markup:
    """Rendered HTML without trailing spaces and runs of empty lines."""
    return Markup(_BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("", html)).strip())  # noqa: S704 (autoescape has done its work)
