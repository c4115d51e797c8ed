"""Whose words a passage of a document is, by the marks that documents use: "…," said NAME. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.records.wording.sentences import paragraph_around, sentence_spans

_SAID = {
    "en": "said|says|added|adds|noted|notes|stated|states|stressed|told|commented|declared|emphasi[sz]ed|warned|wrote|"
    "explained|concluded|recalled|underlined",
    "be": "сказаў|сказала|заявіў|заявіла|адзначыў|адзначыла|падкрэсліў|падкрэсліла|дадаў|дадала|паведаміў|паведаміла",
    "ru": "сказал|сказала|заявил|заявила|отметил|отметила|подчеркнул|подчеркнула|добавил|добавила|сообщил|сообщила",
}
_ACCORDING = {
    "en": r"[Aa]ccording to",
    "be": r"(?:[Пп]аводле(?: слоў)?|[Пп]а словах)",
    "ru": r"(?:[Пп]о словам|[Пп]о данным|[Пп]о информации)",
}
# Laws are no speakers.
_TEXTS = re.compile(
    r"(?i)\b(?:article|constitution|code|law|decree|statute|convention|арты?кул|канстытуцы|закон|кодэкс|конституци|кодекс|стат)"
)
_OPENING, _CLOSING = "“«„", "”»"
# A quotation ends with its own stop before the mark, or with a comma behind it.
_CLOSED = r"(?:[,.!?…](?=[”»\"’])|(?=[”»\"],))(?P<close>[”»\"’]),?"
_CAPITAL = r"[^\W\d_a-zа-яёіў]"
_NAME = rf"{_CAPITAL}[\w’'.-]*"
# Capitalised at the beginning of a sentence or always, and nobody's name.
_NO_NAMES = frozenset({
    "He", "She", "They", "It", "We", "I", "The", "A", "An", "In", "On", "At", "By", "As", "When", "After", "Before",
    "But", "And", "However", "Since", "While", "Today", "Yesterday", "Monday", "Tuesday", "Wednesday", "Thursday",
    "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December", "Ён", "Яна", "Яны", "У", "Ў", "Па", "Але", "Он", "Она", "Они",
    "В", "Во", "По", "Но",
})  # fmt: skip
_PASSIVE = r"(?<!\bwas)(?<!\bwere)(?<!\bbeen)(?<!\bbe)(?<!\bis)(?<!\bare)"


@dataclass(frozen=True, slots=True)
class Speech:
    """A passage and who speaks in it, as the document says; indirect where it is retold.

    `names` are the names among the words that say who, an office or organisation perhaps among them.
    """

    start: int
    end: int
    names: tuple[str, ...]
    is_direct: bool

    def is_by(self, name: str) -> bool:
        """Whether that may be the speaker: the surname, or an organisation's last word, agrees."""
        return any(self.is_named(own, name) for own in self.names)

    @staticmethod
    def is_named(name: str, words: str) -> bool:
        """Whether the name's last word is among these, in some form of it."""
        last = _plain(name.rsplit(maxsplit=1)[-1])
        stem = last[: max(3, len(last) - 2)]
        return any(_plain(word).startswith(stem) for word in words.split())


@lru_cache(maxsize=64)
def speeches(document: str, language: str) -> tuple[Speech, ...]:
    """Every passage of the document that it ascribes to somebody by name."""
    verbs = _SAID.get(language)
    if verbs is None:
        return ()
    return (
        *_closed_by_verb_and_name(document, verbs),
        *_closed_by_name_and_verb(document, verbs),
        *_opened_by_name(document, verbs),
        *_retold(document, verbs),
        *_according_to(document, _ACCORDING[language]),
    )


def _closed_by_verb_and_name(document: str, verbs: str) -> Iterator[Speech]:
    """ "…," said Marie Struthers; where a mark is missing, the paragraph is hers."""
    closed = rf"(?:{_CLOSED}|(?P<stop>[,.!?]))\s*[—–-]?\s*(?:{verbs})\s+(?P<who>[^,.;:\n{_OPENING}]+)"
    for match in re.finditer(closed, document):
        if names := _names(match["who"]):
            yield Speech(
                _opening(document, match), match.end("close" if match["close"] else "stop"), names, is_direct=True
            )


def _closed_by_name_and_verb(document: str, verbs: str) -> Iterator[Speech]:
    """ "…," EU High Representative Josep Borrell said."""
    who = rf"(?P<who>{_CAPITAL}[^{_CLOSING}.\n]{{0,80}}?){_PASSIVE}"
    for match in re.finditer(rf"{_CLOSED}\s*[—–-]?\s*{who}\s(?:{verbs})(?!\w)", document):
        if names := _names(match["who"]):
            yield Speech(_opening(document, match), match.end("close"), names, is_direct=True)


def _opened_by_name(document: str, verbs: str) -> Iterator[Speech]:
    """Pavel Latushka noted: "…", over as many paragraphs as the quotation has."""
    for match in re.finditer(
        rf"(?P<who>[^.\n]{{0,80}}){_PASSIVE}\s(?:{verbs})\s*:\s*(?P<mark>[{_OPENING}\"])", document
    ):
        if names := _names(match["who"]):
            close = re.compile(rf"[{_CLOSING}\"](?=\s*(?:\n|$))").search(document, match.end())
            end = close.end() if close else paragraph_around(document, match.end())[1]
            yield Speech(match.start("mark"), end, names, is_direct=True)


def _retold(document: str, verbs: str) -> Iterator[Speech]:
    """A sentence that begins "Borrell also said …" and quotes nothing."""
    adverb = r"(?:also\s+|later\s+|then\s+|таксама\s+|также\s+)?"
    beginning = re.compile(rf"(?P<who>(?:{_NAME}\s+){{1,6}}){adverb}(?:{verbs})(?!\w)")
    for start, end in sentence_spans(document):
        match = beginning.match(document, start, end)
        if match and (names := _names(match["who"])):
            yield Speech(start, end, names, is_direct=False)


def _according_to(document: str, opening: str) -> Iterator[Speech]:
    """The sentence around "According to Viasna, …"."""
    for start, end in sentence_spans(document):
        match = re.compile(rf"(?<!\w){opening}\s+(?P<who>[^,.;)\n]+)").search(document, start, end)
        if match and not _TEXTS.search(match["who"]) and (names := _names(match["who"])):
            yield Speech(start, end, names, is_direct=False)


def _names(words: str) -> tuple[str, ...]:
    """The names among these words: runs of capitalised words, those of several words before lone ones."""
    runs = [run.split() for run in re.findall(rf"{_NAME}(?:\s+{_NAME})*", words)]
    named = [[word for word in run if word not in _NO_NAMES] for run in runs]
    several = [run for run in named if len(run) > 1] or [run for run in named if run]
    return tuple(" ".join(run) for run in several)


def _opening(document: str, match: re.Match[str]) -> int:
    """Where the quotation that ends here begins: at its opening mark, or where that is missing, at its paragraph."""
    first = paragraph_around(document, match.start())[0]
    mark = match["close"]
    if mark is None:
        return first
    if mark in '"’':
        return max(document.rfind({"’": "‘"}.get(mark, mark), first, match.start("close")), first)
    depth = 0
    for place in range(match.start("close") - 1, first - 1, -1):
        if document[place] in _CLOSING:
            depth += 1
        elif document[place] in _OPENING:
            if depth == 0:
                return place
            depth -= 1
    return first


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$|[^\w]", "", word).casefold()
