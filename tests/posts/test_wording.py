"""What no post of the real calendar may say, at any date, in any language."""

import re
from datetime import date, timedelta

import pytest

from bot.agenda.facts import fact_of
from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import Rules, occurrences
from bot.posts.day import fact_post, slot_post, title
from bot.posts.post import Post
from bot.posts.voice import Voice
from bot.posts.wording import name_of
from tests.calendars import real_calendar

LANGUAGES = ("en", "be", "ru")
EVERYTHING = Rules(leads=(7, 1), death_leads=(7,))
YEARS = (date(2024, 1, 1), date(2028, 12, 31))
QUOTATION = re.compile(r"<blockquote>.*?</blockquote>")
# Custody may be said as a label alone; whatever is left after the labels must not say it.
LABEL = re.compile(r"(?:Last reported|Апошняе паведамленне|Последнее сообщение): [^\n]*")
IN_PRISON = re.compile(
    r"\b(?:is|are|remains?|still) (?:imprisoned|in (?:prison|custody|detention)|behind bars|jailed)"
    r"|у зняволенні(?! \(|:)|в заключении(?! \(|:)|сядзіць|сидит",
    re.IGNORECASE,
)


def posts(language: str) -> list[Post]:
    """Every post of five years, leads of every kind and the facts of a year included."""
    calendar = real_calendar()
    told: dict[tuple[date, Slot], list[object]] = {}
    found = occurrences(calendar, *YEARS, EVERYTHING)
    for occurrence in found:
        told.setdefault((occurrence.date, occurrence.slot), []).append(occurrence)
    made = [
        slot_post(calendar, [o for o in found if (o.date, o.slot) == (on, slot)], Voice(language, on), slot=slot, on=on)
        for on, slot in told
    ]
    for n in range(365):
        on = date(2027, 1, 1) + timedelta(days=n)
        if fact := fact_of(calendar, frozenset(), on=on, every_days=1):
            made.append(fact_post(calendar, fact, Voice(language, on)))
    return made


@pytest.fixture(scope="module", params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> list[str]:
    """What Vigil says in its own voice: posts without their quotations."""
    return [QUOTATION.sub("", post.html) for post in posts(request.param)]


def test_own_voice_never_says_that_anyone_is_in_prison(spoken: list[str]) -> None:
    for text in spoken:
        own = re.sub(r"(?:death in custody|[Сс]мерц[ьі] [уў] зняволенні|[Сс]мерт[ьи] в заключении)", "", text)
        assert not IN_PRISON.search(LABEL.sub("", own)), own


def test_own_voice_says_nothing_of_causes_and_blame(spoken: list[str]) -> None:
    forbidden = r"\b(?:killed|murdered|regime|dictator)|забі[тў]|загіну|рэжым|убит|погиб|режим"
    for text in spoken:
        assert not re.search(forbidden, text, re.IGNORECASE), text


def test_own_voice_does_not_call_the_released_pardoned_or_safe(spoken: list[str]) -> None:
    for text in spoken:
        if "in the words of the source" in text or "слоў крыніцы" in text or "словам источника" in text:
            continue
        assert not re.search(r"\b(?:pardoned|safe)\b|памілава|помилова", text), text


def test_own_voice_is_sober(spoken: list[str]) -> None:
    for text in spoken:
        assert "!" not in text
        assert not re.search("[\U0001f300-\U0001f56e\U0001f570-\U0001faff\u2600-\u27bf]", text)


def test_source_is_never_named_by_its_title(spoken: list[str]) -> None:
    titles = [source.title for source in real_calendar().sources.values()]
    for text in spoken:
        assert not any(title in text for title in titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_inflected(language: str) -> None:
    """Every name that a title is about stands in it letter for letter."""
    calendar = real_calendar()
    for occurrence in occurrences(calendar, *YEARS, EVERYTHING):
        text = title(calendar, occurrence, Voice(language, occurrence.date))
        assert all(name_of(calendar.people[person], language) in text for person in occurrence.people), text


@pytest.mark.parametrize("language", ["be", "ru"])
def test_no_english_of_ours_is_left_in_translations(language: str) -> None:
    """Speakers keep the names that their documents give them, so only our own words are looked for."""
    ours = re.compile(r"\b(?:since|reported|call by|there were|our documents|death|arrest|release)\b", re.IGNORECASE)
    for post in posts(language):
        own = QUOTATION.sub("", post.html)
        assert not ours.search(own), own
