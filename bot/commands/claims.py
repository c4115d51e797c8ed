"""What stands behind a post: claims of the calendar with every quote, and how their dates were read.

Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.agenda.occurrence import Occurrence
from bot.commands.labels import status_label
from bot.posts.calls import call_line
from bot.posts.citations import source_line
from bot.posts.custody_label import custody_label
from bot.posts.dates import capitalised, partial_date
from bot.posts.figures import country_name, figure_heading, figure_line
from bot.posts.phrases import event_phrase
from bot.posts.post import Post
from bot.posts.titles import title
from bot.posts.translations import Translator, translator
from bot.posts.voice import Voice
from bot.posts.wording import label, name_of
from bot.records.collection import Calendar
from bot.records.custody import custody
from bot.records.model import Call, CustodyReport, Dated, Event, Figure, Observance, Person, Quote, Withdrawal

# Of a post about many people the quotes on each are asked for person by person.
PEOPLE_BEHIND_A_POST = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said, its quotes, the document's own words for its date, and how they were read."""

    says: str
    quotes: tuple[Quote, ...]
    as_said: str = ""
    reason: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """The calendar and voice in which claims are worded."""

    calendar: Calendar
    voice: Voice

    @property
    def t(self) -> Translator:
        """The commands' messages."""
        return translator("commands", self.voice.language)


def claims_behind(record_id: str, of: Telling) -> list[Claim]:
    """The claims behind a record of any kind, by its id; empty where there is no such record."""
    calendar = of.calendar
    if record_id in calendar.people:
        return list(_of_person(calendar.people[record_id], of))
    if record_id in calendar.events:
        event = calendar.events[record_id]
        return [_of_event(event, of), *_where(event.country, event.country_quotes, of), *_of_people(event.people, of)]
    if record_id in calendar.observances:
        return [_of_observance(calendar.observances[record_id], of)]
    if record_id in calendar.figures:
        figure = calendar.figures[record_id]
        return [_of_figure(figure, of), *_where(figure.country, figure.country_quotes, of)]
    if record_id in calendar.calls:
        call = calendar.calls[record_id]
        return [_of_call(call, of), *(c for code in call.countries[:1] for c in _where(code, call.country_quotes, of))]
    return []


def claims_of_occurrences(occurrences: Sequence[Occurrence], of: Telling) -> list[Claim]:
    """The claims behind the post of some occurrences: what happened, then what is said of its people."""
    claims: list[Claim] = []
    for occurrence in occurrences:
        claims += [_of_event(event, of) for event in occurrence.events]
        claims += [_of_observance(occurrence.observance, of)] if occurrence.observance else []
    return [*claims, *_of_people(dict.fromkeys(p for o in occurrences for p in o.people), of)]


def heading_of(occurrences: Sequence[Occurrence], of: Telling) -> str:
    """What the post of a single occurrence is about; empty for several."""
    return title(of.calendar, occurrences[0], of.voice) if len(occurrences) == 1 else ""


def _of_event(event: Event, of: Telling) -> Claim:
    return _claim(capitalised(event_phrase(event, of.calendar, of.voice.language)), event, of)


def _of_observance(observance: Observance, of: Telling) -> Claim:
    return Claim(label(observance.names, of.voice.language), observance.quotes)


def _of_figure(figure: Figure, of: Telling) -> Claim:
    heading = figure_heading(figure, of.voice.language)
    return _claim(f"{heading}. {figure_line(figure, of.calendar, of.voice)}", figure, of)


def _of_call(call: Call, of: Telling) -> Claim:
    return Claim(call_line(call, of.calendar, of.voice.language), call.quotes)


def _of_people(people: Iterable[str], of: Telling) -> Iterator[Claim]:
    """What a post says of each of its people: who they are, and what was last reported of custody."""
    for person_id in list(people)[:PEOPLE_BEHIND_A_POST]:
        person = of.calendar.people[person_id]
        yield from _portrait(person, of)
        now = custody(of.calendar, person_id, on=of.voice.on, shelf_life_days=of.voice.shelf_life_days)
        if now.status != "died" and now.quotes:
            said = Post(custody_label(now, of.calendar, of.voice)).text
            yield Claim(_of_name(person, said, of), now.quotes)


def _of_person(person: Person, of: Telling) -> Iterator[Claim]:
    """Everything the calendar says of one person, every report of custody included."""
    yield from _portrait(person, of)
    events = of.calendar.events_of(person.id)
    yield from (_of_event(event, of) for event in sorted(events, key=lambda e: (e.date is None, str(e.date), e.id)))
    yield from (_of_report(person, report, of) for report in person.custody)
    yield from _where(person.country.code, person.country.quotes, of)


def _portrait(person: Person, of: Telling) -> Iterator[Claim]:
    language = of.voice.language
    if person.known_for is not None:
        yield Claim(_of_name(person, label(person.known_for.labels, language), of), person.known_for.quotes)
    if person.age is not None:
        said = of.t.gettext("age as reported: %(years)s") % {"years": person.age.years}
        yield Claim(_of_name(person, said, of), person.age.quotes)


def _of_report(person: Person, report: CustodyReport, of: Telling) -> Claim:
    status = status_label(report.status, of.t)
    if report.detail is not None:
        status = f"{status}, {label(report.detail, of.voice.language)}"
    said = of.t.gettext("report of custody: %(status)s") % {"status": status}
    if report.date is not None:
        when = partial_date(report.date, of.voice.language)
        said = of.t.gettext("report of custody: %(status)s (as of: %(date)s)") % {"status": status, "date": when}
    return _claim(_of_name(person, said, of), report, of)


def _where(country: str | None, quotes: Sequence[Quote], of: Telling) -> Iterator[Claim]:
    if country is not None and quotes:
        name = country_name(country, of.voice.language)
        yield Claim(of.t.gettext("Country: %(country)s") % {"country": name}, tuple(quotes))


def _of_name(person: Person, said: str, of: Telling) -> str:
    return f"{name_of(person, of.voice.language)}: {said}"


def _claim(says: str, dated: Event | Figure | CustodyReport, of: Telling) -> Claim:
    reason = dated.resolved.reason if dated.resolved else ""
    withdrawal = None if isinstance(dated, Figure) else dated.withdrawn
    return Claim(says, dated.quotes, _as_said(dated), reason, _withdrawn(withdrawal, of))


def _as_said(dated: Dated) -> str:
    return dated.as_said or ""


def _withdrawn(withdrawal: Withdrawal | None, of: Telling) -> str:
    if withdrawal is None:
        return ""
    return f"{partial_date(withdrawal.on, of.voice.language)}: {withdrawal.reason}"


def documents_behind(claims: Iterable[Claim], of: Telling) -> list[tuple[str, str]]:
    """The documents behind some claims, each once: id, and publisher with date."""
    ids = dict.fromkeys(quote.source for claim in claims for quote in claim.quotes)
    return [(source_id, source_line(of.calendar.sources[source_id], of.voice.language)) for source_id in ids]
