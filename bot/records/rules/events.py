"""Rules on events and custody: somebody's quote states the kind, in one sentence with the person."""

from collections.abc import Iterator

from bot.records.claims import Claim, claims
from bot.records.loading import Loaded
from bot.records.model import CustodyReport, Event
from bot.records.problems import Problem
from bot.records.rules.grounding import grounding, kind_places, states
from bot.records.wording.namings import Naming, governor
from bot.records.wording.passages import Sentence
from bot.records.wording.stems import has_any
from bot.records.wording.words import DIED_IN_CUSTODY, IN_CUSTODY, KINDS_OF_PEOPLE

_TOGETHER = KINDS_OF_PEOPLE - {"birth"}


def claims_name_their_people(loaded: Loaded) -> Iterator[Problem]:
    """Some quote of a claim about people names each of them."""
    for claim in claims(loaded):
        for person_id in claim.people:
            if not any(person_id in sentence.people for sentence in claim.sentences):
                name = loaded.calendar.people[person_id].names.en
                yield claim.problem("quotes", claim.text, f"a quote with {name}", f"no quote here names {person_id}")


def kinds_are_stated(loaded: Loaded) -> Iterator[Problem]:
    """A death, arrest, release, election … has a sentence that states it."""
    for claim in claims(loaded):
        if isinstance(claim.subject, Event) and not any(states(claim, sentence) for sentence in claim.sentences):
            kind = claim.subject.kind
            yield claim.problem("kind", kind, f"a quote that states the {kind}", f"no quote here states a {kind}")


def custody_is_stated(loaded: Loaded) -> Iterator[Problem]:
    """A custody report has a sentence that speaks of that custody; "prisoner" and a demand are none."""
    for claim in claims(loaded):
        report = claim.subject
        if isinstance(report, CustodyReport) and not any(states(claim, sentence) for sentence in claim.sentences):
            message = f"no quote here reports anybody {report.status}"
            yield claim.problem("status", report.status, "a quote that says so", message)


def what_happened_happened_to_the_people_named(loaded: Loaded) -> Iterator[Problem]:
    """The sentence that states an event or custody names the person: nobody takes it from the sentence beside."""
    for claim in claims(loaded):
        if not isinstance(claim.subject, (Event, CustodyReport)) or not any(states(claim, s) for s in claim.sentences):
            continue
        what = claim.subject.kind if isinstance(claim.subject, Event) else claim.subject.status
        for person in claim.people:
            if not grounding(claim, person):
                expected = f"a sentence that names {person} and says so"
                message = f"“{what}” is not said of {person} in any one sentence here"
                yield claim.problem("people" if isinstance(claim.subject, Event) else "status", what, expected, message)


def nobody_listed_is_left_out(loaded: Loaded) -> Iterator[Problem]:
    """Whom the sentence names in one breath with this event's people has such an event too."""
    have: dict[str, set[str]] = {}
    for known in loaded.calendar.events.values():
        have.setdefault(known.kind, set()).update(known.people)
    for claim in claims(loaded):
        event = claim.subject
        if not isinstance(event, Event) or event.kind not in _TOGETHER:
            continue
        for person in sorted(_beside(claim) - have[event.kind]):
            message = f"the quote names {person} in one breath with these, and no {event.kind} is recorded"
            yield claim.problem("people", ", ".join(event.people), f"{person} too", message)


def groups_are_marked(loaded: Loaded) -> Iterator[Problem]:
    """What befell people whom the record does not name is said of a group."""
    for claim in claims(loaded):
        event = claim.subject
        if isinstance(event, Event) and event.kind in _TOGETHER and not event.people and not event.of_group:
            message = "it names nobody, so it is said of a group"
            yield claim.problem("of_group", "false", "of_group: true, or people", message)


def deaths_in_custody_are_stated(loaded: Loaded) -> Iterator[Problem]:
    """`in_custody` stands exactly where a sentence on the death places it in prison."""
    for claim in claims(loaded):
        event = claim.subject
        if not isinstance(event, Event) or event.kind != "death":
            continue
        told = [s for person in claim.people or (None,) for s in grounding(claim, person)]
        if event.in_custody and not any(has_any(IN_CUSTODY.get(s.language, ()), s.text) for s in told):
            expected = "a quote that says the death was in prison"
            yield claim.problem("in_custody", "true", expected, "no quote here places this death in custody")
        if not event.in_custody and any(_places_death(sentence) for sentence in told):
            yield claim.problem("in_custody", "false", "in_custody: true", "the quote places this death in custody")


def _beside(claim: Claim) -> frozenset[str]:
    """Everybody listed together with the claim's people where the event is stated."""
    here = frozenset(claim.people)
    return frozenset(
        person
        for sentence in claim.sentences
        if states(claim, sentence)
        for cluster in _concerned(sentence, claim)
        if cluster.people & here
        for person in cluster.people - here
    )


def _concerned(sentence: Sentence, claim: Claim) -> Iterator[Naming]:
    """Those whom the words for this kind of event stand beside."""
    kind = claim.subject.kind if isinstance(claim.subject, Event) else ""
    for place in kind_places(sentence):
        if kind in place.kinds and (cluster := governor(sentence.text, sentence.clusters, (place.start, place.end))):
            yield cluster


def _places_death(sentence: Sentence) -> bool:
    return has_any(DIED_IN_CUSTODY.get(sentence.language, ()), sentence.text)
