"""Content words of a label, and where a text has them. Pure."""

import re

from bot.records.wording.namings import clusters, distance
from bot.records.wording.passages import Sentence
from bot.records.wording.stems import spans_of

_EMPTY = frozenset({
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "who", "whom",
    "i", "і", "ў", "у", "з", "на", "па", "пра", "для", "да", "за", "або", "ды", "и", "в", "во", "с", "со", "о",
    "об", "из", "к", "ко", "при", "адзін", "адна", "один", "одна",
})  # fmt: skip
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")


def content_words(label: str) -> tuple[str, ...]:
    """The words of a label that say something, in its order."""
    words = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", label)
    return tuple(dict.fromkeys(word for word in words if word.lower() not in _EMPTY))


def stem_of(word: str) -> str:
    """The beginning by which other forms of the word are found: "members" and "member"."""
    return word if len(word) <= 4 else word[: max(4, len(word) - (2 if word.isascii() else 3))]


def has_word(word: str, sentence: Sentence) -> bool:
    """Whether the sentence has some form of the word."""
    return bool(spans_of((stem_of(word),), sentence.text))


def is_said_of(word: str, person: str, sentence: Sentence, label: str) -> bool:
    """Whether the sentence says the word of the person, where it names several people.

    A plural ("human rights defenders A and B") is said of everybody listed with the nearest name.
    """
    if len(sentence.people) < 2:
        return True
    runs = _runs(sentence.text, label)
    for start, end in spans_of((stem_of(word),), sentence.text):
        run = next((run for run in runs if run[0] <= start < run[1]), (start, end))
        is_plural = re.match(r"\w*s(?!\w)", sentence.text[run[1] :]) or sentence.text[: run[1]].endswith("s")
        names = clusters(sentence.text, sentence.namings, sentence.language) if is_plural else sentence.namings
        nearest = min(names, key=lambda naming: distance(sentence.text, (naming.start, naming.end), run))
        if person in nearest.people:
            return True
    return False


def is_cyrillic(text: str) -> bool:
    """Whether the text is written in Cyrillic letters, foreign names in it apart."""
    return len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))


def outside_quotation_marks(text: str) -> str:
    """The text without what it quotes."""
    return re.sub(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"", " ", text)


def _runs(text: str, label: str) -> list[tuple[int, int]]:
    """Stretches of the text made of the label's words: "human rights defend"."""
    stems = tuple(stem_of(word) for word in content_words(label))
    runs: list[tuple[int, int]] = []
    for start, end in spans_of(stems, text):
        if runs and re.fullmatch(r"\w*\s+", text[runs[-1][1] : start]):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
