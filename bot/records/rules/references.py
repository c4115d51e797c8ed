"""Rules on ids, references and names: what a record points to exists, and is called as the documents call it."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from bot.records.claims import claims
from bot.records.loading import Loaded
from bot.records.model import Labels, Person, Source
from bot.records.problems import Problem, shown
from bot.records.quotes import count

_AFTER_DEATH = frozenset({"arrest", "detention", "sentence", "release", "disappearance"})
_NOT_BELARUSIAN = re.compile(r"[иИщЩъЪ]")
_NOT_RUSSIAN = re.compile(r"[іІўЎ]")


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
    """Every person of an event has a record, and stands in it once."""
    for event in loaded.calendar.events.values():
        file = loaded.files[f"events/{event.id}"]
        for person, times in Counter(event.people).items():
            if person not in loaded.calendar.people:
                yield Problem(file, "people", shown(person), "the id of a file in people/", "there is no such person")
            elif times > 1:
                yield Problem(file, "people", shown(person), "each person once", "this person stands here twice")


def claims_name_their_people(loaded: Loaded) -> Iterator[Problem]:
    """Some quote of a claim about people names each of them."""
    for claim in claims(loaded):
        for person_id in claim.people:
            person = loaded.calendar.people.get(person_id)
            if person is not None and not any(surname in claim.text for surname in _surnames(person)):
                message = f"no quote here names {person_id}"
                yield claim.problem("quotes", claim.text, f"a quote with {person.names.en}", message)


def spellings_stand_in_their_documents(loaded: Loaded) -> Iterator[Problem]:
    """A spelling is as its document has it, and each document that uses one is listed."""
    for person in loaded.calendar.people.values():
        file = loaded.files[f"people/{person.id}"]
        for number, spelling in enumerate(person.spellings):
            key = f"spellings.{number}"
            if spelling.source is None:
                continue
            if spelling.source not in loaded.calendar.sources:
                yield Problem(file, key, shown(spelling.source), "the id of a source", "there is no such source")
            elif not count(loaded.calendar.documents.get(spelling.source, ""), spelling.name):
                message = f"this spelling does not stand in {spelling.source}"
                yield Problem(file, key, shown(spelling.name), "a name as the document prints it", message)


def names_follow_the_newest_document(loaded: Loaded) -> Iterator[Problem]:
    """The English name is the newest document's spelling, and the id is made from it."""
    for person in loaded.calendar.people.values():
        file = loaded.files[f"people/{person.id}"]
        quoted = [s for s in person.spellings if s.source in loaded.calendar.sources]
        if not quoted:
            yield Problem(file, "spellings", "none from a document", "at least one", "no document names this person")
            continue
        newest = max(quoted, key=lambda s: _order(loaded.calendar.sources[str(s.source)])).name
        if person.names.en != newest:
            message = "the name shown is the one in the newest document"
            yield Problem(file, "names.en", shown(person.names.en), shown(newest), message)
        elif person.id != _slug(person.names.en):
            yield Problem(file, "id", shown(person.id), _slug(person.names.en), "the id is made from the English name")


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


def labels_are_in_their_languages(loaded: Loaded) -> Iterator[Problem]:
    """Belarusian has no и, щ or ъ, Russian no і or ў: a swapped or copied label shows."""
    for file, key, labels in _labels(loaded):
        for language, text, foreign in (("be", labels.be, _NOT_BELARUSIAN), ("ru", labels.ru, _NOT_RUSSIAN)):
            if letter := foreign.search(text):
                message = f"the letter {letter[0]} is not in this language's alphabet"
                yield Problem(file, f"{key}.{language}", shown(text), f"text in {language}", message)


def lists_keep_to_their_source(loaded: Loaded) -> Iterator[Problem]:
    """A file of figures or calls is named for its one source."""
    for claim in claims(loaded):
        folder, _, name = claim.file.partition("/")
        for quote in claim.quotes if folder in ("figures", "calls") else ():
            if quote.source != name.removesuffix(".yaml"):
                expected = f"quotes from {name.removesuffix('.yaml')} alone"
                yield claim.problem("quotes", quote.source, expected, "this quote belongs in another file")


def _labels(loaded: Loaded) -> Iterator[tuple[str, str, Labels]]:
    calendar = loaded.calendar
    for source in calendar.sources.values():
        yield loaded.files[f"sources/{source.id}"], "publisher", source.publisher
    for person in calendar.people.values():
        file = loaded.files[f"people/{person.id}"]
        yield file, "names", person.names
        if person.known_for:
            yield file, "known_for.labels", person.known_for.labels
    for event in calendar.events.values():
        if event.title:
            yield loaded.files[f"events/{event.id}"], "title", event.title
    for observance in calendar.observances.values():
        yield loaded.files[f"observances/{observance.id}"], "names", observance.names
    for call in calendar.calls.values():
        yield loaded.files[f"calls/{call.id}"], f"{call.id}.by", call.by
        if call.to:
            yield loaded.files[f"calls/{call.id}"], f"{call.id}.to", call.to


def _surnames(person: Person) -> frozenset[str]:
    return frozenset(name.split()[-1] for name in (person.names.en, *(s.name for s in person.spellings)))


def _order(source: Source) -> tuple[bool, str]:
    return (source.date is not None, source.date.last.isoformat() if source.date else "")


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
