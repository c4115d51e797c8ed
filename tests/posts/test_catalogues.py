"""The check of the catalogues: complete ones pass, each kind of flaw is told."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.posts import catalogues, translations
from bot.posts.catalogues import catalogue_problems, extracted, main, update
from bot.posts.translations import catalogue_path, translator
from bot.records import vocabulary

TEMPLATE = """
{{ gettext("Hello, %(name)s", name=name) }}
{{ ngettext("%(count)s letter", "%(count)s letters", 2, count=2) }}
{{ pgettext("custody", "released") }}
"""
TRANSLATED = {
    'msgid "Hello, %(name)s"\nmsgstr ""': 'msgid "Hello, %(name)s"\nmsgstr "Вітаем: %(name)s"',
    'msgstr[0] ""': 'msgstr[0] "%(count)s ліст"',
    'msgstr[1] ""': 'msgstr[1] "%(count)s лісты"',
    'msgstr[2] ""': 'msgstr[2] "%(count)s лістоў"',
    'msgid "released"\nmsgstr ""': 'msgid "released"\nmsgstr "вызваленне"',
}

# Words that name one regime of prison for all, say more than a source does, or make a feast of a death.
NEVER = {
    "be": "турм|загіну|знік|юбіле",
    "ru": "тюрьм|погиб|исчез|юбиле",
    "uk": "тюрм|загину|зник|ювіле",
    "pl": r"zginą|zniknął|jubileusz|areszt\b",
    "lt": "kalėjim|žuvo|dingo|jubilie",
    "de": "gefängnis|umgekommen|verschwunden|jubiläum",
}
QUOTATION_MARKS = {"be": "«»", "ru": "«»", "uk": "«»", "pl": "„”", "lt": "„“", "de": "„“"}
TERMS = {
    "be": ("Арышт", "Затрыманне", "Смерць у зняволенні", "Вызваленне", "Прысуд"),
    "ru": ("Арест", "Задержание", "Смерть в заключении", "Освобождение", "Приговор"),
    "uk": ("Арешт", "Затримання", "Смерть в ув’язненні", "Звільнення", "Вирок"),
    "pl": ("Aresztowanie", "Zatrzymanie", "Śmierć w więzieniu", "Zwolnienie", "Wyrok"),
    "lt": ("Suėmimas", "Sulaikymas", "Mirtis įkalinimo įstaigoje", "Paleidimas", "Nuosprendis"),
    "de": ("Verhaftung", "Festnahme", "Tod in Haft", "Freilassung", "Urteil"),
}

Edit = Callable[[str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """A room with a template and complete catalogues; the function replaces text in the Belarusian one."""
    monkeypatch.setattr(translations, "_ROOMS", tmp_path)
    monkeypatch.setattr(catalogues, "_TRANSLATED", ("be", "ru"))
    (tmp_path / "posts" / "templates").mkdir(parents=True)
    (tmp_path / "posts" / "templates" / "hello.html.jinja").write_text(TEMPLATE)
    (tmp_path / "commands").mkdir()
    update("posts")
    for language in ("be", "ru"):
        path = catalogue_path("posts", language)
        text = path.read_text()
        for empty, full in TRANSLATED.items():
            assert empty in text
            text = text.replace(empty, full)
        path.write_text(text)

    def replace(old: str, new: str) -> None:
        path = catalogue_path("posts", "be")
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return replace


def test_everything_is_translated_completely() -> None:
    assert catalogue_problems() == []


def test_complete_catalogues_have_no_problem(edit: Edit) -> None:
    assert catalogue_problems() == []


def test_missing_entry_is_told(edit: Edit) -> None:
    edit('msgctxt "custody"\nmsgid "released"\nmsgstr "вызваленне"\n', "")
    assert catalogue_problems() == ["posts.po (be): [custody] 'released' is missing"]


def test_stale_entry_is_told(edit: Edit) -> None:
    edit('msgid "Hello', 'msgid "Old words"\nmsgstr "Старыя словы"\n\nmsgid "Hello')
    assert catalogue_problems() == ["posts.po (be): 'Old words' is stale"]


def test_empty_entry_is_told(edit: Edit) -> None:
    edit('"вызваленне"', '" "')
    assert catalogue_problems() == ["posts.po (be): [custody] 'released' is empty"]


def test_empty_plural_form_is_told(edit: Edit) -> None:
    edit('msgstr[1] "%(count)s лісты"', 'msgstr[1] ""')
    assert catalogue_problems() == ["posts.po (be): '%(count)s letter' is empty"]


def test_missing_plural_form_is_told(edit: Edit) -> None:
    edit('msgstr[2] "%(count)s лістоў"\n', "")
    assert len(catalogue_problems()) == 1


def test_fuzzy_entry_is_told(edit: Edit) -> None:
    edit('msgctxt "custody"', '#, fuzzy\nmsgctxt "custody"')
    assert catalogue_problems() == ["posts.po (be): [custody] 'released' is marked fuzzy, so it is not used"]


@pytest.mark.parametrize("wrong", ["Вітаем: %(nme)s", "Вітаем", "Вітаем: %(name)s на 100 % "])
def test_wrong_placeholder_is_told(edit: Edit, wrong: str) -> None:
    edit("Вітаем: %(name)s", wrong)
    (problem,) = catalogue_problems()
    assert "'Hello, %(name)s' has placeholders" in problem


def test_wrong_plural_rule_is_told(edit: Edit) -> None:
    edit("nplurals=3; plural=(n%10==1", "nplurals=3; plural=(n%10==2")
    assert any("found plural forms" in problem for problem in catalogue_problems())


def test_missing_catalogue_is_told(edit: Edit) -> None:
    catalogue_path("posts", "ru").unlink()
    assert catalogue_problems() == ["posts.po (ru): missing; run python -m bot.posts.catalogues --update"]


def test_update_keeps_what_is_translated(edit: Edit) -> None:
    before = catalogue_path("posts", "be").read_text()
    update("posts")
    assert catalogue_path("posts", "be").read_text() == before


def test_check_fails_on_a_problem_and_says_usage_otherwise(edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    edit('"вызваленне"', '""')
    assert main(["--check"]) == 1
    assert "[custody] 'released' is empty" in capsys.readouterr().err
    assert main(["--chek"]) == 2


@pytest.mark.parametrize("domain", translations.DOMAINS)
def test_every_message_in_the_code_is_found(domain: str) -> None:
    """Babel finds none inside an f-string, and would then call the catalogue complete without it."""
    found = {message.id if isinstance(message.id, str) else message.id[0] for message in extracted(domain)}
    for path in translations.room_dir(domain).rglob("*.py"):
        assert set(messages_in(path.read_text())) - found == set(), path.name


def messages_in(code: str) -> Iterator[str]:
    position = {"gettext": 0, "ngettext": 0, "pgettext": 1, "npgettext": 1}
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in position:
            argument = node.args[position[node.func.attr]]
            assert isinstance(argument, ast.Constant), ast.unparse(node)
            assert isinstance(argument.value, str), ast.unparse(node)
            yield argument.value


def test_messages_are_sober() -> None:
    for message in extracted("posts"):
        texts = (message.id,) if isinstance(message.id, str) else message.id
        assert not any("!" in text for text in texts)


@pytest.mark.parametrize("domain", translations.DOMAINS)
@pytest.mark.parametrize("language", NEVER)
def test_translations_are_sober(domain: str, language: str) -> None:
    said = [string for message in translated(domain, language) for string in strings_of(message)]
    assert not [text for text in said if "!" in text or re.search(NEVER[language], text, re.IGNORECASE)]


@pytest.mark.parametrize("domain", translations.DOMAINS)
@pytest.mark.parametrize(("language", "quotes"), QUOTATION_MARKS.items())
def test_translations_quote_as_their_language_does(domain: str, language: str, quotes: str) -> None:
    for message in translated(domain, language):
        for text in strings_of(message):
            quoted = re.sub(r"^« | »$", "", text)  # arrows of buttons
            assert set(re.findall('[“”„«»"]', quoted)) <= set(quotes), text


@pytest.mark.parametrize("language", ["be", "ru", "uk"])
@pytest.mark.parametrize("domain", translations.DOMAINS)
def test_cyrillic_translations_hold_no_look_alike(domain: str, language: str) -> None:
    mixed = re.compile("[а-яёіўїєґА-ЯЁІЎЇЄҐ][a-zA-Z]|[a-zA-Z][а-яёіўїєґА-ЯЁІЎЇЄҐ]")
    for message in translated(domain, language):
        assert not [text for text in strings_of(message) if mixed.search(re.sub(r"%\(\w+\)\w", "", text))]


def test_the_bot_speaks_every_language_that_a_record_may_be_written_in() -> None:
    assert get_args(vocabulary.Language) == translations.LANGUAGES


@pytest.mark.parametrize(("language", "terms"), TERMS.items())
def test_kinds_of_events_are_called_by_the_terms_of_human_rights(language: str, terms: tuple[str, ...]) -> None:
    t = translator("posts", language)
    kinds = ("Arrest", "Detention", "Death in custody", "Release", "Sentence")
    assert tuple(t.pgettext("kind", kind) for kind in kinds) == terms


def translated(domain: str, language: str) -> Iterator[Message]:
    with catalogue_path(domain, language).open("rb") as file:
        yield from (message for message in read_po(file, locale=language) if message.id)


def strings_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
