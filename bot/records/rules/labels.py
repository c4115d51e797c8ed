"""Rules on labels and titles: in their languages, borne out by quotes, and sober."""

import re
from collections.abc import Iterator

from bot.records.claims import Claim, claims, roster_of
from bot.records.listing import Listing
from bot.records.loading import Loaded
from bot.records.model import Call, CustodyReport, Event, Labels
from bot.records.problems import Problem, shown
from bot.records.wording.labels import content_words, has_word, is_cyrillic, is_said_of, outside_quotation_marks
from bot.records.wording.numbers import numbers_in
from bot.records.wording.stems import spans_of
from bot.records.wording.words import NOT_OUR_WORDS

# Letters of a neighbour that a language has not.
_FOREIGN_LETTERS = {
    "be": re.compile(r"[иИщЩъЪїЇєЄ]"),
    "ru": re.compile(r"[іІўЎїЇєЄґҐ]"),
    "uk": re.compile(r"[ыЫэЭёЁъЪўЎ]"),
    "pl": re.compile(r"[čšžėįųūäöüß]"),
    "lt": re.compile(r"[ćłńśźżóäöüß]"),
    "de": re.compile(r"[ąćęłńóśźżčšžėįųū]"),
}
_CYRILLIC_LANGUAGES = frozenset({"be", "ru", "uk"})


def labels_are_in_their_languages(loaded: Loaded) -> Iterator[Problem]:
    """Belarusian has no и, щ or ъ, Ukrainian no ы, Polish no š: a swapped or copied label shows."""
    for file, key, labels in labels_of(loaded):
        for language, foreign in _FOREIGN_LETTERS.items():
            text: str | None = getattr(labels, language)
            if text and (letter := foreign.search(_own_words(text, language))):
                message = f"the letter {letter[0]} is not in this language's alphabet"
                yield Problem(file, f"{key}.{language}", shown(text), f"text in {language}", message)


def labels_are_in_their_script(loaded: Loaded) -> Iterator[Problem]:
    """A label is Cyrillic or Latin as its language is; only a publisher may keep its Latin name."""
    publishers = {source.publisher.en for source in loaded.calendar.sources.values()}
    for file, key, labels in labels_of(loaded):
        for language in type(labels).model_fields:
            text: str | None = getattr(labels, language)
            kept = text in publishers and text == labels.en
            if text and is_cyrillic(text) != (language in _CYRILLIC_LANGUAGES) and not kept:
                yield Problem(file, f"{key}.{language}", shown(text), f"text in {language}", _script_of(language))


def labels_say_something(loaded: Loaded) -> Iterator[Problem]:
    """A label has words and no exclamation mark; a person's name is whole in every language."""
    for file, key, labels in labels_of(loaded):
        for language in type(labels).model_fields:
            text: str | None = getattr(labels, language)
            if text and (not content_words(text) or "!" in text):
                yield Problem(file, f"{key}.{language}", shown(text), "words, soberly", "this says nothing, or shouts")
            elif text and key == "names" and len(labels.en.split()) > 1 and len(text.split()) < 2:
                yield Problem(
                    file, f"{key}.{language}", shown(text), f"all of {labels.en}", "a part of the name is missing"
                )


def roles_and_details_are_quoted(loaded: Loaded) -> Iterator[Problem]:
    """Each word of a role, and of a detail of custody, stands in a quote and is said of that person."""
    for claim, key, labels in _grounded_labels(loaded):
        language = "en" if "en" in claim.languages else claim.languages[0]
        label: str = getattr(labels, language) or ""
        sentences = [sentence for sentence in claim.sentences if sentence.language == language]
        for word in content_words(label):
            having = [sentence for sentence in sentences if has_word(word, sentence)]
            if not having:
                yield claim.problem(key, label, "words that stand in a quote", f"no quote here says “{word}”")
                break
            if not any(is_said_of(word, claim.people[0], sentence, label) for sentence in having):
                yield claim.problem(key, label, f"what is said of {claim.people[0]}", f"“{word}” is said of another")
                break


def titles_speak_soberly(loaded: Loaded) -> Iterator[Problem]:
    """Outside quotation marks nobody is pardoned, free, innocent or a hero in the bot's own voice."""
    for file, key, labels in labels_of(loaded):
        if key.split(".")[-1] in ("publisher", "names", "by", "to", "organisation"):
            continue
        for language, stems in NOT_OUR_WORDS.items():
            text: str | None = getattr(labels, language)
            for word in _not_ours(stems, outside_quotation_marks(text or ""))[:1]:
                message = f"“{word}” is a word for quotation marks"
                yield Problem(file, f"{key}.{language}", shown(text or ""), "a sober title", message)


