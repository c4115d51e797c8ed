"""Rules on names: people are called as the documents call them, and no name is two people's."""

import re
import unicodedata
from collections.abc import Iterator

from bot.records.holding import spellings
from bot.records.loading import Loaded
from bot.records.model import Source
from bot.records.problems import Problem, shown
from bot.records.quotes import count


def spellings_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """A spelling is as its document has it."""
    for person in loaded.calendar.people.values():
        file = loaded.files[f"people/{person.id}"]
        for number, spelling in enumerate(person.spellings):
            key = f"spellings.{number}"
            if spelling.source is None:
                continue
            if spelling.source not in loaded.calendar.sources:
                yield Problem(file, key, shown(spelling.source), "the id of a source", "there is no such source")
            elif not count(loaded.calendar.documents.get(spelling.source, ""), spelling.name):
                message = f"this spelling does not stand in {spelling.source}"
                yield Problem(file, key, shown(spelling.name), "a name as the document prints it", message)


def documents_that_print_a_name_are_listed(loaded: Loaded) -> Iterator[Problem]:
    """Each document that prints a known spelling of a person is listed with it."""
    for person in loaded.calendar.people.values():
        listed = {(spelling.name, spelling.source) for spelling in person.spellings}
        # A surname alone may be a relative's.
        for name in sorted({spelling.name for spelling in person.spellings if " " in spelling.name}):
            for source, document in loaded.calendar.documents.items():
                if (name, source) not in listed and count(document, name):
                    file, message = loaded.files[f"people/{person.id}"], f"{source} prints this name too"
                    yield Problem(file, "spellings", shown(name), f"{name} with source: {source}", message)


def names_are_one_persons(loaded: Loaded) -> Iterator[Problem]:
    """No spelling or display name is that of two people."""
    owners: dict[str, str] = {}
    for person in loaded.calendar.people.values():
        for name in sorted(spellings(person)):
            if (other := owners.setdefault(name.casefold(), person.id)) != person.id:
                file, message = loaded.files[f"people/{person.id}"], f"{other} has this name too"
                yield Problem(file, "spellings", shown(name), "a name of this person alone", message)


def names_follow_the_newest_document(loaded: Loaded) -> Iterator[Problem]:
    """The English name is the newest document's spelling, and the id is made from it."""
    for person in loaded.calendar.people.values():
        file = loaded.files[f"people/{person.id}"]
        quoted = [s for s in person.spellings if s.source in loaded.calendar.sources and _is_latin(s.name)]
        if not quoted and any(s.source in loaded.calendar.sources for s in person.spellings):
            continue
        if not quoted:
            yield Problem(file, "spellings", "none from a document", "at least one", "no document names this person")
            continue
        newest = max(quoted, key=lambda s: _order(loaded.calendar.sources[str(s.source)])).name
        if person.names.en != newest:
            message = "the name shown is the one in the newest document"
            yield Problem(file, "names.en", shown(person.names.en), shown(newest), message)
        elif person.id != _slug(person.names.en):
            yield Problem(file, "id", shown(person.id), _slug(person.names.en), "the id is made from the English name")


def _is_latin(name: str) -> bool:
    return re.search(r"[^\W\d_]", name) is not None and not re.search(r"[\u0400-\u04ff]", name)


def _order(source: Source) -> tuple[bool, str]:
    return (source.date is not None, source.date.last.isoformat() if source.date else "")


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
