"""Whatever the calendar holds, Telegram takes what is made of it."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.agenda.facts import Fact
from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import Rules, occurrences
from bot.posts.custody_label import documents_end
from bot.posts.cuts import plain, shorter
from bot.posts.day import fact_post, slot_post, title
from bot.posts.post import Post, length_utf16, start_parameter
from bot.posts.translations import LANGUAGES
from bot.posts.voice import Voice
from bot.records.collection import Calendar
from bot.records.custody import custody
from tests.posts.contents import DAY, calendars
from tests.telegram.entities import utf16_length
from tests.telegram.html import parse_html

languages = st.sampled_from(LANGUAGES)
unhurried = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def is_taken(post: Post) -> None:
    """Fail where Telegram would refuse the post."""
    text, _ = parse_html(post.html)
    assert text.strip() == post.text.strip() != ""
    assert utf16_length(text) <= 4096
    for row in post.buttons:
        for button in row:
            assert button.text.strip()
            assert (button.command is None) != (button.link is None)
            if button.command is not None:
                assert len(button.command.encode()) <= 64
                assert start_parameter(button.command)


def is_stale(calendar: Calendar, person: str, on: date) -> bool:
    now = custody(calendar, person, on=on)
    return now.counts_as_imprisoned and not now.fresh


@unhurried
@given(calendars(), languages)
def test_any_day_is_taken_by_telegram(calendar: Calendar, language: str) -> None:
    voice = Voice(language, DAY)
    for slot in Slot:
        told = [o for o in occurrences(calendar, DAY, DAY) if o.slot is slot]
        if told:
            is_taken(slot_post(calendar, told, voice, slot=slot, on=DAY))


@unhurried
@given(calendars(), languages)
def test_any_day_with_leads_is_taken_by_telegram(calendar: Calendar, language: str) -> None:
    on = date(2024, 7, 31)
    told = [o for o in occurrences(calendar, on, on, Rules(leads=(1,), death_leads=(1,))) if o.slot is Slot.DAY]
    if told:
        is_taken(slot_post(calendar, told, Voice(language, on), slot=Slot.DAY, on=on))


@unhurried
@given(calendars(), languages)
def test_any_fact_is_taken_by_telegram(calendar: Calendar, language: str) -> None:
    for record in [*calendar.people, *calendar.events, *calendar.figures, *calendar.calls]:
        is_taken(fact_post(calendar, Fact(record), Voice(language, DAY)))


@unhurried
@given(calendars(), languages)
def test_titles_are_one_line_of_plain_text(calendar: Calendar, language: str) -> None:
    for occurrence in occurrences(calendar, DAY, DAY):
        assert "\n" not in title(calendar, occurrence, Voice(language, DAY))


@unhurried
@given(calendars(), languages)
def test_report_past_its_shelf_life_never_goes_without_saying_so(calendar: Calendar, language: str) -> None:
    told = [o for o in occurrences(calendar, DAY, DAY) if o.slot is Slot.DAY]
    if not told:
        return
    post = slot_post(calendar, told, Voice(language, DAY), slot=Slot.DAY, on=DAY)
    # Of those alone whom it tells of: in a list too long for a message some are only counted.
    if any(is_stale(calendar, person, DAY) for person in calendar.people if person in post.records):
        assert documents_end(language) in post.text
        assert not any(button.link for row in post.buttons for button in row)


@unhurried
@given(calendars(), languages, st.integers(300, 1500))
def test_mended_posts_are_taken_by_telegram(calendar: Calendar, language: str, limit: int) -> None:
    told = [o for o in occurrences(calendar, DAY, DAY) if o.slot is Slot.DAY]
    if told:
        post = slot_post(calendar, told, Voice(language, DAY), slot=Slot.DAY, on=DAY)
        is_taken(shorter(post, limit))
        assert length_utf16(shorter(post, limit).text) <= limit
        is_taken(plain(shorter(post, limit)))
