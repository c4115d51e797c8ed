"""How replies speak: soberly, in whole languages, guessing nothing."""

import pytest

from bot.commands.labels import event_label
from bot.posts.translations import LANGUAGES, translator
from bot.records.model import Term
from tests.calendars import an_event, real_calendar
from tests.commands.house import House, own_voice
from tests.commands.test_limits import asked

COUNTS = (0, 1, 2, 5, 10, 11, 12, 14, 21, 22, 25)
FORMS = {
    "en": ("years", "year", "years", "years", "years", "years", "years", "years", "years", "years", "years"),
    "be": ("гадоў", "год", "гады", "гадоў", "гадоў", "гадоў", "гадоў", "гадоў", "год", "гады", "гадоў"),
    "ru": ("лет", "год", "года", "лет", "лет", "лет", "лет", "лет", "год", "года", "лет"),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_reply_raises_its_voice(house: House, language: str) -> None:
    house.language = language
    for text in asked():
        for post in (await house.ask(text)).posts:
            assert "!" not in own_voice(post), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("years", COUNTS)
def test_years_of_a_sentence_agree_with_their_number(language: str, years: int) -> None:
    event = an_event("sentence", "2023", term=Term(years=years))
    word = event_label(event, translator("commands", language)).rsplit(" ", 1)[-1]
    assert word == FORMS[language][COUNTS.index(years)]


def test_a_range_said_of_a_group_is_nobodys_own_term() -> None:
    event = real_calendar().events["sentences-of-2020-contenders"]
    assert "20 years" not in event_label(event, translator("commands", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_privacy_says_what_it_cannot_protect_from(house: House, language: str) -> None:
    house.language = language
    text = await house.text("/privacy")
    token = {"en": "token", "be": "токен", "ru": "токен"}[language]
    assert token in text
    assert "Telegram" in text
    assert text.count("•") == 5


async def test_help_names_where_mistakes_are_reported(house: House) -> None:
    assert "mistakes@example.org" in await house.text("/help")
