"""Translated messages: gettext catalogues read through Babel, one domain per room that speaks.

The message id is the English text. A `.po` file is read and compiled in memory at its first use, so
no compiled catalogue can go stale beside it. Imports nothing of Vigil.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DOMAINS = ("posts", "commands", "doors")
# English first: it is the language of the message ids, and what a missing translation falls back to.
LANGUAGES = ("en", "be", "ru", "uk", "pl", "lt", "de")

_ROOMS = Path(__file__).parents[1]


class Translator:
    """The messages of one domain in one language, as gettext's functions give them."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self.gettext = catalogue.gettext
        self.ngettext = catalogue.ngettext
        self.pgettext = catalogue.pgettext
        self.npgettext = catalogue.npgettext


@cache
def translator(domain: str, language: str) -> Translator:
    """The messages of a domain in this language; English where the language has no catalogue."""
    path = catalogue_path(domain, language)
    if language == LANGUAGES[0] or not path.is_file():
        return Translator(LANGUAGES[0], NullTranslations())
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translator(language, GNUTranslations(compiled))


def catalogue_path(domain: str, language: str) -> Path:
    """Where the catalogue of a domain in a language stands, whether or not it has been written."""
    return locale_dir(domain) / language / "LC_MESSAGES" / f"{domain}.po"


def locale_dir(domain: str) -> Path:
    """The folder of a domain's catalogues."""
    return room_dir(domain) / "locale"


def room_dir(domain: str) -> Path:
    """The folder of the room that speaks in this domain."""
    return _ROOMS / domain
