"""Message entities: their order, and which may overlap, as TDLib decides."""

from typing import Any

Entity = dict[str, Any]

PRIORITIES = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 10,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
STYLES = frozenset(("bold", "italic", "underline", "strikethrough", "spoiler"))
QUOTES = frozenset(("blockquote", "expandable_blockquote"))
CODES = frozenset(("code", "pre"))


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def order(entity: Entity) -> tuple[int, int, int]:
    """Return what entities are sorted by: where they begin, the longer first, then by kind."""
    return entity["offset"], -entity["length"], PRIORITIES.get(entity["type"], 50)


def settle(entities: list[Entity]) -> list[Entity]:
    """Return the entities sorted, with nothing around or inside code and no quotation inside another."""
    entities = sorted(entities, key=order)
    codes = [entity for entity in entities if entity["type"] in CODES]
    if codes:
        entities = sorted((piece for entity in entities for piece in around(entity, codes)), key=order)
    kept: list[Entity] = []
    quoted_to = -1
    for entity in entities:
        if entity["type"] in QUOTES:
            if entity["offset"] < quoted_to:
                continue
            quoted_to = entity["offset"] + entity["length"]
        kept.append(entity)
    return kept


def around(entity: Entity, codes: list[Entity]) -> list[Entity]:
    """Return what is left of an entity outside the code: pieces of a style, nothing of a link inside code."""
    if entity["type"] in CODES or entity["type"] in QUOTES:
        return [entity]
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    pieces = []
    for code in codes:
        first, last = code["offset"], code["offset"] + code["length"]
        if last <= begin or first >= end:
            continue
        if entity["type"] not in STYLES:
            return []
        if first > begin:
            pieces.append(entity | {"offset": begin, "length": first - begin})
        begin = max(begin, last)
    if begin < end:
        pieces.append(entity | {"offset": begin, "length": end - begin})
    return pieces
