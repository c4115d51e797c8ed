# ruff: noqa: E501 (a table: one language a row)
"""What stands in the place of a listed address, in seven languages; and no post ever has an address."""

from datetime import date, timedelta

import pytest

from bot.agenda.facts import Fact
from bot.agenda.occurrences import DEFAULT_RULES, occurrences
from bot.agenda.wishes import Wishes
from bot.app.edition import CalendarEdition
from bot.chats.address import ChatKind
from bot.outbox.edition import ChatView
from bot.posts.day import fact_post
from bot.posts.listings import notice
from bot.posts.post import Post
from bot.posts.translations import LANGUAGES
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from tests.calendars import a_source, real_calendar, small_calendar
from tests.listings import a_listing, an_organisation, with_listings

ON = date(2027, 2, 21)
LISTED = {
    "en": "The address is listed as “extremist” (Belarus, 12 May 2022: court in Minsk). Source: A Human Rights Body, 1 March 2024.",
    "be": "Адрас прызнаны «экстрэмісцкім» (Беларусь, 12 мая 2022~г.: суд у Мінску). Крыніца: A Human Rights Body, 1 сакавіка 2024~г.",
    "ru": "Адрес признан «экстремистским» (Беларусь, 12 мая 2022~г.: суд в Минске). Источник: A Human Rights Body, 1 марта 2024~г.",
    "uk": "Адресу визнано «екстремістською» (Білорусь, 12 травня 2022~р.: court in Minsk). Джерело: A Human Rights Body, 1 березня 2024~р.",
    "pl": "Adres uznano za „ekstremistyczny” (Białoruś, 12 maja 2022: court in Minsk). Źródło: A Human Rights Body, 1 marca 2024.",
    "lt": "Adresas pripažintas „ekstremistiniu“ (Baltarusija, 2022 m. gegužės 12 d.: court in Minsk). Šaltinis: A Human Rights Body, 2024 m. kovo 1 d.",
    "de": "Die Adresse ist als „extremistisch“ eingestuft (Belarus, 12. Mai 2022: court in Minsk). Quelle: A Human Rights Body, 1. März 2024.",
}  # fmt: skip


def small(*listings: object) -> Calendar:
    return with_listings(small_calendar(sources=(a_source(),)), *listings)  # type: ignore[arg-type]


def why(calendar: Calendar, language: str = "en", on: date = ON) -> str | None:
    told = notice(calendar.sources["report"], calendar, Voice(language, on))
    return told.why if told else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_listed_it_when_and_who_says_so_is_told(language: str) -> None:
    assert why(small(), language) == LISTED[language].replace("~", "\u202f")


def test_a_listed_publisher_keeps_the_address_back_too() -> None:
    listed = small(an_organisation())

    assert why(listed) == (
        "The publisher is listed as “undesirable” (Russia, 12 May 2022: court in Minsk). "
        "Source: A Human Rights Body, 1 March 2024."
    )


def test_several_listings_are_all_told() -> None:
    told = why(small(a_listing(date=None), a_listing(id="free-word-ru", jurisdiction="RU", kind="undesirable")))

    assert told is not None
    assert "“extremist” (Belarus: court in Minsk)" in told
    assert "“undesirable” (Russia, 12 May 2022: court in Minsk)" in told


def test_before_it_was_listed_nothing_is_said_of_it() -> None:
    assert why(small(), on=date(2022, 5, 11)) is None


def test_of_a_held_source_no_word_is_told_and_the_address_stays_back() -> None:
    listed = with_listings(small_calendar(sources=(a_source(), a_source("zine"))))
    held = listed.without(people=frozenset(), events=frozenset(), sources=frozenset({"report"}))
    told = notice(held.sources["zine"], held, Voice("en", ON))

    assert told is not None
    assert told.why == "The address is listed as “extremist” (Belarus, 12 May 2022)."


def has_address(post: Post) -> bool:
    alt = post.picture.alt if post.picture else ""
    told = [post.html, alt, *(f"{b.text} {b.link} {b.command}" for row in post.buttons for b in row)]
    return any("freeword" in text for text in told)


@pytest.mark.parametrize("kind", [ChatKind.CHANNEL, ChatKind.PRIVATE])
def test_no_post_of_a_year_has_the_address_of_a_source(kind: ChatKind) -> None:
    listed = with_listings(real_calendar())
    edition, view = CalendarEdition(listed, DEFAULT_RULES, None), ChatView("en", Wishes(), kind, pictures=False)
    days = [ON + timedelta(days=n) for n in range(365)]
    posts = [
        post for day in days for slot in edition.slots(view.wishes, day) if (post := edition.compose(view, slot, day))
    ]

    assert len(posts) > len({one.date for one in occurrences(listed, days[0], days[-1])}) > 0
    assert not any(has_address(post) for post in posts)


def test_no_fact_has_the_address_of_a_source() -> None:
    listed = with_listings(real_calendar())
    records = [*listed.people, *listed.events, *listed.figures, *listed.calls]

    assert not any(has_address(fact_post(listed, Fact(record), Voice("en", ON))) for record in records)
