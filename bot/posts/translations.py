"""Translated messages: gettext catalogues read through Babel, one domain per room that speaks.

The message id is the English text. A `.po` file is read and compiled in memory at its first use, so
no compiled catalogue can go stale beside it. Imports nothing of Vigil.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import ParamSpec

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DOMAINS = ("posts", "commands", "doors")
# English first: it is the language of the message ids, and what a missing translation falls back to.
LANGUAGES = ("en", "be", "ru", "uk", "pl", "lt", "de")

_ROOMS = Path(__file__).parents[1]


P = ParamSpec("P")
# A message as catalogues know it: its domain, its context, and its id in the singular.
Key = tuple[str, str | None, str]

_asked: ContextVar[dict[Key, None] | None] = ContextVar("asked", default=None)


@contextmanager
def asked_messages() -> Iterator[dict[Key, None]]:
    """The messages that are asked for inside, each once, in the order in which they were."""
    asked: dict[Key, None] = {}
    token = _asked.set(asked)
    try:
        yield asked
    finally:
        _asked.reset(token)


class Translator:
    """The messages of one domain in one language, as gettext's functions give them."""

    def __init__(self, domain: str, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self._domain = domain
        self.gettext = self._noting(catalogue.gettext)
        self.ngettext = self._noting(catalogue.ngettext)
        self.pgettext = self._noting(catalogue.pgettext, has_context=True)
        self.npgettext = self._noting(catalogue.npgettext, has_context=True)

    def _noting(self, translate: Callable[P, str], *, has_context: bool = False) -> Callable[P, str]:
        """The same function, which writes down what it is asked for where somebody wants to know."""

        def noted(*args: P.args, **kwargs: P.kwargs) -> str:
            asked = _asked.get()
            if asked is not None:
                context, message = args[:2] if has_context else (None, args[0])
                asked[self._domain, None if context is None else str(context), str(message)] = None
            return translate(*args, **kwargs)

        return noted


@cache
def translator(domain: str, language: str) -> Translator:
    """The messages of a domain in this language; English where the language has no catalogue."""
    path = catalogue_path(domain, language)
    if language == LANGUAGES[0] or not path.is_file():
        return Translator(domain, LANGUAGES[0], NullTranslations())
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translator(domain, language, GNUTranslations(compiled))


def catalogue_path(domain: str, language: str) -> Path:
    """Where the catalogue of a domain in a language stands, whether or not it has been written."""
    return locale_dir(domain) / language / "LC_MESSAGES" / f"{domain}.po"


def locale_dir(domain: str) -> Path:
    """The folder of a domain's catalogues."""
    return room_dir(domain) / "locale"


def room_dir(domain: str) -> Path:
    """The folder of the room that speaks in this domain."""
    return _ROOMS / domain
