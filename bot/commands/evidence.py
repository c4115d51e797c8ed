"""/why and /sources: every quote behind a post, and the documents they stand in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.agenda.facts import Fact
from bot.agenda.hearing import heard
from bot.agenda.occurrences import occurrences
from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.claims import Claim, Telling, claims_behind, claims_of_occurrences, documents_behind, heading_of
from bot.commands.labels import language_name
from bot.commands.replies import Paging, button, paged, reply, rows_of, show
from bot.commands.request import Reply
from bot.commands.typed import split_page
from bot.posts.citations import source_line
from bot.posts.listings import notice
from bot.posts.post import Button
from bot.records.collection import Calendar
from bot.records.model import Quote, Source

_DOCUMENT_BUTTONS = 6
# What asks for a listed address, behind the id of a document.
ADDRESS = "address"
_LONGEST_ROUND_UP = timedelta(days=30)


async def why(asking: Asking) -> Reply:
    """Every quote behind a record, or behind the post of a day and slot."""
    subject, page = split_page(asking.argument)
    if not subject:
        return _what_can_be_asked(asking)
    of = Telling(asking.calendar, asking.voice)
    heading, claims = _claims(asking, subject.lower(), of)
    if not claims:
        return reply(asking.t.gettext("Nothing in the calendar goes by that."), (offers.documents(asking.t),))
    passages = list(_passages(claims))
    rendered = show(asking, "why", heading=heading, passages=passages)
    documents = [button(line, f"/sources {id_}") for id_, line in documents_behind(claims, of)]
    rows = tuple(rows_of(documents[:_DOCUMENT_BUTTONS], 1))
    groups = [claim.says for claim, _, _ in passages]
    return paged(asking, rendered, Paging(f"/why {subject.lower()}", page, groups=groups, rows=rows))


async def sources(asking: Asking) -> Reply:
    """The documents, or one of them by its id; with `address`, its address too where that is listed."""
    argument, page = split_page(asking.argument)
    if argument:
        source_id, _, wanted = argument.lower().partition(" ")
        source = asking.calendar.sources.get(source_id)
        if source is None or wanted not in ("", ADDRESS):
            line = asking.t.gettext("There is no document of that id.")
            return reply(line, (offers.documents(asking.t),))
        return _one_source(asking, source, asks_for_address=wanted == ADDRESS)
    counts = _claims_by_source(asking.calendar)
    newest_first = sorted(asking.calendar.sources.values(), key=lambda s: (s.date is None, -_ordinal(s), s.id))
    shown = [(s, language_name(s.language, asking.language), counts[s.id]) for s in newest_first]
    rendered = show(asking, "sources", sources=shown)
    opened = [button(source_line(s, asking.language), f"/sources {s.id}") for s in newest_first]
    return paged(asking, rendered, Paging("/sources", page, opened))


def _one_source(asking: Asking, source: Source, *, asks_for_address: bool) -> Reply:
    listed = notice(source, asking.calendar, asking.voice)
    is_kept_back = listed is not None and not asks_for_address
    quotes = {quote.exact for quote in asking.calendar.quotes() if quote.source == source.id}
    html = show(
        asking,
        "source",
        source=source,
        language=language_name(source.language, asking.language),
        quotes=len(quotes),
        claims=_claims_by_source(asking.calendar)[source.id],
        listed=listed,
        is_kept_back=is_kept_back,
    )
    show_it = (Button(asking.t.gettext("Show the address"), f"/sources {source.id} {ADDRESS}"),)
    return reply(html, *((show_it,) if is_kept_back else ()), (offers.documents(asking.t),))


def _what_can_be_asked(asking: Asking) -> Reply:
    """How to ask, with today's posts one tap away."""
    slots = heard(asking.calendar, asking.wishes, on=asking.on, rules=asking.desk.rules)
    today = [Button(asking.t.gettext("Why today's post?"), f"/why {asking.on.isoformat()} {slot}") for slot in slots]
    return reply(show(asking, "ask_why"), *((button,) for button in today[:1]), (offers.documents(asking.t),))


def _claims(asking: Asking, subject: str, of: Telling) -> tuple[str, list[Claim]]:
    span, slot = _days_and_slot(subject)
    if span is None:
        return "", claims_behind(subject, of)
    on, last = span
    rules = replace(asking.desk.rules, leads=asking.wishes.leads if on == last else ())
    found = [o for o in occurrences(asking.calendar, on, last, rules) if slot in ("", o.slot.value)]
    if found:
        return heading_of(found, of), claims_of_occurrences(found, of)
    if on != last:
        return "", []
    told = [f for f in heard(asking.calendar, asking.wishes, on=on, rules=rules).values() if isinstance(f, Fact)]
    return "", [claim for f in told for claim in claims_behind(f.record_id, of)]


def _passages(claims: Sequence[Claim]) -> Iterator[tuple[Claim, bool, Quote]]:
    """Each quote with its claim, and whether it is the claim's first."""
    for claim in claims:
        for n, quote in enumerate(claim.quotes):
            yield claim, n == 0, quote


def _claims_by_source(calendar: Calendar) -> Counter[str]:
    """How many claims rest on each document."""
    counts: Counter[str] = Counter()
    for quotes in _quotes_by_claim(calendar):
        counts.update({quote.source for quote in quotes})
    return counts


def _quotes_by_claim(calendar: Calendar) -> Iterator[tuple[Quote, ...]]:
    for kind in (calendar.events, calendar.observances, calendar.figures, calendar.calls, calendar.listings):
        yield from (claim.quotes for claim in kind.values())
    for person in calendar.people.values():
        yield from (claim.quotes for claim in (person.country, person.known_for, person.age) if claim is not None)
        yield from (report.quotes for report in person.custody)


def _ordinal(source: Source) -> int:
    return source.date.last.toordinal() if source.date else 0


def _days_and_slot(subject: str) -> tuple[tuple[date, date] | None, str]:
    """`2027-02-20 memorial`, or the days of a round-up, `2027-02-15 2027-02-21 day`; no days where none stand there."""
    first, _, rest = subject.partition(" ")
    on = _day(first)
    if on is None:
        return None, ""
    second, _, slot = rest.partition(" ")
    last = _day(second)
    if last is None:
        return (on, on), rest
    return ((on, last) if on <= last <= on + _LONGEST_ROUND_UP else None), slot


def _day(text: str) -> date | None:
    """The day written so; None where it is none, or so far off that no post was or will be of it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None
