"""Where the words of a card stand: wrapped, shrunk until they fit, one under the other.

Pure but for reading the font's metrics. All measures are pixels of a card 1200 wide and 675 high.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.posts.fonts import MEDIUM, REGULAR, font

TOP, BOTTOM, RIGHT = 96, 560, 1128
SOURCE_Y = 622
LIGHT, SOFT, FAINT = "#f4f1e8", "#c3c6cb", "#8f949c"

_WEIGHTS = {REGULAR: 400, MEDIUM: 500}
_LINE_HEIGHT = 1.22
# `14 July 2025`, `14. Juli 2025`, `2025 m. liepos 14 d.`; Ukrainian and Russian add their own no-break space.
_DATE = re.compile(r"\b(?:\d{1,2}\.? \w+ \d{4}|\d{4} m\. \w+ \d{1,2} d\.|\d{4} m\. \w+)(?!\w)")


@dataclass(frozen=True, slots=True)
class Block:
    """A text with the sizes to try, largest first, the most lines it may take, and the space above.

    One that is `marked` has a dot before its first line: it is a point of a time-line.
    """

    text: str
    sizes: tuple[int, ...]
    lines: int
    fill: str = SOFT
    weight: str = REGULAR
    space: int = 16
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as the SVG draws it; `y` is its baseline."""

    text: str
    x: int
    y: int
    size: int
    weight: int
    fill: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a card and where the short rule under the names stands."""

    lines: tuple[Line, ...]
    rule_y: int


def layout(above: Sequence[Block], below: Sequence[Block], source: str, *, left: int) -> Layout | None:
    """Blocks above and below the rule, centred between top and bottom; None where they do not fit."""
    if not all(font(block.weight).draws(block.text) for block in (*above, *below)) or not font(REGULAR).draws(source):
        return None
    column = [_fitted(block, RIGHT - left) for block in (*above, *below)]
    foot = _fitted(Block(source, (22, 20, 18), 2, FAINT), RIGHT - left)
    if foot is None or any(part is None for part in column):
        return None
    parts = [part for part in column if part is not None]
    gap = 30 if below else 0
    height = sum(part.height for part in parts) + gap
    if height > BOTTOM - TOP:
        return None
    top = TOP + (BOTTOM - TOP - height) // 2
    lines = list(_stacked(parts[: len(above)], left, top))
    rule_y = top + sum(part.height for part in parts[: len(above)]) + gap - 8
    lines += _stacked(parts[len(above) :], left, rule_y + 8)
    foot_top = SOURCE_Y - foot.height
    return Layout((*lines, *_stacked([foot], left, foot_top)), rule_y if below else 0)


@dataclass(frozen=True, slots=True)
class _Part:
    """A block broken into lines at the size that fits."""

    block: Block
    size: int
    texts: tuple[str, ...]

    @property
    def height(self) -> int:
        return self.block.space + round(self.size * _LINE_HEIGHT * len(self.texts))


def _fitted(block: Block, width: int) -> _Part | None:
    for size in block.sizes:
        texts = _wrapped(block.text, block.weight, size, width)
        if texts is not None and len(texts) <= block.lines:
            return _Part(block, size, _balanced(block, size, width, texts))
    return None


def _balanced(block: Block, size: int, width: int, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The same number of lines, of more even length: no word alone on the last one."""
    while len(texts) > 1:
        width -= size // 2
        narrower = _wrapped(block.text, block.weight, size, width)
        if narrower is None or len(narrower) > len(texts):
            break
        texts = narrower
    return texts


def _wrapped(text: str, weight: str, size: int, width: int) -> tuple[str, ...] | None:
    """The text in lines no wider than `width`, broken at spaces; None where a word is wider."""
    measure = font(weight)
    lines: list[str] = []
    # Only plain spaces: a no-break space, such as that before "г.", holds a date together.
    for word in _DATE.sub(lambda date: date[0].replace(" ", "\u00a0"), text).split(" "):
        if measure.width(word, size) > width:
            return None
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure.width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)


def _stacked(parts: Sequence[_Part], left: int, top: int) -> Iterator[Line]:
    for part in parts:
        top += part.block.space
        for position, text in enumerate(part.texts):
            baseline, marked = top + round(part.size * 0.95), part.block.marked and position == 0
            yield Line(text, left, baseline, part.size, _WEIGHTS[part.block.weight], part.block.fill, marked)
            top += round(part.size * _LINE_HEIGHT)