def titles_say_what_is_quoted(loaded: Loaded) -> Iterator[Problem]:
    """The numbers and people of a title stand in the event's quotes."""
    for claim in claims(loaded):
        event = claim.subject
        if not isinstance(event, Event) or event.title is None:
            continue
        quoted = {n.value for citation in claim.citations for n in numbers_in(citation.quote.exact)}
        quoted |= {event.date.first.year, event.date.first.day} if event.date else set()
        named = frozenset().union(*(sentence.people for sentence in claim.sentences))
        for language in type(event.title).model_fields:
            title = event.title.in_language(language)
            if missing := sorted(_numbers(title) - quoted):
                message = f"no quote here has the number {missing[0]}"
                yield claim.problem(f"title.{language}", title, "numbers that a quote gives", message)
            if others := sorted(_people(loaded, claim, title, language) - named):
                message = f"no quote here names {others[0]}"
                yield claim.problem(f"title.{language}", title, "people whom a quote names", message)


def translations_are_translations(loaded: Loaded) -> Iterator[Problem]:
    """A quote's translation is in another language than the quote, in its script, with the same numbers."""
    for claim in claims(loaded):
        for citation in (*claim.citations, *claim.country_citations):
            for language, translation in citation.quote.translations.items():
                key = f"{citation.key}.translations.{language}"
                if language == citation.language:
                    message = "the document is in this language already"
                    yield claim.problem(key, translation.text, "a language other than the document's", message)
                elif is_cyrillic(translation.text) != (language in _CYRILLIC_LANGUAGES):
                    yield claim.problem(key, translation.text, f"text in {language}", _script_of(language))
                elif missing := sorted(_digits(citation.quote.exact) - _digits(translation.text)):
                    message = f"the quote has {missing[0]}, the translation has not"
                    yield claim.problem(key, translation.text, "the quote's numbers", message)


def _grounded_labels(loaded: Loaded) -> Iterator[tuple[Claim, str, Labels]]:
    for claim in claims(loaded):
        if claim.key == "known_for" and (known := loaded.calendar.people[claim.people[0]].known_for):
            yield claim, "labels", known.labels
        elif isinstance(claim.subject, CustodyReport) and claim.subject.detail:
            yield claim, "detail", claim.subject.detail


def labels_of(loaded: Loaded) -> Iterator[tuple[str, str, Labels]]:
    """Every label of the calendar, with its file and key."""
    calendar = loaded.calendar
    for source in calendar.sources.values():
        yield loaded.files[f"sources/{source.id}"], "publisher", source.publisher
    for person in calendar.people.values():
        yield loaded.files[f"people/{person.id}"], "names", person.names
    for claim, key, labels in _grounded_labels(loaded):
        yield claim.file, f"{claim.key}.{key}", labels
    for observance in calendar.observances.values():
        yield loaded.files[f"observances/{observance.id}"], "names", observance.names
    for claim in claims(loaded):
        if isinstance(claim.subject, Event) and claim.subject.title:
            yield claim.file, "title", claim.subject.title
        if isinstance(claim.subject, Listing):
            yield claim.file, "decision", claim.subject.decision
            if claim.subject.organisation:
                yield claim.file, "organisation", claim.subject.organisation
        if isinstance(claim.subject, Call):
            yield claim.file, f"{claim.key}.by", claim.subject.by
            if claim.subject.to:
                yield claim.file, f"{claim.key}.to", claim.subject.to


def _own_words(text: str, language: str) -> str:
    """The words in which a copied label shows: in Latin letters, where names keep theirs, those written small."""
    if language in _CYRILLIC_LANGUAGES:
        return text
    return " ".join(word for word in re.findall(r"[^\W\d_]+", text) if word[0].islower())


def _script_of(language: str) -> str:
    script = "Cyrillic" if language in _CYRILLIC_LANGUAGES else "Latin letters"
    return f"this language is written in {script}"


def _not_ours(stems: tuple[str, ...], text: str) -> list[str]:
    """Such words, names apart: the Free Trade Union is one."""
    found = [(text[start:end], text[end:]) for start, end in spans_of(stems, text)]
    return [word for word, after in found if not (word[0].isupper() and re.match(r"\s+[A-ZА-ЯЁІЎ]", after))]


def _numbers(title: str) -> frozenset[int]:
    """The numbers a title states; "one of" and "first" count nothing."""
    return frozenset(n.value for n in numbers_in(title) if not n.is_ordinal and n.value > 1)


def _people(loaded: Loaded, claim: Claim, title: str, language: str) -> frozenset[str]:
    source = claim.quotes[0].source
    return frozenset().union(*(n.people for n in roster_of(loaded).namings(title, source, language)))


def _digits(text: str) -> frozenset[int]:
    return frozenset(
        int(re.sub(r"\D", "", number)) for number in re.findall(r"\d+(?:[,.\u00a0\u202f ]\d{3}(?!\d))*", text)
    )
