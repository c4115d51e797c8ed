"""What stands in the place of a post whose records changed or fell."""

from dataclasses import replace
from datetime import date

import pytest

from bot.agenda.occurrence import Slot
from bot.agenda.wishes import Wishes
from bot.chats.address import ChatKind
from bot.outbox.edition import ChatView
from bot.posts.post import Post, length_utf16
from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from bot.records.model import Source, Translation, Withdrawal
from tests.app.corrected import (
    ARREST,
    CORRECTED_ON,
    FIRST_LINE,
    ON,
    QUOTE,
    WITHDRAWN,
    Change,
    calendar,
    corrected,
    edition_of,
    stated,
    told,
    with_event,
    with_other,
    with_person,
    without_event,
)
from tests.calendars import a_person, a_quote, a_source, an_event, an_observance, labels, small_calendar

NAMED: dict[str, Change] = {
    "the name": lambda r: with_person(r, names=labels("Joan Doe")),
    "what she is known for": lambda r: with_person(r, known_for=None),
    "the kind": lambda r: with_event(r, kind="detention"),
    "the year": lambda r: with_event(r, date=PartialDate.parse("2023-03-01")),
    "the quote": lambda r: with_event(r, quotes=(a_quote("She was taken."),)),
    "whose words it is": lambda r: with_event(r, quotes=(a_quote(QUOTE).model_copy(update={"speaker": "A. Person"}),)),
    "the publisher": lambda r: replace(r, sources={"report": mended_source(), "other": r.sources["other"]}),
    "the report": lambda r: with_person(r, custody=()),
}


def mended_source() -> Source:
    return a_source().model_copy(update={"publisher": labels("Another Body")})


@pytest.mark.parametrize("change", NAMED.values(), ids=NAMED)
def test_a_changed_claim_is_told_anew_beneath_a_neutral_line(change: Change) -> None:
    before, records = told(calendar()), change(calendar())
    after = corrected(before, records)

    assert after.text.split("\n")[:2] == [FIRST_LINE, ""]
    assert after.text.partition("\n\n")[2] == told(records).text
    assert after.buttons == told(records).buttons
    assert after.picture is not None


def test_a_release_before_the_day_corrects_what_was_said_of_custody() -> None:
    release = an_event("release", "2027-02-27")
    records = replace(calendar(), events=dict(calendar().events) | {release.id: release})

    after = corrected(told(calendar()), records)

    assert after.text == WITHDRAWN


def withdrawn(records: Calendar) -> Calendar:
    return with_event(records, withdrawn=Withdrawal(on=PartialDate.parse("2027-03-05"), reason="A mistake."))


def held(**of: frozenset[str]) -> Change:
    none: frozenset[str] = frozenset()
    return lambda records: records.without(**({"people": none, "events": none, "sources": none} | of))


FALLEN: dict[str, Change] = {
    "deleted": without_event,
    "withdrawn": withdrawn,
    "its person held": held(people=frozenset({"jane-doe"})),
    "held": held(events=frozenset({ARREST})),
    "its source held": held(sources=frozenset({"report"})),
}


@pytest.mark.parametrize("change", FALLEN.values(), ids=FALLEN)
def test_what_fell_is_withdrawn_and_not_repeated(change: Change) -> None:
    after = corrected(told(calendar()), change(calendar()))

    assert (after.text, after.buttons) == (WITHDRAWN, ())
    assert after.picture is not None
    assert after.picture.alt.endswith("the words: Correction. 9 March 2027.")
    assert stated(after).claims == ()


def test_a_withdrawn_post_is_not_corrected_again() -> None:
    after = corrected(told(calendar()), without_event(calendar()))

    assert edition_of(small_calendar()).stands(stated(after))


def test_an_event_of_another_day_is_told_with_its_date() -> None:
    records = with_event(calendar(), date=PartialDate.parse("2024-03-02"))

    after = corrected(told(calendar()), records)

    assert after.text.split("\n")[2] == "Arrest of Jane Doe (2 March 2024)"
    assert QUOTE in after.text


def test_of_several_the_one_that_is_held_goes_and_the_others_stay() -> None:
    records = with_other(calendar())
    before = told(records)

    after = corrected(before, held(people=frozenset({"jane-doe"}))(records))

    assert "Jane" in before.text
    assert after.text.startswith(f"{FIRST_LINE}\n\n1 March: three years since the arrest of Joe Bloggs")
    assert "Jane" not in after.html + str(after.buttons)


