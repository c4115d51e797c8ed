"""The check of the catalogues: complete ones pass, each kind of flaw is told."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.posts import translations
from bot.posts.catalogues import catalogue_problems, extracted, main, update
from bot.posts.translations import catalogue_path

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

Edit = Callable[[str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """A room with a template and complete catalogues; the function replaces text in the Belarusian one."""
    monkeypatch.setattr(translations, "_ROOMS", tmp_path)
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


def test_posts_are_translated_completely() -> None:
    assert [problem for problem in catalogue_problems() if problem.startswith("posts.po")] == []


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
            yield argument.value


def test_messages_are_sober() -> None:
    for message in extracted("posts"):
        texts = (message.id,) if isinstance(message.id, str) else message.id
        assert not any("!" in text for text in texts)


@pytest.mark.parametrize("language", ["be", "ru"])
def test_translations_are_sober(language: str) -> None:
    text = catalogue_path("posts", language).read_text()
    plural_rule = next(line for line in text.splitlines() if "Plural-Forms" in line)
    assert "!" not in text.replace(plural_rule, "")
    assert "турм" not in text
    assert "тюрьм" not in text
    assert "загіну" not in text
    assert "знік" not in text
