# ruff: noqa: E501 (a table: one fault a row)
"""`vigil check` on labels and translations: in their languages, borne out by quotes, sober."""

from collections.abc import Iterator, Mapping

import pytest
from pydantic import BaseModel

from bot.records.model import Labels
from bot.records.rules import labels
from tests.calendars import real_calendar
from tests.records.faults import Fault, Records, assert_caught, fault

DEATH, LEDNIK, LOSIK = "events/ihar-lednik-death.yaml", "people/ihar-lednik.yaml", "people/ihar-losik.yaml"
IRAN = "events/iran-pardons.yaml"
NICARAGUA, RELEASE = "events/nicaragua-releases.yaml", "events/siarhei-tsikhanouski-release.yaml"
STATEMENT, IBADOGHLU = "events/eap-csf-statement-2024-02-27.yaml", "people/gubad-ibadoghlu.yaml"
CALLS = "calls/eap-csf-2024-02-27.yaml"
DIED = "exact: Ihar Lednik died in prison on 20 February 2024.\n"


def translated(language: str, text: str) -> tuple[str, str]:
    return DIED, f"{DIED}    translations:\n      {language}:\n        text: {text}\n        reviewed: true\n"


FAULTS: dict[str, Fault] = {
    "languages swapped": fault(labels.labels_are_in_their_languages, LEDNIK, "names.be", ("be: Ігар Леднік", "be: Игорь Ледник")),
    "Russian in the Ukrainian label": fault(labels.labels_are_in_their_languages, NICARAGUA, "title.uk", ("uk: Звільнення 222 людей", "uk: Освобождение заключённых, 222")),
    "Polish in the Lithuanian label": fault(labels.labels_are_in_their_languages, NICARAGUA, "title.lt", ("222 žmonių paleidimas", "Zwolnienie 222 więźniów")),
    "Lithuanian in the German label": fault(labels.labels_are_in_their_languages, NICARAGUA, "title.de", ("Freilassung von 222 Menschen", "222 žmonių paleidimas")),
    "German in the Polish label": fault(labels.labels_are_in_their_languages, NICARAGUA, "title.pl", ("Zwolnienie 222 osób", "Freilassung für 222")),
    "a Polish name in Cyrillic": fault(labels.labels_are_in_their_script, LOSIK, "names.pl", ("pl: Ihar Łosik", "pl: Ігар Лосік")),
    "a name not written in its script": fault(labels.labels_are_in_their_script, LOSIK, "names.be", ("be: Ігар Лосік", "be: Ihar Losik")),
    "a caller not written in their script": fault(labels.labels_are_in_their_script, CALLS, "sukhy-demand-release.by.ru", ("ru: Ирина Сухий", "ru: Irina Sukhy")),
    "a name without its surname": fault(labels.labels_say_something, LOSIK, "names.ru", ("ru: Игорь Лосик", "ru: Игорь")),
    "a title that shouts": fault(labels.labels_say_something, NICARAGUA, "title.en", ("in Nicaragua\n", "in Nicaragua!\n")),
    "a role nobody mentions": fault(labels.roles_and_details_are_quoted, LOSIK, "known_for.labels", ("en: Journalist", "en: Convicted terrorist")),
    "the role of the person beside": fault(labels.roles_and_details_are_quoted, LOSIK, "known_for.labels", ("en: Journalist", "en: Opposition leader")),
    "a detail of custody nobody mentions": fault(
        labels.roles_and_details_are_quoted, IBADOGHLU, "custody.0.detail",
        ("  - status: imprisoned\n", "  - status: imprisoned\n    detail:\n      en: house arrest\n      be: хатні арышт\n      ru: домашний арест\n")),
    "a pardon in our voice": fault(
        labels.titles_speak_soberly, RELEASE, "title.en", ("people:", "title:\n  en: Pardon of Siarhei Tsikhanouski\n  be: Памілаванне\n  ru: Помилование\npeople:")),
    "heroes in our voice": fault(labels.titles_speak_soberly, NICARAGUA, "title.en", ("en: Release of 222 people", "en: 222 heroes")),
    "freedom in our voice": fault(labels.titles_speak_soberly, NICARAGUA, "title.en", ("en: Release of 222 people", "en: 222 people are free")),
    "a pardon in our voice, in Polish": fault(labels.titles_speak_soberly, IRAN, "title.pl", ("„ułaskawienie”", "ułaskawienie")),
    "a pardon in our voice, in German": fault(labels.titles_speak_soberly, IRAN, "title.de", ("„begnadigt“", "begnadigt")),
    "a title's number that German has": fault(labels.titles_say_what_is_quoted, IRAN, "title.de", ("22.000", "32.000")),
    "a title's number that no quote has": fault(labels.titles_say_what_is_quoted, NICARAGUA, "title.en", ("en: Release of 222", "en: Release of 322")),
    "a title's number that one language has": fault(labels.titles_say_what_is_quoted, NICARAGUA, "title.be", ("be: Вызваленне 222", "be: Вызваленне 2222")),
    "a title of somebody whom no quote names": fault(
        labels.titles_say_what_is_quoted, STATEMENT, "title.en", ("on deaths of political prisoners", "on the death of Ales Bialiatski")),
    "a translation into the quote's own language": fault(labels.translations_are_translations, DEATH, "quotes.0.translations.en", translated("en", "Ihar Lednik was freed")),
    "a translation not in its script": fault(labels.translations_are_translations, DEATH, "quotes.0.translations.be", translated("be", "Ihar Lednik is free")),
    "a translation with another day": fault(
        labels.translations_are_translations, DEATH, "quotes.0.translations.be", translated("be", "Ігар Леднік памёр у зняволенні 21 лютага 2024 года.")),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_false_label_is_caught(name: str, records: Records) -> None:
    assert_caught(FAULTS[name], records)


def test_a_free_trade_union_is_a_name(records: Records) -> None:
    path = records.calendar / NICARAGUA
    records.write(
        path,
        path.read_text().replace("Release of 222 people", "Release of 222 people of the Free Trade Union").encode(),
    )

    from bot.records.loading import load

    assert list(labels.titles_speak_soberly(load(records.calendar, records.seeds))) == []


def labels_within(value: object) -> Iterator[Labels]:
    """Every text in several languages, however deep in a record."""
    if isinstance(value, Labels):
        yield value
    elif isinstance(value, BaseModel):
        yield from (found for field in type(value).model_fields for found in labels_within(getattr(value, field)))
    elif isinstance(value, Mapping):
        yield from (found for one in value.values() for found in labels_within(one))
    elif isinstance(value, tuple):
        yield from (found for one in value for found in labels_within(one))


def test_every_text_of_the_calendar_stands_in_every_language() -> None:
    """A record may do without, and is then shown in English: the calendar that ships does not."""
    calendar = real_calendar()
    records = (calendar.sources, calendar.people, calendar.events, calendar.observances, calendar.calls)
    found = [text for kind in records for text in labels_within(kind)]
    assert len(found) > 90
    assert [text.en for text in found if None in text.model_dump().values()] == []
