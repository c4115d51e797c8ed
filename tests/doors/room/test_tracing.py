"""From a quotation's words back to its line."""

from dataclasses import replace

from markupsafe import Markup

from bot.doors.room.sanitizing import clean
from bot.doors.room.tracing import Tracer
from bot.posts.wording import one_line
from bot.records.model import Quote, Translation
from tests.calendars import a_person, a_quote, an_event, real_calendar, small_calendar


def _small(*quotes: Quote, document: str):  # type: ignore[no-untyped-def]
    event = an_event("death", "2024-02-01", quotes=quotes)
    return replace(small_calendar(a_person(), event), documents={"report": document}, revision="small")


def test_every_quote_of_the_calendar_leads_to_its_words() -> None:
    calendar, tracer = real_calendar(), Tracer()
    for quote in calendar.quotes():
        places = [t for t in tracer.traces(calendar, quote.exact) if t.source_id == quote.source]
        assert places
        start, end = places[0].span
        assert one_line(calendar.documents[quote.source][start:end]) == one_line(quote.exact)


def test_the_quotation_keeps_its_own_language_and_names_its_line() -> None:
    calendar = _small(a_quote("Jane Doe died."), document="First line.\nJane\u00a0Doe died.\n")
    html = clean("<blockquote>Jane Doe died.</blockquote>", Tracer().quotation(calendar, "be"))
    assert html.startswith('<blockquote><span lang="en">Jane Doe died.</span><a class="trace" href="/document/report?')
    assert "language=be#passage-12-26" in html
    assert html.endswith("у дакуменце: радок 2</a></blockquote>")


def test_a_translation_leads_to_the_original_in_the_language_of_the_page() -> None:
    quote = Quote(
        source="report", exact="Jane Doe died.", translations={"be": Translation(text="Сказана.", reviewed=True)}
    )
    calendar = _small(quote, document="Jane Doe died.")
    html = clean("<blockquote>Сказана.</blockquote>", Tracer().quotation(calendar, "be"))
    assert '<span lang="be">Сказана.</span>' in html
    assert "#passage-0-14" in html


def test_words_that_no_record_quotes_stay_alone() -> None:
    calendar = _small(a_quote("Jane Doe died."), document="Jane Doe died. Nobody quotes this.")
    assert clean("<blockquote>Nobody quotes this.</blockquote>", Tracer().quotation(calendar, "en")) == Markup(
        "<blockquote>Nobody quotes this.</blockquote>"
    )


def test_another_calendar_is_read_anew() -> None:
    tracer = Tracer()
    before = _small(a_quote("Jane Doe died."), document="Jane Doe died.")
    after = replace(_small(a_quote("She died."), document="She died."), revision="later")
    assert list(tracer.traces(before, "Jane Doe died."))
    assert not list(tracer.traces(after, "Jane Doe died."))
    assert list(tracer.traces(after, "She died."))


def test_what_is_held_is_not_traced() -> None:
    calendar = real_calendar()
    quote = calendar.events["ihar-lednik-death"].quotes[0]
    held = calendar.without(people=frozenset(), events=frozenset(), sources=frozenset({quote.source}))
    assert not list(Tracer().traces(held, quote.exact))
