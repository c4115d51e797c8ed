"""The font of the pictures: where its files are, how wide a text is in it, what it can draw.

Roboto comes with the package font-roboto. The tables read here are described in the OpenType
specification (cmap format 4, head, hhea, hmtx); kerning is left out, so a width is a little generous.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

FAMILY = "Roboto"
REGULAR, MEDIUM = "Regular", "Medium"


@dataclass(frozen=True, slots=True)
class Font:
    """Advance widths by character, as parts of the font size."""

    advances: Mapping[int, float]

    def width(self, text: str, size: float) -> float:
        """Width of a line in pixels at a size in pixels; what the font cannot draw has no width."""
        return size * sum(self.advances.get(ord(character), 0.0) for character in text)

    def draws(self, text: str) -> bool:
        """Whether every character has a glyph: the renderer leaves the others out without a word."""
        return all(ord(character) in self.advances for character in text)


def font_files() -> list[str]:
    """The files that the renderer loads, by path."""
    return [str(_path(weight)) for weight in (REGULAR, MEDIUM)]


@cache
def font(weight: str) -> Font:
    """The metrics of one weight, read once."""
    data = _path(weight).read_bytes()
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    metrics = struct.unpack_from(f">{2 * count}H", data, tables["hmtx"])
    glyphs = _glyphs(data, tables["cmap"])
    # Glyphs beyond the last metric share its width.
    return Font({code: metrics[2 * min(glyph, count - 1)] / units for code, glyph in glyphs.items()})


def _path(weight: str) -> Path:
    with as_file(files("font_roboto") / "files" / f"{FAMILY}-{weight}.ttf") as path:
        return path


def _tables(data: bytes) -> dict[str, int]:
    """Offset of each table by its tag."""
    count = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(count))
    return {tag.decode("ascii"): offset for tag, _, offset, _ in records}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Glyph by character, from the Windows Unicode subtable (platform 3, encoding 1)."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    encodings = (struct.unpack_from(">HHL", data, cmap + 4 + 8 * i) for i in range(count))
    table = next(cmap + offset for platform, encoding, offset in encodings if (platform, encoding) == (3, 1))
    segments = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", data, table + 14 + part * 2 * segments + (2 if part else 0))
        for part in range(4)
    )
    glyphs: dict[int, int] = {}
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offsets[i]:
                at = table + 16 + 6 * segments + 2 * i + offsets[i] + 2 * (code - start)
                glyph = struct.unpack_from(">H", data, at)[0]
                if not glyph:
                    continue
            if glyph := (glyph + deltas[i]) & 0xFFFF:
                glyphs[code] = glyph
    return glyphs
