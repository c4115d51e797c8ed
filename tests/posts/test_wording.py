"""What no post of the real calendar may say, at any date, in any language."""

import re
from datetime import date, timedelta
from functools import cache

import pytest

from bot.agenda.facts import fact_of
from bot.agenda.occurrences import Rules, occurrences
from bot.posts.day import fact_post, slot_post, title
from bot.posts.post import Post
from bot.posts.translations import LANGUAGES, translator
from bot.posts.voice import Voice
from bot.posts.wording import name_of
from bot.records.wording.labels import outside_quotation_marks
from tests.calendars import real_calendar

EVERYTHING = Rules(leads=(7, 1), death_leads=(7,))
YEARS = (date(2024, 1, 1), date(2028, 12, 31))
QUOTATION = re.compile(r"<blockquote>.*?</blockquote>")
IN_PRISON = re.compile(
    r"\b(?:is|are|remains?|still) (?:imprisoned|in (?:prison|custody|detention)|behind bars|jailed)"
    r"|у зняволенні(?! \(|:)|в заключении(?! \(|:)|в ув’язненні(?! \(|:)|сядзіць|сидит"
    r"|w więzieniu(?! \(|:)|\bsiedzi\b|\b(?:jest|pozostaje) uwięzion|\bįkalint(?:as|a)\b|\bkalinam|\bkali\b"
    r"|in Haft(?! \(|:)|\bsitzt\b|\binhaftiert\b",
    re.IGNORECASE,
)
DEATH = re.compile(
    r"death in custody|смерц[ьі] [уў] зняволенні|смерт[ьиі] в (?:заключении|ув’язненні)|śmier(?:ć|ci) w więzieniu"
    r"|mirt\w+ įkalinimo įstaigoje|Tod in Haft",
    re.IGNORECASE,
)
BLAME = re.compile(
    r"\b(?:killed|murdered|regime|dictator)|забі[тў]|загіну|рэжым|убит|погиб|режим|вбит|загину"
    r"|zabit|zamordow|zginą|reżim|nužud|\bžuv[oę]|režim|getötet|ermordet|diktator",
    re.IGNORECASE,
)
PARDONED = re.compile(r"\b(?:pardoned|safe)\b|памілава|помилова|помилува|ułaskaw|malon[ėę]|begnadig", re.IGNORECASE)
THE_SOURCE_SAYS = ("in the words of the source", "слоў крыніцы", "словам источника")
# Words of English that no other of our languages has, whatever their letters.
ENGLISH = re.compile(
    r"\b(?:the|of|and|with|this|that|from|which|who|are|were|our|since|reported|documents?|arrest|death|release)\b",
    re.IGNORECASE,
)


@cache
def posts(language: str) -> tuple[Post, ...]:
    """Every post of five years, leads of every kind and the facts of a year included."""
    calendar = real_calendar()
    found = occurrences(calendar, *YEARS, EVERYTHING)
    made = [
        slot_post(calendar, [o for o in found if (o.date, o.slot) == (on, slot)], Voice(language, on), slot=slot, on=on)
        for on, slot in dict.fromkeys((occurrence.date, occurrence.slot) for occurrence in found)
    ]
    for n in range(365):
        on = date(2027, 1, 1) + timedelta(days=n)
        if fact := fact_of(calendar, frozenset(), on=on, every_days=1):
            made.append(fact_post(calendar, fact, Voice(language, on)))
    return tuple(made)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def spoken(language: str) -> list[str]:
    """What Vigil says in its own voice: posts without their quotations."""
    return [QUOTATION.sub("", post.html) for post in posts(language)]


def test_own_voice_never_says_that_anyone_is_in_prison(spoken: list[str], language: str) -> None:
    """Custody may be said as a label alone; whatever is left after the labels must not say it."""
    reported = translator("posts", language).gettext("Last reported: %(status)s (%(sources)s)").split(":")[0]
    label = re.compile(rf"{reported}: [^\n]*")
    for text in spoken:
        assert not IN_PRISON.search(label.sub("", DEATH.sub("", text))), text


def test_own_voice_says_nothing_of_causes_and_blame(spoken: list[str]) -> None:
    for text in spoken:
        assert not BLAME.search(text), text


def test_own_voice_does_not_call_the_released_pardoned_or_safe(spoken: list[str]) -> None:
    for text in spoken:
        if not any(words in text for words in THE_SOURCE_SAYS):
            assert not PARDONED.search(outside_quotation_marks(text)), text


def test_own_voice_is_sober(spoken: list[str]) -> None:
    for text in spoken:
        assert "!" not in text
        assert not re.search("[\U0001f300-\U0001f56e\U0001f570-\U0001faff\u2600-\u27bf]", text)


def test_source_is_never_named_by_its_title(spoken: list[str]) -> None:
    titles = [source.title for source in real_calendar().sources.values()]
    for text in spoken:
        assert not any(title in text for title in titles)


def test_no_name_is_inflected(language: str) -> None:
    """Every name that a title is about stands in it letter for letter."""
    calendar = real_calendar()
    for occurrence in occurrences(calendar, *YEARS, EVERYTHING):
        text = title(calendar, occurrence, Voice(language, occurrence.date))
        assert all(name_of(calendar.people[person], language) in text for person in occurrence.people), text


@pytest.mark.parametrize("translated", LANGUAGES[1:])
def test_no_english_of_ours_is_left_in_translations(translated: str) -> None:
    """Speakers and publishers keep the names that their documents give them."""
    calendar = real_calendar()
    names = {name for quote in calendar.quotes() for name in (quote.speaker, quote.through) if name}
    kept = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for post in posts(translated):
        own = kept.sub("", QUOTATION.sub("", post.html))
        assert not ENGLISH.search(own), own
