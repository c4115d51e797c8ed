"""/why and /sources."""

from dataclasses import replace

import pytest

from bot.posts.wording import one_line
from tests.calendars import real_calendar
from tests.commands.house import House, commands_of


async def whole(house: House, command: str) -> str:
    return "\n".join([page.text for page in await house.pages(command)])


async def test_every_quote_behind_an_event_is_shown(house: House) -> None:
    text = await whole(house, "/why ihar-lednik-death")
    for quote in real_calendar().events["ihar-lednik-death"].quotes:
        assert one_line(quote.exact) in text


@pytest.mark.parametrize("kind", ["people", "events", "observances", "figures", "calls"])
async def test_every_record_has_its_quotes_behind_it(house: House, kind: str) -> None:
    for record_id, record in getattr(real_calendar(), kind).items():
        text = await whole(house, f"/why {record_id}")
        quotes = record.country.quotes if kind == "people" else record.quotes
        assert all(one_line(quote.exact) in text for quote in quotes), record_id


async def test_everything_said_of_a_person_is_behind_them(house: House) -> None:
    text = await whole(house, "/why ales-bialiatski")
    person = real_calendar().people["ales-bialiatski"]
    for report in person.custody:
        assert all(one_line(quote.exact) in text for quote in report.quotes)
    assert "report of custody: imprisoned (as of: March 2023)" in text


async def test_speaker_and_who_passes_it_on_are_named(house: House) -> None:
    text = await whole(house, "/why belarus-viasna-count-2024-02-22")
    assert "Viasna Human Rights Center, according to: EaP CSF Steering Committee, 27 February 2024" in text


async def test_how_a_date_was_read_is_told(house: House) -> None:
    text = await whole(house, "/why viasna-leaders-arrest")
    assert "In the words of the document: “On 14 July 2025 it will be four years since”." in text
    assert "How the date was read: four years before 14 July 2025" in text


async def test_the_post_of_a_day_and_slot_is_explained(house: House) -> None:
    text = await whole(house, "/why 2027-02-20 memorial")
    assert "Ihar Lednik died in prison on 20 February 2024." in text
    assert "Aged 64" in text


async def test_a_slot_without_a_post_has_nothing_behind_it(house: House) -> None:
    assert await house.text("/why 2027-02-20 day") == "Nothing in the calendar goes by that."


async def test_the_fact_of_a_quiet_day_is_explained(house: House) -> None:
    await house.ask("/subscribe")
    monday = "2027-02-22"
    assert "Why do we say this?" in await house.text(f"/why {monday} day")


async def test_a_claim_is_said_again_on_the_next_page(house: House) -> None:
    pages = await house.pages("/why ales-bialiatski")
    assert len(pages) > 1
    assert all("<b>" in page.html.split("\n\n")[1] for page in pages)


async def test_the_documents_are_one_tap_away(house: House) -> None:
    (post,) = (await house.ask("/why ihar-lednik-death")).posts
    assert "/sources eap-csf-2024-02-27" in commands_of(post)


@pytest.mark.parametrize("subject", ["nothing", "2027-02-30", "9999-12-31 day", "0001-01-01", "<b>", "ihar_lednik"])
async def test_what_is_unknown_is_answered_politely(house: House, subject: str) -> None:
    assert await house.text(f"/why {subject}") == "Nothing in the calendar goes by that."


async def test_without_an_argument_it_says_how_to_ask(house: House) -> None:
    house.now = house.now.replace(day=20)
    (post,) = (await house.ask("/why")).posts
    assert "/why 2027-02-20 memorial" in commands_of(post)


async def test_a_held_event_has_nothing_behind_it(house: House) -> None:
    held = real_calendar().without(people=frozenset(), events=frozenset({"ihar-lednik-death"}), sources=frozenset())
    house.calendar = lambda: held
    assert await house.text("/why ihar-lednik-death") == "Nothing in the calendar goes by that."


async def test_why_shows_no_word_of_a_quote_that_a_hold_has_blanked(house: House) -> None:
    held = real_calendar().without(people=frozenset({"ihar-lednik"}), events=frozenset(), sources=frozenset())
    house.calendar = lambda: held
    for person in held.people:
        assert "Lednik" not in await whole(house, f"/why {person}")


async def test_sources_lists_every_document_with_its_claims(house: House) -> None:
    (post,) = (await house.ask("/sources")).posts
    opened = commands_of(post)
    assert sorted(opened) == [f"/sources {source}" for source in sorted(real_calendar().sources)]
    assert "Language: English. Claims that rest on it: " in post.text
    assert "Open appeal, signatories not named (undated)" in post.text


async def test_sources_never_show_a_title_in_the_list(house: House) -> None:
    text = await house.text("/sources")
    assert not any(source.title in text for source in real_calendar().sources.values())


async def test_a_document_is_shown_with_title_and_what_may_be_republished(house: House) -> None:
    text = await house.text("/sources eap-csf-2024-02-27")
    assert "Title: “In memoriam Ihar Lednik and all political prisoners who died behind bars”" in text
    assert "Of its text only quotes may be republished." in text
    assert "Passages quoted from it: " in text


async def test_an_address_is_text_that_no_tap_opens(house: House) -> None:
    calendar = real_calendar()
    source = next(iter(calendar.sources.values())).model_copy(update={"address": "https://example.org/a?b&c"})
    changed = replace(calendar, sources={**calendar.sources, source.id: source})
    house.calendar = lambda: changed
    html = await house.html(f"/sources {source.id}")
    assert "<code>https://example.org/a?b&amp;c</code>" in html
    assert "<a " not in html


async def test_an_unknown_document_is_answered_politely(house: House) -> None:
    assert await house.text("/sources nothing") == "There is no document of that id."
