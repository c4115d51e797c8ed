"""/figures and /calls."""

from bot.posts.figures import figure_heading
from bot.posts.wording import one_line
from tests.calendars import real_calendar
from tests.commands.house import House, commands_of


async def whole(house: House, command: str) -> str:
    return "\n".join([page.text for page in await house.pages(command)])


async def test_every_figure_is_shown_with_its_quote(house: House) -> None:
    text = await whole(house, "/figures")
    for figure in real_calendar().figures.values():
        assert all(one_line(quote.exact) in text for quote in figure.quotes)


async def test_a_list_a_total_and_what_remains_are_never_joined(house: House) -> None:
    text = await whole(house, "/figures")
    listed, total, remaining = (
        figure_heading(real_calendar().figures[figure], "en")
        for figure in (
            "belarus-viasna-list-2023-03",
            "belarus-imprisoned-in-three-years",
            "belarus-remaining-2025-07-14",
        )
    )
    assert len({listed, total, remaining}) == 3
    assert text.index(remaining) < text.index("more than 1,000") < text.index(listed) < text.index(total)


async def test_what_is_older_than_a_year_is_told_in_the_past_tense(house: House) -> None:
    assert "As of 22 February 2024 there were 1,420." in await whole(house, "/figures")
    house.now = house.now.replace(year=2024, month=3)
    assert "As of 22 February 2024: 1,420." in await whole(house, "/figures")


async def test_each_page_says_what_its_numbers_count(house: House) -> None:
    pages = await house.pages("/figures")
    assert len(pages) > 1
    for page in pages:
        assert page.html.split("\n\n")[1].startswith("<b>")


async def test_calls_begin_with_release_and_say_that_they_may_be_over(house: House) -> None:
    pages = await house.pages("/calls")
    assert all("Each may have been met or dropped since." in page.text for page in pages)
    assert pages[0].text.split("\n\n")[1].startswith("Release")


async def test_every_call_is_shown_once_over_the_pages(house: House) -> None:
    pages = await house.pages("/calls")
    shown = {call for page in pages for call in page.records}
    assert shown == set(real_calendar().calls)


async def test_conditional_calls_are_marked(house: House) -> None:
    text = await whole(house, "/calls")
    conditional = [call for call in real_calendar().calls.values() if call.conditional]
    assert conditional
    assert text.count("The demand depends on a condition: see the quote.") == len(conditional)


async def test_calls_for_one_thing_alone(house: House) -> None:
    text = await whole(house, "/calls transit")
    assert "block all cargo transit by rail" in text
    assert "unconditional release" not in text


async def test_an_unknown_tag_offers_the_known_ones(house: House) -> None:
    (post,) = (await house.ask("/calls money")).posts
    assert post.text == "No call in the calendar asks for that."
    assert "/calls release" in commands_of(post)
