"""Templates of the room and what every page of it shares.

Page texts are the gettext domain `doors`; dates are written as in the posts.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton, format_time, get_day_names
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.doors.room.languages import NAMES, language_of
from bot.posts.citations import source_line
from bot.posts.dates import capitalised, day_and_month, full_date, locale_of
from bot.posts.translations import Translator, translator

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


def page(
    request: Request, template: str, *, status: int = 200, language: str | None = None, **context: object
) -> HTMLResponse:
    """A whole page in the request's language; one given is used in its stead (error pages)."""
    speaks = language or language_of(request)
    shared = {"path": request.url.path, "languages": NAMES, "status": status}
    return HTMLResponse(rendered(template, speaks, **(shared | context)), status_code=status)


def rendered(template: str, language: str, **context: object) -> Markup:
    """A template's HTML."""
    return Markup(_environment(language).get_template(template).render(language=language, **context))  # noqa: S704


def words(language: str) -> Translator:
    """The page's own messages in a language."""
    return translator("doors", language)


def link(path: str, language: str, **parameters: object) -> str:
    """An address within the room that carries its language."""
    return f"{path}?{urlencode({**parameters, 'language': language})}"


def weekday_date(day: date, language: str) -> str:
    """`Saturday, 20 February 2027`, beginning with a capital."""
    return capitalised(str(format_date(day, "full", locale=locale_of(language))))


def clock_time(at: datetime, language: str, zone: tzinfo | None) -> str:
    """`09:00` in a zone; null is the machine's own."""
    return str(format_time(at.astimezone(zone), "HH:mm", locale=locale_of(language)))


def month_and_year(day: date, language: str) -> str:
    """`February 2027`."""
    return str(format_skeleton("yMMMM", day, locale=locale_of(language)))


def weekdays(language: str) -> list[tuple[str, str]]:
    """Short and whole names of the days of the week, from Monday."""
    short, whole = (get_day_names(w, "stand-alone", locale_of(language)) for w in ("abbreviated", "wide"))
    return [(short[n], whole[n]) for n in range(7)]


@cache
def _environment(language: str) -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    t = words(language)
    env.install_gettext_callables(t.gettext, t.ngettext, newstyle=True, pgettext=t.pgettext)  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    filters: Mapping[str, Callable[..., str]] = {
        "month_and_year": month_and_year,
        "weekday_date": weekday_date,
        "full_date": full_date,
        "day_and_month": day_and_month,
        "source_line": source_line,
    }
    for name, function in filters.items():
        env.filters[name] = partial(_in_language, function, language)
    env.globals["link"] = partial(_link, language=language)
    return env


def _in_language(function: Callable[..., str], language: str, value: object) -> str:
    return function(value, language)


def _link(path: str, *, language: str, **parameters: object) -> str:
    return link(path, language, **parameters)
