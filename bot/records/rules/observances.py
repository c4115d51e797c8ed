"""Rules on observances: a quote gives the day, and gives it to this observance."""

from collections.abc import Iterator

from bot.records.claims import Citation, claims
from bot.records.loading import Loaded
from bot.records.model import Observance
from bot.records.problems import Problem
from bot.records.wording.labels import content_words, has_word


def observances_fall_on_the_day_quoted(loaded: Loaded) -> Iterator[Problem]:
    """An observance's month and day stand in a quote that also has its name."""
    for claim in claims(loaded):
        observance = claim.subject
        if not isinstance(observance, Observance):
            continue
        month, day = (int(part) for part in observance.day.split("-"))
        if not any(_gives_day(citation, month, day, observance) for citation in claim.citations):
            expected = "the month and day of a quote that names the observance"
            yield claim.problem("day", observance.day, expected, "no quote gives this day to it")


def _gives_day(citation: Citation, month: int, day: int, observance: Observance) -> bool:
    mentions = [mention for sentence in citation.sentences for mention in sentence.mentions]
    if not any((m.month, m.day) == (month, day) for m in mentions):
        return False
    words = content_words(getattr(observance.names, citation.language) or "")
    return all(any(has_word(word, sentence) for sentence in citation.sentences) for word in words)
