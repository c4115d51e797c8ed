"""Upkeep of the translation catalogues: `python -m bot.posts.catalogues --check | --update [DOMAIN]`.

`--check` lists what is missing, stale, empty or wrong in them; `--update` writes the messages of
templates and code into them and keeps what is translated. The commands of the check and the update
are for those who write and translate; the bot itself never calls them.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from bot.posts.translations import DOMAINS, LANGUAGES, catalogue_path, room_dir

_METHODS = [("**.py", "python"), ("**.jinja", "jinja2.ext:babel_extract")]
_OPTIONS = {"**.jinja": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
# gettext's own names beside what Babel knows by default.
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%|%")
_TRANSLATED = LANGUAGES[1:]

Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """A catalogue and what to call it in a complaint."""

    name: str
    language: str
    messages: Catalog


def catalogue_problems() -> list[str]:
    """What is missing, stale, empty or wrong in any catalogue, one line each; empty if all is well."""
    return [problem for domain in DOMAINS for problem in _problems_of(domain)]


def extracted(domain: str) -> Catalog:
    """Every message of a domain's templates and code, without translations."""
    found = Catalog(domain=domain, fuzzy=False)
    room = room_dir(domain)
    rows = extract_from_dir(room, _METHODS, _OPTIONS, keywords=_KEYWORDS, comment_tags=("Translators:",))
    for path, _, message, comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
        found.add(message, locations=[(path, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return found


def update(domain: str) -> None:
    """Bring the catalogues of a domain up to date; new messages stand empty until translated."""
    template = extracted(domain)
    for language in _TRANSLATED if len(template) else ():
        path = catalogue_path(domain, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = _read(domain, language).messages if path.is_file() else Catalog(locale=language, fuzzy=False)
        fresh = Catalog(locale=language, domain=domain, project="Vigil", version="", fuzzy=False, header_comment="#")
        for message in template:
            if message.id:
                string = _translation(known, message)
                comments = message.auto_comments
                fresh.add(message.id, string, message.locations, auto_comments=comments, context=message.context)
        with path.open("wb") as file:
            write_po(file, fresh, width=110, omit_header=True)
        path.write_text(_header(language) + path.read_text(encoding="utf-8"), encoding="utf-8")


def _translation(known: Catalog, message: Message) -> str | tuple[str, ...] | list[str]:
    before = known.get(_singular(message), context=message.context)
    if before is not None and before.string and before.pluralizable == message.pluralizable:
        return before.string
    return [""] * known.num_plurals if message.pluralizable else ""


def _header(language: str) -> str:
    """The header that gettext needs and nothing that changes from day to day."""
    plural = get_plural(language)
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={plural.num_plurals}; plural={plural.plural_expr};\\n"\n\n'
    )


def _read(domain: str, language: str) -> _Catalogue:
    path = catalogue_path(domain, language)
    with path.open("rb") as file:
        return _Catalogue(f"{domain}.po ({language})", language, read_po(file, locale=language))


def _problems_of(domain: str) -> Iterator[str]:
    wanted = {_key(message): message for message in extracted(domain) if message.id}
    if not wanted:
        return
    for language in _TRANSLATED:
        if not catalogue_path(domain, language).is_file():
            yield f"{domain}.po ({language}): missing; run python -m bot.posts.catalogues --update"
            continue
        yield from _problems_in(_read(domain, language), wanted)


def _problems_in(catalogue: _Catalogue, wanted: dict[Key, Message]) -> Iterator[str]:
    known = {_key(message): message for message in catalogue.messages if message.id}
    expected, found = get_plural(catalogue.language), catalogue.messages
    if (found.num_plurals, found.plural_expr) != (expected.num_plurals, expected.plural_expr):
        yield f"{catalogue.name}: found plural forms {found.plural_forms}, expected {expected}"
    for key, message in wanted.items():
        if key not in known:
            yield f"{catalogue.name}: {_shown(message)} is missing"
        else:
            yield from (f"{catalogue.name}: {_shown(message)} {flaw}" for flaw in _flaws(message, known[key], expected))
    yield from (f"{catalogue.name}: {_shown(known[key])} is stale" for key in known.keys() - wanted.keys())


def _flaws(wanted: Message, found: Message, plural: object) -> Iterator[str]:
    strings = (found.string,) if isinstance(found.string, str) else tuple(found.string or ())
    forms = getattr(plural, "num_plurals", 1) if wanted.pluralizable else 1
    if wanted.pluralizable != found.pluralizable or len(strings) != forms:
        yield f"has {len(strings)} forms, expected {forms}"
    if found.fuzzy:
        yield "is marked fuzzy, so it is not used"
    if not all(string.strip() for string in strings):
        yield "is empty"
    expected = {name for text in _texts(wanted) for name in _placeholders(text)}
    for string in filter(str.strip, strings):
        if _placeholders(string) != expected:
            yield f"has placeholders {sorted(_placeholders(string))}, expected {sorted(expected)}"


def _texts(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _placeholders(text: str) -> set[str]:
    """The names filled in; a lone percent sign counts as one, since it would break the filling."""
    found = (match for match in _PLACEHOLDER.finditer(text) if match[0] != "%%")
    return {match[1] or "a lone %" for match in found}


def _key(message: Message) -> Key:
    return message.context, _singular(message)


def _singular(message: Message) -> str:
    return _texts(message)[0]


def _shown(message: Message) -> str:
    context = f"[{message.context}] " if message.context else ""
    return f"{context}{_singular(message)[:60]!r}"


def main(arguments: list[str]) -> int:
    """Check every domain, or update some; 1 where the check finds a problem, 2 on wrong usage."""
    match arguments:
        case ["--check"]:
            return _check()
        case ["--update", *domains] if set(domains) <= set(DOMAINS):
            for domain in domains or DOMAINS:
                update(domain)
            return 0
    sys.stderr.write(f"usage: python -m bot.posts.catalogues --check | --update [{' | '.join(DOMAINS)}]\n")
    return 2


def _check() -> int:
    problems = catalogue_problems()
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    languages = ", ".join(str(Locale.parse(language).english_name) for language in _TRANSLATED)
    if not problems:
        sys.stdout.write(f"catalogues complete: {languages}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
