"""Nothing that Telegram would refuse, whatever is asked, in every language and kind of chat."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chats.address import Address, ChatKind
from bot.commands.pages import PAGE_CHARS, Part, chars, html_of, page_of
from bot.commands.registry import COMMANDS
from bot.posts.post import Post
from bot.posts.translations import LANGUAGES
from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from bot.records.model import Call, Figure
from tests.calendars import a_person, a_quote, a_source, an_event, an_observance, labels, real_calendar, small_calendar
from tests.commands.asked import asked
from tests.commands.house import House

PLACES = {
    "private": Address("telegram", "100", kind=ChatKind.PRIVATE),
    "room": Address("room", "1", kind=ChatKind.PRIVATE),
    "group": Address("telegram", "-200", kind=ChatKind.GROUP),
    "topic": Address("telegram", "-100300", thread=5, kind=ChatKind.SUPERGROUP),
    "channel": Address("telegram", "-100400", kind=ChatKind.CHANNEL),
}
HUGE = ("", "person-0", "person-1 3", "many", "call", "2027-02-21 day", "2027-02-01")
LONGEST = "Vigil " + "word " * 397 + "end"


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_is_answered_in_every_language_and_place(house: House, language: str, kind: str) -> None:
    house.language, house.address = language, PLACES[kind]
    for command in COMMANDS:
        assert bool((await house.ask(f"/{command}")).posts) == (kind != "channel"), command


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_sort_of_argument_is_answered_in_every_language(house: House, language: str) -> None:
    house.language = language
    for text in asked():
        assert (await house.ask(text)).posts, text


@pytest.mark.parametrize("language", LANGUAGES[1:])
async def test_no_reply_falls_back_to_english(house: House, language: str) -> None:
    said_in_english = {text: await house.ask(text) for text in asked() if "yes" not in text}
    house.address, house.language = PLACES["private"], language
    for text, english in said_in_english.items():
        if text not in ("/language xx", "/forget no"):
            assert (await house.ask(text)).posts != english.posts, text


async def test_every_button_of_every_reply_leads_somewhere(house: House) -> None:
    waiting, seen = ["/start"], {"/start"}
    while waiting:
        reply = await house.press(waiting.pop())
        assert reply.posts
        commands = {button.command for post in reply.posts for row in post.buttons for button in row if button.command}
        if len(seen) < 150:
            waiting += sorted(commands - seen)
            seen |= commands
    assert {"/today", "/upcoming", "/privacy", "/forget yes", "/sources"} <= seen


@given(
    text=st.one_of(
        st.text(max_size=300), st.text(min_size=3000, max_size=5000), st.sampled_from(["/", "/@", "/why@", "//"])
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_text_gets_a_reply_that_telegram_takes(house: House, text: str) -> None:
    assert (await house.ask(text)).posts


@given(
    command=st.sampled_from(sorted(set(COMMANDS) - {"subscribe"})),
    argument=st.one_of(st.text(max_size=100), st.text(alphabet="0123456789-:. +", max_size=12)),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_argument_gets_a_reply_that_telegram_takes(house: House, command: str, argument: str) -> None:
    assert (await house.ask(f"/{command} {argument}")).posts
    assert await house.chats.listing() == []


def huge_calendar() -> Calendar:
    """Every text as long as a record may have it, and much of everything."""
    said = (a_quote(LONGEST), a_quote(LONGEST + " two").model_copy(update={"speaker": LONGEST, "through": LONGEST}))
    long = labels(LONGEST)
    known = {"labels": long, "quotes": said}
    people = [a_person(f"person-{n}", names=long, known_for=known) for n in range(3)]
    deaths = [an_event("death", f"20{n:02}-02-21", "person-0", in_custody=True, quotes=said) for n in range(3)]
    arrests = [an_event("arrest", f"20{n:02}-02", "person-1", "person-2", title=long, quotes=said) for n in range(9)]
    days = [an_observance("02-21").model_copy(update={"names": long}), an_observance("02-22")]
    source = a_source().model_copy(
        update={"title": LONGEST, "publisher": long, "address": "https://e.org/" + "a" * 900}
    )
    calendar = small_calendar(*people, *deaths, *arrests, *days, sources=(source,))
    figure = Figure(
        id="many", measure="died-in-all", value=10**12, country="BY", date=PartialDate.parse("2026"), quotes=said
    )
    call = Call(id="call", by=long, to=long, tags=("release",), quotes=said)
    return Calendar(
        calendar.sources, calendar.people, calendar.events, calendar.observances, {"many": figure}, {"call": call}
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_records_as_long_as_they_may_be_still_fit(house: House, language: str) -> None:
    house.language, house.calendar = language, huge_calendar
    for command in COMMANDS:
        for argument in {"why": HUGE, "prisoner": HUGE, "sources": ("", "report")}.get(command, ("", "2")):
            assert (await house.ask(f"/{command} {argument}")).posts


async def test_no_word_of_a_long_quote_is_lost(house: House) -> None:
    said = " ".join(f"word{n}" for n in range(1500))
    calendar = small_calendar(an_event("arrest", "2021", quotes=(a_quote("x").model_copy(update={"exact": said}),)))
    house.calendar = lambda: calendar
    shown = " ".join([page.text for page in await house.pages("/why jane-doe-arrest-2021")])
    assert all(f"word{n}" in shown for n in range(1500))


@given(
    heading=st.text(alphabet="abc ", max_size=300),
    texts=st.lists(st.text(alphabet=st.sampled_from("ab <&😀\n"), max_size=9000), max_size=12),
)
@settings(max_examples=30, deadline=None)
def test_pages_hold_every_letter_of_every_part(heading: str, texts: list[str]) -> None:
    parts = [Part(Post("").html + text.replace("&", "&amp;").replace("<", "&lt;")) for text in texts]
    number, letters = 1, 0
    while True:
        page = page_of(heading, parts, number)
        assert chars(html_of(heading, page)) <= PAGE_CHARS + 50
        letters += sum(len(Post(part.html).text.replace(" ", "").replace("\n", "")) for part in page.parts)
        if not page.has_more:
            break
        number += 1
    assert letters == sum(len(text.replace(" ", "").replace("\n", "")) for text in texts)


def test_the_real_calendar_is_within_every_limit_that_ids_have() -> None:
    longest = max((*real_calendar().people, *real_calendar().events), key=len)
    assert len(f"/prisoner {longest} 9999".encode()) <= 64
