"""What counts as a correction of a sent post, and what then stands in its place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.agenda.occurrence import Slot
from bot.agenda.occurrences import Rules
from bot.agenda.wishes import Wishes
from bot.app.edition import CalendarEdition
from bot.chats.address import ChatKind
from bot.outbox.edition import ChatView
from bot.posts.post import Post, length_utf16
from bot.posts.stated import Stated, read_stated, write_stated
from bot.records.collection import Calendar
from bot.records.dates import PartialDate
from bot.records.model import Labels, Spelling, Translation, Withdrawal
from tests.calendars import a_person, a_quote, a_source, an_event, an_observance, labels, real_calendar, small_calendar

ON = date(2027, 3, 1)
CORRECTED_ON = date(2027, 3, 9)
ARREST = "jane-doe-arrest-2024-03-01"
FIRST_LINE = "Correction, 9 March 2027: this post replaces an earlier one."
WITHDRAWN = f"{FIRST_LINE} What that one stated is withdrawn."
QUOTE = "Jane Doe was taken from her home."
Change = Callable[[Calendar], Calendar]


def calendar() -> Calendar:
    """An arrest on 1 March 2024, of whom a report says that she is in prison."""
    arrest = an_event("arrest", "2024-03-01", quotes=(a_quote(QUOTE), a_quote("She was arrested.")))
    report = {"status": "imprisoned", "date": PartialDate.parse("2027-02-20"), "quotes": (a_quote(),)}
    known = {"labels": labels("journalist"), "quotes": (a_quote(),)}
    return small_calendar(arrest, a_person(custody=[report], known_for=known), sources=(a_source(), a_source("other")))


def edition_of(records: Calendar) -> CalendarEdition:
    return CalendarEdition(records, Rules(), None)


def told(records: Calendar, *, on: date = ON, slot: Slot = Slot.DAY, language: str = "en", **wishes: object) -> Post:
    wanted = Wishes(**({"facts": "never"} | wishes))  # type: ignore[arg-type]
    view = ChatView(language, wanted, ChatKind.CHANNEL, pictures=True)
    post = edition_of(records).compose(view, slot, on)
    assert post is not None
    assert post.stated is not None
    return post


def stated(post: Post) -> Stated:
    """What it stated, as it comes back from the database."""
    assert post.stated is not None
    read = read_stated(write_stated(post.stated))
    assert read == post.stated
    return read


def corrected(before: Post, records: Calendar) -> Post:
    edition = edition_of(records)
    assert not edition.stands(stated(before))
    post = edition.corrected(stated(before), CORRECTED_ON)
    assert post is not None
    return post


def with_event(records: Calendar, event_id: str = ARREST, **update: object) -> Calendar:
    event = records.events[event_id].model_copy(update=update)
    return replace(records, events=dict(records.events) | {event_id: event})


def with_person(records: Calendar, person_id: str = "jane-doe", **update: object) -> Calendar:
    person = records.people[person_id].model_copy(update=update)
    return replace(records, people=dict(records.people) | {person_id: person})


def without_event(records: Calendar, event_id: str = ARREST) -> Calendar:
    return replace(records, events={i: event for i, event in records.events.items() if i != event_id})


def renamed(records: Calendar) -> Calendar:
    event = records.events[ARREST].model_copy(update={"id": "another-id", "people": ("doe-jane",)})
    person = records.people["jane-doe"].model_copy(update={"id": "doe-jane"})
    return replace(records, people={"doe-jane": person}, events={"another-id": event})


def reported_again(records: Calendar) -> Calendar:
    newer = a_quote("Jane Doe is held incommunicado.", "other")
    report = (
        records.people["jane-doe"]
        .custody[0]
        .model_copy(update={"status": "disappeared", "date": PartialDate.parse("2027-02-28"), "quotes": (newer,)})
    )
    return with_person(records, custody=(*records.people["jane-doe"].custody, report))


def died_since(records: Calendar) -> Calendar:
    death = an_event("death", "2027-03-05")
    return replace(records, events=dict(records.events) | {death.id: death})


def with_other(records: Calendar) -> Calendar:
    other = small_calendar(an_event("arrest", "2024-03-01", "joe-bloggs"))
    both = dict(records.people) | dict(other.people)
    return replace(records, people=both, events=dict(records.events) | dict(other.events))


HARMLESS: dict[str, Change] = {
    "nothing": lambda records: records,
    "a spelling is added": lambda r: with_person(r, spellings=(Spelling(name="Jane Dow", source=None),)),
    "a label in another language is mended": lambda r: with_person(r, names=Labels(en="Jane Doe", be="Джэйн", ru="Д")),
    "a quote is added": lambda r: with_event(r, quotes=(*r.events[ARREST].quotes, a_quote("More.", "other"))),
    "a quote that was not shown is mended": lambda r: with_event(r, quotes=(a_quote(QUOTE), a_quote("She was."))),
    "a person is added": lambda r: with_event(with_other(r), people=("jane-doe", "joe-bloggs")),
    "another event is added on the same day": with_other,
    "a newer report says that she is still held": reported_again,
    "she died since": died_since,
    "its records are renamed": renamed,
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_leaves_a_post_true_is_no_correction(change: Change) -> None:
    assert edition_of(change(calendar())).stands(stated(told(calendar())))


def test_another_wording_of_the_program_is_no_correction() -> None:
    before = stated(told(calendar()))
    by_an_older_program = replace(before, body="0" * 64, picture="0" * 64)

    assert edition_of(calendar()).stands(by_an_older_program)


def test_a_report_that_grew_old_is_no_correction() -> None:
    before = told(calendar())
    edition = CalendarEdition(calendar(), Rules(shelf_life_days=1), None)

    assert "Our documents end there" not in before.text
    assert edition.stands(stated(before))


def test_what_was_stated_in_an_unknown_way_is_not_compared() -> None:
    text = write_stated(stated(told(calendar()))).replace('"version":1', '"version":0')

    assert (read_stated(text), read_stated(None), read_stated("")) == (None, None, None)


def test_the_way_in_which_claims_are_digested_has_not_changed() -> None:
    """If this fails, raise `stated.VERSION`: every post that was sent would seem to need a correction."""
    found = {claimed.record: claimed.digests for claimed in stated(told(calendar())).claims}

    assert found == GOLDEN


GOLDEN = {
    "event:jane-doe-arrest-2024-03-01": (
        "db3778702aa0d7fa",
        "ea45aafd1ac3beec",
        "24283a31d3767994",
        "d89c8dd340ad6704",
    ),
    "person:jane-doe": ("e090d5b30d120ae8", "475d86966bea307c", "d66c4aff663c9094", "5bd859ce750ba871"),
}

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


def mended_source() -> object:
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


def test_what_nobody_would_see_is_no_correction() -> None:
    before = stated(told(calendar()))
    unseen = replace(before, claims=(replace(before.claims[0], digests=("0" * 16,)),))
    edition = edition_of(calendar())

    assert not edition.stands(unseen)
    assert edition.corrected(unseen, CORRECTED_ON) is None


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


@pytest.mark.parametrize("language", ["en", "be", "ru"])
@pytest.mark.parametrize("day", [date(2027, 2, 20), date(2027, 5, 14), date(2027, 5, 21), date(2027, 7, 1)])
def test_every_post_of_the_real_calendar_stands_until_its_records_fall(day: date, language: str) -> None:
    records = real_calendar()
    emptied = replace(records, people={}, events={}, observances={}, figures={}, calls={})
    edition = edition_of(records)
    view = ChatView(language, Wishes(), ChatKind.CHANNEL)
    for slot in edition.slots(view.wishes, day):
        post = edition.compose(view, slot, day)
        assert post is not None
        before = stated(post)

        assert before.claims
        assert edition.stands(before)
        assert edition.corrected(before, CORRECTED_ON) is None
        assert not edition_of(emptied).stands(before)
