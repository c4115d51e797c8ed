"""Where sentences and paragraphs begin and end. Pure; offsets are characters of the text given."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.records.wording.stems import Span

# A full stop, perhaps a footnote and closing marks, white space, and then no small letter.
_END = re.compile(
    r"[.!?…]+(?:\[\d+\])?[”\"»’')\]]*(?:\[\d+\])?\s+(?=[“\"«„(\[]*[^\W\d_a-zа-яёіўґєї]|[“\"«„(\[]*\d|[“«„])"
)
_BREAK = re.compile(r"\n[^\S\n]*(?:\n\s*)+|\n[^\S\n]*(?=[•▪*–—-]\s)")
_LINE = re.compile(r"\n\s*")
# Text with longer lines than this is not wrapped by hand: there, each line is a paragraph.
_WRAPPED_CHARS = 160
_ABBREVIATED = re.compile(
    r"(?:(?<!\w)(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|St|No|Art|Jr|Sr|vs|cf|e\.g|i\.e|г|гг|ул|им|імя|вул|ст|т\.е|т\.д"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
    r"|(?:^|[\s(“\"«.])[^\W\d_])\.$"
)
# What may stand before the first word of a sentence or after its last: marks, bullets, footnotes.
_TRIMMING = re.compile(r"(?:\W|\[\d+\])*")


@lru_cache(maxsize=4096)
def sentence_spans(text: str) -> tuple[Span, ...]:
    """Each sentence of the text; a blank line ends one too."""
    cuts = {match.end(): match for match in _END.finditer(text) if not _is_abbreviation(text, match)}
    ends = sorted({*cuts, *(match.end() for match in _breaks(text)), len(text)})
    spans, start = [], 0
    for end in ends:
        if text[start:end].strip():
            spans.append(_stripped(text, start, end))
        start = end
    return tuple(spans)


def paragraph_around(text: str, offset: int) -> Span:
    """The paragraph in which that character stands; blank lines part paragraphs, or every line."""
    start = max((m.end() for m in _breaks(text) if m.end() <= offset), default=0)
    end = min((m.start() for m in _breaks(text) if m.start() >= offset), default=len(text))
    return start, end


def sentences_around(text: str, span: Span) -> Span:
    """The span widened to whole sentences."""
    touched = [s for s in sentence_spans(text) if s[0] < span[1] and s[1] > span[0]]
    return (min(span[0], touched[0][0]), max(span[1], touched[-1][1])) if touched else span


def is_whole(text: str, span: Span) -> bool:
    """Whether the span is made of whole sentences, but for marks, bullets and footnotes around them."""
    start, end = sentences_around(text, span)
    return _is_trimming(text[start : span[0]]) and _is_trimming(text[span[1] : end])


def clause_before(text: str, offset: int) -> str:
    """What stands before that character in its own clause: back to a comma, colon, dash or the sentence's start."""
    start = max((s[0] for s in sentence_spans(text) if s[0] <= offset), default=0)
    return re.split(r"[,;:–—()]\s|[“«„]", text[start:offset])[-1]


def _breaks(text: str) -> Iterator[re.Match[str]]:
    is_wrapped = all(len(line) <= _WRAPPED_CHARS for line in text.split("\n"))
    return (_BREAK if is_wrapped else _LINE).finditer(text)


def _is_trimming(text: str) -> bool:
    return _TRIMMING.fullmatch(text) is not None


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    return (
        match[0].startswith(".") and _ABBREVIATED.search(text, max(0, match.start() - 6), match.start() + 1) is not None
    )


def _stripped(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip()))
