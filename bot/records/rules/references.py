"""Rules on ids and references: what a record points to exists, once, and is in its place."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.loading import Loaded
from bot.records.model import Call, Event, Figure, Observance
from bot.records.problems import Problem, shown
from bot.records.rules.grounding import grounding, places_of_figure

_AFTER_DEATH = frozenset({"arrest", "detention", "sentence", "release", "disappearance"})
# Numbers, statements and rallies may stand several times in one quote.
_ONCE_A_DATE = _AFTER_DEATH | {"birth"}


def ids_are_used_once(loaded: Loaded) -> Iterator[Problem]:
    """A person, event, observance, figure or call never shares its id with another record."""
    by_id: defaultdict[str, list[str]] = defaultdict(list)
    for place, file in loaded.files.items():
        folder, record_id = place.split("/", 1)
        # A file of figures or calls is named for its source; only its entries are records.
        if not (folder in ("figures", "calls") and file == f"{place}.yaml"):
            by_id[record_id].append(file)
    sources = loaded.calendar.sources
    for record_id, files in by_id.items():
        if len(files) > 1 and record_id not in sources:
            yield Problem(files[1], "id", shown(record_id), f"an id not used in {files[0]}", "this id is taken")


def people_exist(loaded: Loaded) -> Iterator[Problem]:
    """Every person of an event has a record."""
    for event in loaded.calendar.events.values():
        file = loaded.files[f"events/{event.id}"]
        for person in dict.fromkeys(event.people):
            if person not in loaded.calendar.people:
                yield Problem(file, "people", shown(person), "the id of a file in people/", "there is no such person")


def lists_have_each_value_once(loaded: Loaded) -> Iterator[Problem]:
    """Nobody stands twice in an event, no tag, country or lead twice in its list."""
    for claim in claims(loaded):
        subject = claim.subject
        lists: dict[str, tuple[object, ...]] = {}
        if isinstance(subject, Event):
            lists = {"people": subject.people, "tags": subject.tags}
        elif isinstance(subject, Call):
            lists = {"tags": subject.tags, "countries": subject.countries}
        elif isinstance(subject, Observance):
            lists = {"leads": subject.leads}
        for key, values in lists.items():
            for value, times in Counter(values).items():
                if times > 1:
                    yield claim.problem(key, str(value), f"{value} once", f"{value} stands here twice")


def people_are_kept_for_a_reason(loaded: Loaded) -> Iterator[Problem]:
    """A person has an event or a custody report: speakers, officials and relatives are no persons."""
    speakers = {name for quote in loaded.calendar.quotes() for name in (quote.speaker, quote.through) if name}
    for person in loaded.calendar.people.values():
        # A withdrawn event counts: it is kept, so that nobody enters it anew.
        if person.custody or any(person.id in event.people for event in loaded.calendar.events.values()):
            continue
        is_speaker = any(spelling.name in speakers for spelling in person.spellings)
        message = "a speaker is no person of the calendar" if is_speaker else "nothing is told of this person"
        file = loaded.files[f"people/{person.id}"]
        yield Problem(file, "id", shown(person.id), "an event or a custody report of this person", message)


def one_death_and_nothing_after_it(loaded: Loaded) -> Iterator[Problem]:
    """Nobody dies twice, or is arrested, sentenced or released after having died."""
    for person_id in loaded.calendar.people:
        events = loaded.calendar.events_of(person_id)
        deaths = [event for event in events if event.kind == "death"]
        for death in deaths[1:]:
            file, first = loaded.files[f"events/{death.id}"], deaths[0].id
            yield Problem(file, "kind", "a second death", f"only {first}", f"{person_id} has two deaths")
        died = deaths[0].date if deaths else None
        for event in events:
            if died and event.date and event.kind in _AFTER_DEATH and event.date.first > died.last:
                file = loaded.files[f"events/{event.id}"]
                message = f"this {event.kind} of {person_id} is later than the death in {deaths[0].id}"
                yield Problem(file, "date", shown(event.date), f"not after {died}", message)


def events_are_told_once(loaded: Loaded) -> Iterator[Problem]:
    """One arrest, release … is one record with the quotes of all its documents."""
    for person_id in loaded.calendar.people:
        told: list[Claim] = [
            claim
            for claim in claims(loaded)
            if isinstance(claim.subject, Event)
            and claim.subject.kind in _ONCE_A_DATE
            and person_id in claim.people
            and claim.subject.withdrawn is None
        ]
        for number, claim in enumerate(told):
            if other := next((o for o in told[:number] if _are_one(o, claim, person_id)), None):
                first = other.subject.id if isinstance(other.subject, Event) else ""
                expected = f"one record, {first}, with all quotes"
                yield claim.problem("id", person_id, expected, f"this is told in {first} already")


def figures_and_calls_are_told_once(loaded: Loaded) -> Iterator[Problem]:
    """No two figures take the same number of the same sentence, and no two calls the same quotes and tags."""
    seen: dict[tuple[object, ...], str] = {}
    for claim in claims(loaded):
        subject, key = claim.subject, None
        if isinstance(subject, Figure):
            places = [(s.source, s.text) for s in claim.sentences if places_of_figure(subject, s)]
            key = (subject.value, subject.words, subject.country, *places[:1])
        elif isinstance(subject, Call):
            key = (*sorted(subject.tags), *(" ".join(quote.exact.split()) for quote in claim.quotes))
        if key and (other := seen.setdefault(key, claim.key)) != claim.key:
            yield claim.problem("id", claim.key, f"one record, {other}", f"this is told in {other} already")


def lists_keep_to_their_source(loaded: Loaded) -> Iterator[Problem]:
    """A file of figures or calls is named for its one source."""
    for claim in claims(loaded):
        folder, _, name = claim.file.partition("/")
        for quote in claim.quotes if folder in ("figures", "calls") else ():
            if quote.source != name.removesuffix(".yaml"):
                expected = f"quotes from {name.removesuffix('.yaml')} alone"
                yield claim.problem("quotes", quote.source, expected, "this quote belongs in another file")


def _are_one(one: Claim, other: Claim, person: str) -> bool:
    """Whether two records tell of the same event: alike, of overlapping dates, and not two tellings of one document."""
    first, second = one.subject, other.subject
    if not isinstance(first, Event) or not isinstance(second, Event):
        return False
    if first.kind != second.kind or first.of_group != second.of_group:
        return False
    if (first.date is None) != (second.date is None):
        return False
    if first.date and second.date and (first.date.last < second.date.first or second.date.last < first.date.first):
        return False
    here, there = ({(s.source, s.text) for s in grounding(claim, person)} for claim in (one, other))
    sources = {source for source, _ in here} & {source for source, _ in there}
    # A document that tells of two arrests tells of them in two sentences.
    return not sources or bool(here & there)
