"""How replies speak: soberly, in whole languages, guessing nothing."""

import re
from functools import cache

import pytest

from bot.commands.labels import event_label, language_name
from bot.posts.translations import LANGUAGES, translator
from bot.posts.wording import one_line
from bot.records.model import Term
from tests.calendars import an_event, real_calendar
from tests.commands.asked import asked
from tests.commands.house import House, buttons_of, own_voice

SENTENCES = {
    "en": ("sentence: 1 year", "sentence: 18 years"),
    "be": ("прысуд: 1 год", "прысуд: 18 гадоў"),
    "ru": ("приговор: 1 год", "приговор: 18 лет"),
    "uk": ("вирок: 1 рік", "вирок: 18 років"),
    "pl": ("wyrok: 1 rok", "wyrok: 18 lat"),
    "lt": ("nuosprendis: 1 metai", "nuosprendis: 18 metų"),
    "de": ("Urteil: 1 Jahr", "Urteil: 18 Jahre"),
}
# Words of English that no other of our languages has. What is quoted, and names of speakers, are in English anyway.
ENGLISH = re.compile(r"\b(?:the|of|and|with|this|that|from|which|who|are|were|your|here|posts?|since)\b", re.IGNORECASE)
EMOJI = re.compile("[\U0001f300-\U0001f56e\U0001f570-\U0001faff\u2600-\u2712\u2714-\u27bf]")  # no candle, no ✓


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_reply_is_sober_and_in_its_language(house: House, language: str) -> None:
    house.language = language
    kept = words_of_documents()
    for text in asked():
        for post in (await house.ask(text)).posts:
            for said in (own_voice(post), *(button.text for button in buttons_of(post))):
                assert "!" not in said, text
                assert not EMOJI.search(said), text
                assert language == "en" or not ENGLISH.search(kept.sub("", said)), text


@cache
def words_of_documents() -> re.Pattern[str]:
    """What stands in English whatever the language: names and words that documents give, and how dates were read."""
    calendar = real_calendar()
    events = calendar.events.values()
    names = {name for quote in calendar.quotes() for name in (quote.speaker, quote.through) if name}
    said = {event.as_said for event in events if event.as_said} | {
        f.as_said for f in calendar.figures.values() if f.as_said
    }
    reasons = {event.resolved.reason for event in events if event.resolved}
    titles = {source.title for source in calendar.sources.values()}
    languages = {language_name(code, code) for code in LANGUAGES}
    kept = sorted(names | said | reasons | titles | languages, key=len, reverse=True)
    return re.compile("|".join(re.escape(one_line(words)) for words in kept))


@pytest.mark.parametrize("language", LANGUAGES)
def test_years_of_a_sentence_agree_with_their_number(language: str) -> None:
    t = translator("commands", language)
    told = [event_label(an_event("sentence", "2023", term=Term(years=years)), t) for years in (1, 18)]
    assert tuple(told) == SENTENCES[language]


def test_a_range_said_of_a_group_is_nobodys_own_term() -> None:
    event = real_calendar().events["sentences-of-2020-contenders"]
    assert "20 years" not in event_label(event, translator("commands", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_privacy_says_what_it_cannot_protect_from(house: House, language: str) -> None:
    house.language = language
    text = await house.text("/privacy")
    assert re.search("token|токен", text, re.IGNORECASE)
    assert "Telegram" in text
    assert text.count("•") == 5


async def test_help_names_where_mistakes_are_reported(house: House) -> None:
    assert "mistakes@example.org" in await house.text("/help")
