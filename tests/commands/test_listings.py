"""A document at a listed address: named at once, its address shown to who asks for it. The listings are invented."""

import html

import pytest

from bot.commands.request import Request
from bot.posts.translations import LANGUAGES
from tests.calendars import real_calendar
from tests.commands.asked import asked
from tests.commands.house import House, button_with, buttons_of, commands_of, own_voice
from tests.listings import ADDRESS, a_listing, an_organisation, with_listings

ID = "eap-csf-2024-02-27"
ASK = f"/sources {ID} address"


@pytest.fixture
def listed_house(house: House) -> House:
    """Commands over the real calendar, as if each of its documents stood at a listed address."""
    listed = with_listings(real_calendar())
    house.calendar = lambda: listed
    return house


async def test_the_document_is_named_and_its_address_is_not(listed_house: House) -> None:
    (post,) = (await listed_house.ask(f"/sources {ID}")).posts

    assert "EaP CSF Steering Committee, 27 February 2024" in post.text
    assert "Title: “In memoriam Ihar Lednik" in post.text
    assert "The address is listed as “extremist” (Belarus, 12 May 2022: court in Minsk)." in post.text
    assert "The address is shown when you ask for it." in post.text
    assert "freeword" not in post.html


@pytest.mark.parametrize("in_group", [False, True])
async def test_the_button_shows_the_address_as_text_that_no_tap_opens(listed_house: House, in_group: bool) -> None:
    if in_group:
        listed_house.in_group()
    (post,) = (await listed_house.ask(f"/sources {ID}")).posts
    button = button_with(post, "Show the address")
    assert button is not None
    assert button.command == ASK

    reply = await listed_house.press(button.command)

    (shown,) = reply.posts
    assert not reply.replaces
    assert f"Address: <code>{html.escape(ADDRESS)}</code>" in shown.html
    assert "<a " not in shown.html
    assert "The address is listed as “extremist”" in shown.text
    assert ASK not in commands_of(shown)
    assert not any(button.link for button in buttons_of(shown))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_but_asking_shows_the_address(listed_house: House, language: str) -> None:
    listed_house.language = language
    for text in asked():
        for post in (await listed_house.ask(text)).posts:
            links = [button.link or "" for button in buttons_of(post)]
            assert "freeword" not in " ".join([post.html, *links]), text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_said_soberly(listed_house: House, language: str) -> None:
    listed_house.language = language
    for text in (f"/sources {ID}", ASK):
        (post,) = (await listed_house.ask(text)).posts
        assert "!" not in own_voice(post)


@pytest.mark.parametrize("name", ["", "Bialiatski"])
async def test_no_card_of_another_chat_has_an_address(listed_house: House, name: str) -> None:
    cards = await listed_house.commands.offer(Request(name, listed_house.address, listed_house.now))

    assert cards
    assert not any("freeword" in f"{card.title} {card.description} {card.post}" for card in cards)


async def test_a_document_of_a_listed_publisher_is_told_likewise(house: House) -> None:
    calendar = real_calendar()
    publisher = calendar.sources[ID].publisher
    listing = an_organisation().model_copy(update={"organisation": publisher})
    house.calendar = lambda: with_listings(calendar, listing, address="https://elsewhere.net/a")

    assert "elsewhere" not in await house.html(f"/sources {ID}")
    assert "The publisher is listed as “undesirable” (Russia" in await house.text(f"/sources {ID}")
    assert "<code>https://elsewhere.net/a</code>" in await house.html(ASK)
    assert "<code>https://elsewhere.net/a</code>" in await house.html("/sources amnesty-2025-07-14")


async def test_what_is_listed_no_more_is_shown_at_once(house: House) -> None:
    quotes = [quote.model_dump() for quote in a_listing().quotes]
    ended = a_listing(ended={"date": "2024-03", "quotes": quotes})
    house.calendar = lambda: with_listings(real_calendar(), ended)

    (post,) = (await house.ask(f"/sources {ID}")).posts

    assert f"<code>{ADDRESS}</code>" in post.html
    assert ASK not in commands_of(post)


async def test_the_claims_of_a_document_count_its_listings(listed_house: House, house: House) -> None:
    told = await listed_house.text(f"/sources {min(real_calendar().sources)}")
    house.calendar = real_calendar
    before = await house.text(f"/sources {min(real_calendar().sources)}")

    assert told.splitlines()[2] != before.splitlines()[2]


async def test_no_link_made_by_somebody_else_asks_for_it(listed_house: House) -> None:
    html_of_link = await listed_house.html(f"/start sources_{ID}_address")

    assert html_of_link == await listed_house.html(f"/sources {ID}")
    assert "freeword" not in html_of_link


@pytest.mark.parametrize("text", [ASK, f"/sources {ID} ADDRESS"])
async def test_asking_where_nothing_is_listed_shows_the_document(house: House, text: str) -> None:
    assert await house.text(text) == await house.text(f"/sources {ID}")


async def test_anything_else_behind_the_id_is_no_document(house: House) -> None:
    assert await house.text(f"/sources {ID} please") == "There is no document of that id."
