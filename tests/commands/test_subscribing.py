"""/subscribe, /unsubscribe and /forget."""

from datetime import date, time

import pytest

from bot.chats.chat import Chat
from tests.commands.house import House, button_with, commands_of


async def chat_of(house: House) -> Chat:
    chat = await house.chats.get(house.address)
    assert chat is not None
    return chat


async def test_subscribing_needs_nothing_but_the_command(house: House) -> None:
    house.language = "be-BY"
    await house.ask("/subscribe")
    chat = await chat_of(house)
    assert (chat.state, chat.language, chat.zone, chat.at) == ("active", "be", "UTC", time(9))
    assert chat.first_day == date(2027, 2, 22)


async def test_it_tells_what_will_come_and_when(house: House) -> None:
    text = await house.text("/subscribe")
    assert "What: Everything" in text
    assert "Hour: 09:00, UTC" in text
    assert "From: 22 February 2027" in text
    assert "21 May 2027\nInternational Day of Solidarity" in text


async def test_topics_narrow_what_comes(house: House) -> None:
    text = await house.text("/subscribe country:RU")
    assert "What: Russia" in text
    assert "16 February 2028" in text
    assert "Bialiatski" not in text
    assert (await chat_of(house)).wishes.topics == frozenset({"country:RU"})


@pytest.mark.parametrize("topics", ["BY", "by, days", "country:by"])
async def test_topics_are_taken_as_people_type_them(house: House, topics: str) -> None:
    await house.ask(f"/subscribe {topics}")
    assert "country:BY" in (await chat_of(house)).wishes.topics


async def test_days_of_solidarity_alone_bring_no_fact(house: House) -> None:
    assert "a fact" in await house.text("/subscribe")
    assert "a fact" not in await house.text("/subscribe days")


async def test_an_unknown_topic_subscribes_to_nothing(house: House) -> None:
    (post,) = (await house.ask("/subscribe weather")).posts
    assert post.text.startswith("That cannot be subscribed to.")
    assert "/subscribe country:BY" in commands_of(post)
    assert await house.chats.get(house.address) is None


async def test_subscribing_again_keeps_what_was_chosen(house: House) -> None:
    await house.ask("/subscribe days")
    await house.ask("/time 18:30")
    await house.ask("/unsubscribe")
    await house.ask("/subscribe")
    chat = await chat_of(house)
    assert (chat.state, chat.at, chat.wishes.topics) == ("active", time(18, 30), frozenset({"days"}))


async def test_what_was_chosen_before_subscribing_is_kept_then(house: House) -> None:
    for command in ("/language ru", "/timezone Менск", "/time 7"):
        await house.ask(command)
    await house.ask("/subscribe")
    chat = await chat_of(house)
    assert (chat.language, chat.zone, chat.at) == ("ru", "Europe/Minsk", time(7))


async def test_looking_around_leaves_no_trace(house: House) -> None:
    for command in (
        "/start",
        "/language be",
        "/timezone Minsk",
        "/time 8",
        "/prisoner Bialiatski",
        "/privacy",
        "hello",
    ):
        await house.ask(command)
    assert await house.chats.listing() == []


async def test_unsubscribing_keeps_settings_and_offers_to_delete_them(house: House) -> None:
    await house.ask("/subscribe")
    (post,) = (await house.ask("/unsubscribe")).posts
    assert commands_of(post) == ["/forget", "/subscribe"]
    assert (await chat_of(house)).state == "unsubscribed"


async def test_unsubscribing_twice_is_answered_politely(house: House) -> None:
    assert await house.text("/unsubscribe") == "No posts come here."


async def test_forgetting_asks_first(house: House) -> None:
    await house.ask("/subscribe")
    (post,) = (await house.ask("/forget")).posts
    assert commands_of(post) == ["/forget yes", "/forget no"]
    assert await house.chats.get(house.address) is not None


async def test_forgetting_deletes_everything_and_tells_how_to_delete_the_chat(house: House) -> None:
    await house.ask("/subscribe")
    reply = await house.press("/forget yes")
    assert reply.replaces
    assert "choose “Delete chat”" in reply.posts[0].text
    assert "Backups" in reply.posts[0].text
    assert await house.chats.listing() == []


async def test_forgetting_forgets_what_was_only_remembered_too(house: House) -> None:
    await house.ask("/language be")
    await house.ask("/forget yes")
    assert (await house.text("/time 99")).startswith("That is no hour.")


async def test_the_last_words_are_in_the_language_of_the_chat(house: House) -> None:
    await house.ask("/language be")
    await house.ask("/subscribe")
    assert "выдалена" in await house.text("/forget yes")


async def test_keeping_deletes_nothing(house: House) -> None:
    await house.ask("/subscribe")
    reply = await house.press("/forget no")
    assert reply.posts[0].text == "Nothing was deleted."
    assert await house.chats.get(house.address) is not None


async def test_a_new_reader_sees_a_cited_post_within_two_taps(house: House) -> None:
    (welcome,) = (await house.ask("/start")).posts
    fact = button_with(welcome, "A fact")
    assert fact is not None
    (post,) = (await house.press(fact.command)).posts
    assert "<blockquote>" in post.html


async def test_the_warning_stands_before_the_first_step(house: House) -> None:
    (welcome,) = (await house.ask("/start")).posts
    assert "people are punished for what they read and follow" in welcome.text
    assert "/setup" in commands_of(welcome)


async def test_a_subscriber_is_told_so_at_start(house: House) -> None:
    await house.ask("/subscribe")
    (welcome,) = (await house.ask("/start")).posts
    assert "Posts come here." in welcome.text
    assert "/subscribe" not in commands_of(welcome)