def test_a_correction_can_be_corrected() -> None:
    first = corrected(told(calendar()), with_event(calendar(), date=PartialDate.parse("2023-03-01")))
    second = corrected(first, with_event(calendar(), date=PartialDate.parse("2022-03-01")))

    assert second.text.count("Correction, ") == 1
    assert "five years since the arrest" in second.text


def test_a_chat_that_hears_of_one_person_is_corrected_about_that_one() -> None:
    records = with_event(with_other(calendar()), people=("jane-doe", "joe-bloggs"))
    before = told(records, topics=frozenset({"person:jane-doe"}), followed=frozenset({"jane-doe"}))

    after = corrected(before, with_event(records, kind="detention"))

    assert "detention of Jane Doe" in after.text
    assert "Joe" not in after.text.partition("“")[0]


def test_the_reminder_of_a_day_is_corrected_as_a_reminder() -> None:
    records = small_calendar(an_observance())
    before = told(records, on=date(2027, 5, 14))
    (known,) = records.observances.values()
    mended = replace(records, observances={known.id: known.model_copy(update={"names": labels("A Day of Memory")})})

    after = corrected(before, mended)

    assert after.text.split("\n")[2] == "In 7 days: 21 May, A Day of Memory"


def test_a_fact_is_corrected_as_the_same_fact() -> None:
    records = small_calendar(*(a_person(f"person-{number}") for number in range(5)))
    before = told(records, facts="daily")
    (record,) = before.records
    mended = with_person(records, record, names=labels("A Better Name"))

    after = corrected(before, mended)

    assert after.text.split("\n")[2] == "A Better Name"


def test_a_round_up_is_corrected_as_a_round_up() -> None:
    records = with_other(calendar())
    before = told(records, rhythm="weekly")

    after = corrected(before, without_event(records))

    assert after.text.split("\n")[2] == "1 March – 7 March: dates we keep"
    assert "Jane" not in after.text


def test_a_reviewed_translation_that_changes_is_a_correction() -> None:
    def with_translation(text: str) -> Calendar:
        quote = a_quote(QUOTE).model_copy(update={"translations": {"be": Translation(text=text, reviewed=True)}})
        return with_event(calendar(), quotes=(quote,))

    before = told(with_translation("Так."), language="be")

    assert corrected(before, with_translation("Не так.")).text.startswith("Выпраўленне, 9 сакавіка 2027")
    assert edition_of(with_translation("Не так.")).stands(stated(told(with_translation("Так."))))


def test_a_caption_stays_a_caption() -> None:
    records = with_event(calendar(), quotes=(a_quote(("Word " * 100).strip()), a_quote(QUOTE)))
    before = told(records)
    longer = with_event(calendar(), quotes=(a_quote(("Words " * 150).strip()),))

    after = corrected(before, longer)

    assert before.picture is not None
    assert after.picture is not None
    assert length_utf16(after.text) <= 1024
    assert "A Human Rights Body, 1 March 2024" in after.text


def framed_post(records: Calendar, opening: str, signature: str) -> Post:
    view = ChatView("en", Wishes(facts="never"), ChatKind.CHANNEL, opening=opening, signature=signature)
    post = edition_of(records).compose(view, Slot.DAY, ON)
    assert post is not None
    return post


def test_the_line_of_a_correction_stands_above_a_channels_own_lines() -> None:
    before = framed_post(calendar(), "Today:", "Our channel")

    after = corrected(before, with_event(calendar(), date=PartialDate.parse("2023-03-01")))

    lines = after.text.split("\n")
    assert (lines[0], lines[2], lines[-1]) == (FIRST_LINE, "Today:", "Our channel")


def test_a_channels_own_lines_stay_within_a_caption() -> None:
    before = framed_post(calendar(), "Opening " * 20, "Signature " * 15)
    longer = with_event(calendar(), quotes=(a_quote(("Words " * 110).strip()),))

    after = corrected(before, longer)

    assert before.picture is not None
    assert after.picture is not None
    assert length_utf16(after.text) <= 1024
    assert after.text.rstrip().endswith("Signature")


def test_a_post_that_is_too_long_for_a_caption_by_its_channels_lines_is_a_text() -> None:
    long = with_event(calendar(), quotes=(a_quote(("Words " * 110).strip()),))

    before = framed_post(long, "Opening " * 20, "Signature " * 15)

    assert length_utf16(before.text) > 1024
    assert (before.picture, stated(before).picture) == (None, None)


def test_a_text_stays_a_text() -> None:
    before = replace(stated(told(calendar())), picture=None)

    after = edition_of(without_event(calendar())).corrected(before, CORRECTED_ON)

    assert after is not None
    assert after.picture is None
