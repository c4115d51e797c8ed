"""In discreet mode a line that a lock screen may show, the post behind a button, and nothing that stays."""

from datetime import date

import pytest

from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import DEFAULT_RULES
from bot.agenda.wishes import Wishes
from bot.app.edition import CalendarEdition
from bot.chats.address import ChatKind
from bot.commands.commands import DISCREET_S
from bot.outbox.edition import ChatView
from bot.posts.discreet import discreet_post
from bot.posts.post import Post
from bot.posts.translations import LANGUAGES
from bot.records.holding import spellings
from tests.calendars import real_calendar
from tests.commands.house import House, commands_of

DEATH_DAY = date(2027, 2, 20)


def posted(language: str, *, discreet: bool = True) -> Post:
    edition = CalendarEdition(real_calendar(), DEFAULT_RULES, None)
    view = ChatView(language, Wishes(), ChatKind.PRIVATE, discreet=discreet)
    post = edition.compose(view, Slot.MEMORIAL, DEATH_DAY)
    assert post is not None
    return post


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_post_names_nobody_and_nothing(language: str) -> None:
    post = posted(language)

    assert post == discreet_post(language, Slot.MEMORIAL, DEATH_DAY)
    assert post.picture is None
    assert len(post.text) < 60
    assert "🕯" not in post.text
    assert not any(name in post.text for person in real_calendar().people.values() for name in spellings(person))


def test_nothing_is_said_where_nothing_is_heard() -> None:
    edition = CalendarEdition(real_calendar(), DEFAULT_RULES, None)
    quiet = ChatView("en", Wishes(frozenset({"days"}), facts="never"), ChatKind.PRIVATE, discreet=True)

    assert edition.compose(quiet, Slot.MEMORIAL, DEATH_DAY) is None


async def test_its_button_shows_the_post(house: House) -> None:
    await house.ask("/settings discreet on")
    await house.ask("/subscribe")

    reply = await house.press(commands_of(posted("en"))[0])

    assert "death in custody of Ihar Lednik" in reply.posts[0].text
    assert reply.posts[0].picture is None
    assert reply.gone_after_s == DISCREET_S


async def test_answers_are_gone_after_an_hour(house: House) -> None:
    await house.ask("/settings discreet on")
    await house.ask("/subscribe")

    for command in ("/today", "/prisoner Lednik", "Lednik", "/help", "nonsense"):
        assert (await house.ask(command)).gone_after_s == DISCREET_S


async def test_elsewhere_they_stay(house: House) -> None:
    assert (await house.ask("/today")).gone_after_s is None


@pytest.mark.parametrize("argument", ["", "x", "2027-02-20", "2027-02-30 day", "9999-01-01 day", "2027-02-21 memorial"])
async def test_a_post_that_was_never_made_is_no_error(house: House, argument: str) -> None:
    assert (await house.ask(f"/post {argument}")).posts
