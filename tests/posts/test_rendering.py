"""The environment of the templates, and the translations behind it."""

from datetime import date

import pytest
from jinja2 import UndefinedError

from bot.posts.dates import partial_date
from bot.posts.rendering import environment
from bot.posts.translations import DOMAINS, LANGUAGES, translator
from bot.posts.wording import one_line
from bot.records.dates import PartialDate
from tests.posts.speaking import NARROW


def test_what_is_filled_in_is_escaped() -> None:
    template = environment("posts", "en").from_string('{{ gettext("A %(name)s", name=name) }} {{ name }}')
    assert template.render(name="<b>&") == "A &lt;b&gt;&amp; &lt;b&gt;&amp;"


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment("posts", "en").from_string("{{ nothing }}").render()


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_every_domain_speaks_in_every_language(domain: str, language: str) -> None:
    assert environment(domain, language).from_string("{{ day|when }}").render(day=date(2024, 5, 21))


def test_unknown_language_is_spoken_in_english() -> None:
    assert translator("posts", "xx").gettext("Share") == "Share"


@pytest.mark.parametrize(
    ("edtf", "en", "be"),
    [
        ("2024-02-20", "20 February 2024", f"20 лютага 2024{NARROW}г."),
        ("2021-05", "May 2021", "май 2021"),
        ("2022", "2022", "2022"),
        ("2023~", "≈ 2023", "≈ 2023"),
        ("2023-02?", "? February 2023", "? люты 2023"),
        ("[2023-02..2023-03]", "February 2023 – March 2023", "люты 2023 – сакавік 2023"),
    ],
)
def test_partial_date_is_told_at_its_precision(edtf: str, en: str, be: str) -> None:
    assert (partial_date(PartialDate.parse(edtf), "en"), partial_date(PartialDate.parse(edtf), "be")) == (en, be)


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("ru", f"20 февраля 2024{NARROW}г.", f"май 2021{NARROW}г."),
        ("uk", f"20 лютого 2024{NARROW}р.", f"травень 2021{NARROW}р."),
        ("pl", "20 lutego 2024", "maj 2021"),
        ("lt", "2024 m. vasario 20 d.", "2021 m. gegužė"),
        ("de", "20. Februar 2024", "Mai 2021"),
    ],
)
def test_a_month_without_its_day_stands_in_the_nominative(language: str, day: str, month: str) -> None:
    assert partial_date(PartialDate.parse("2024-02-20"), language) == day
    assert partial_date(PartialDate.parse("2021-05"), language) == month


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A\n  B\xa0C", "A B C"),
        ("Jane\x00 Doe", "Jane Doe"),
        ("\x1b\x85\x1b", ""),
        ("Jane \u202eeoD", "Jane eoD"),
        ("Ærøskøbing ў ї", "Ærøskøbing ў ї"),
    ],
)
def test_text_of_records_becomes_one_harmless_line(text: str, line: str) -> None:
    assert one_line(text) == line
