"""The messages of the catalogues as a translator reads them: id, where it is used, and what stands for it.

Read once from the `.po` files, as the texts themselves are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel.messages.pofile import read_po

from bot.posts.translations import DOMAINS, LANGUAGES, Key, catalogue_path


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its English forms, the files of its room that use it, and what translators are told."""

    key: Key
    forms: tuple[str, ...]
    places: tuple[str, ...]
    remarks: tuple[str, ...]


@cache
def messages() -> Mapping[Key, Message]:
    """Every message of every domain, as the catalogues of any language have it, in their order."""
    found: dict[Key, Message] = {}
    for domain in DOMAINS:
        for language in LANGUAGES[1:]:
            for key, (message, _) in _catalogue(domain, language).items():
                found.setdefault(key, message)
    return found


def forms(key: Key, language: str) -> tuple[str, ...]:
    """What stands for a message in a language, one text for each of its plurals; empty where it is missing."""
    if language == LANGUAGES[0]:
        return messages()[key].forms if key in messages() else (key[2],)
    _, said = _catalogue(key[0], language).get(key, (None, ()))
    return said if said and all(text.strip() for text in said) else ()


@cache
def _catalogue(domain: str, language: str) -> dict[Key, tuple[Message, tuple[str, ...]]]:
    path = catalogue_path(domain, language)
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    found = {}
    for entry in catalogue:
        ids = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
        if ids[0]:
            key = (domain, entry.context or None, ids[0])
            said = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
            places = tuple(dict.fromkeys(place for place, _ in entry.locations))
            # gettext leaves out what is marked fuzzy, and so do we.
            found[key] = (Message(key, ids, places, tuple(entry.auto_comments)), () if entry.fuzzy else said)
    return found
