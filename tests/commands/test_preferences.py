"""/language, /timezone and /time."""

from datetime import time

import pytest

from tests.commands.house import House, commands_of


async def test_without_an_argument_each_language_has_a_button(house: House) -> None:
    (post,) = (await house.ask("/language")).posts
    assert commands_of(post) == [f"/language {code}" for code in ("en", "be", "ru", "uk", "pl", "lt", "de")]
    assert max(len(row) for row in post.buttons) <= 3


@pytest.mark.parametrize("name", ["be", "BE", "be-BY", "Belarusian", "беларуская"])
async def test_a_language_is_known_by_code_and_by_name(house: House, name: str) -> None:
    assert "Мова: Беларуская." in await house.text(f"/language {name}")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("українська", "Мова: Українська."),
        ("Polish", "Język: Polski."),
        ("lietuvių", "Kalba: Lietuvių."),
        ("de-AT", "Sprache: Deutsch."),
    ],
)
async def test_each_language_answers_in_itself(house: House, name: str, line: str) -> None:
    assert line in await house.text(f"/language {name}")


@pytest.mark.parametrize("name", ["xx", "fr", "🇧🇾", "<i>", "б" * 3000])
async def test_an_unknown_language_is_answered_politely(house: House, name: str) -> None:
    (post,) = (await house.ask(f"/language {name}")).posts
    assert post.text.startswith("Vigil does not write in that language yet.")
    assert "/language be" in commands_of(post)


async def test_choosing_a_language_at_the_welcome_shows_the_welcome_in_it(house: House) -> None:
    reply = await house.press("/language be")
    assert reply.replaces
    assert "Перш чым працягваць" in reply.posts[0].text
    assert "/subscribe" in commands_of(reply.posts[0])


async def test_the_chats_language_is_stronger_than_the_clients(house: House) -> None:
    await house.ask("/language ru")
    await house.ask("/subscribe")
    house.language = "be"
    assert "Документы" in await house.text("/sources")


@pytest.mark.parametrize(
    ("hint", "word"), [("ru-RU", "Документы"), ("be", "Дакументы"), ("fr", "The documents"), ("", "The documents")]
)
async def test_else_the_clients_language_is_spoken_or_english(house: House, hint: str, word: str) -> None:
    house.language = hint
    assert word in await house.text("/sources")


@pytest.mark.parametrize("zone", ["Minsk", "Менск", "Europe/Minsk", "europe/minsk", "Мінск", "Минск"])
async def test_a_zone_is_found_by_its_name_or_a_place(house: House, zone: str) -> None:
    assert "Minsk (Europe/Minsk). The time there now: 15:00." in await house.text(f"/timezone {zone}")


async def test_a_place_in_classical_spelling_is_found(house: House) -> None:
    assert "Vilnius (Europe/Vilnius)" in await house.text("/timezone Вільня")


async def test_an_ambiguous_place_gives_a_button_each(house: House) -> None:
    (post,) = (await house.ask("/timezone Brest")).posts
    assert [button.text for row in post.buttons for button in row] == ["Brest, Belarus", "Brest, France"]
    assert commands_of(post) == ["/timezone Europe/Minsk", "/timezone Europe/Paris"]


@pytest.mark.parametrize("place", ["Nowhereland", "Europe/Nowhere", "../../etc/passwd", "😀", "'; --", '"'])
async def test_an_unknown_place_is_answered_politely(house: House, place: str) -> None:
    (post,) = (await house.ask(f"/timezone {place}")).posts
    assert post.text.startswith("No such place is known here.")
    assert "/timezone Europe/Minsk" in commands_of(post)


async def test_a_place_of_4000_characters_is_answered_politely(house: House) -> None:
    assert "too long for a place" in await house.text("/timezone " + "Minsk " * 700)


async def test_common_zones_are_named_by_their_city_in_the_readers_language(house: House) -> None:
    house.language = "be"
    (post,) = (await house.ask("/timezone")).posts
    assert [button.text for button in post.buttons[0]] == ["Мінск", "Вільнюс", "Варшава"]


@pytest.mark.parametrize(
    ("typed", "at"), [("09:30", time(9, 30)), ("9:30", time(9, 30)), ("21", time(21)), ("7.05", time(7, 5))]
)
async def test_an_hour_is_taken_as_people_write_it(house: House, typed: str, at: time) -> None:
    await house.ask("/subscribe")
    await house.ask(f"/time {typed}")
    chat = await house.chats.get(house.address)
    assert chat is not None
    assert chat.at == at


@pytest.mark.parametrize("typed", ["24:00", "9:60", "noon", "-1", "09:00:00", "999999999999"])
async def test_what_is_no_hour_is_answered_politely(house: House, typed: str) -> None:
    (post,) = (await house.ask(f"/time {typed}")).posts
    assert post.text.startswith("That is no hour.")
    assert "/time 09:00" in commands_of(post)


async def test_without_an_argument_common_hours_are_offered(house: House) -> None:
    (post,) = (await house.ask("/time")).posts
    assert "Hour of posts: 09:00, UTC" in post.text
    assert "/time 07:00" in commands_of(post)


async def test_before_subscribing_it_says_that_nothing_is_kept_yet(house: House) -> None:
    assert "it is kept once you subscribe" in await house.text("/time 8")
    await house.ask("/subscribe")
    assert "it is kept once you subscribe" not in await house.text("/time 8")
