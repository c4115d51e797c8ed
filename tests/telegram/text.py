"""Texts and captions as the server takes them: parsed, trimmed, measured, with what it finds in them."""

import re
from functools import lru_cache
from typing import Any

from tests.telegram.entities import Entity, order, settle, utf16_length
from tests.telegram.errors import bad_request
from tests.telegram.html import parse_html
from tests.telegram.parameters import Parameters

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_SOURCE_BYTES = 1 << 15
GIVEN = (
    "bold italic underline strikethrough spoiler code pre text_link text_mention custom_emoji blockquote "
    "expandable_blockquote"
)
FOUND_BY_SERVER = "mention hashtag cashtag bot_command url email phone_number bank_card_number"
OPAQUE = frozenset(("code", "pre", "text_link", "text_mention", "custom_emoji"))
FINDABLE = re.compile(
    r"(?P<url>(?<![\w@/.])(?:https?://)[^\s<>\"«»]+|(?<![\w@/.:-])(?:[a-z0-9-]+\.)+(?:com|org|net|info|by|ru|eu|me|de)"
    r"(?![\w.@-])(?:/[^\s<>\"«»]*)?)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w&#])#(?=\w*[^\W\d])\w{1,256})"
    r"|(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))",
    re.IGNORECASE,
)


def read_text(parameters: Parameters) -> tuple[str, list[Entity]]:
    """Return `text` of a request, parsed and checked."""
    source = parameters.text("text")
    if not source:
        raise bad_request("message text is empty")
    text, entities = read_formatted(source, parameters.text("parse_mode"), parameters.json("entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, entities


def read_caption(parameters: Parameters) -> tuple[str, list[Entity]]:
    """Return `caption` of a request, parsed and checked; it may be empty."""
    source = parameters.text("caption")
    text, entities = read_formatted(source, parameters.text("parse_mode"), parameters.json("caption_entities"))
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text, entities


def read_formatted(source: str, parse_mode: str, given: Any) -> tuple[str, list[Entity]]:
    """Return the trimmed text and its entities; ApiError where the markup or the entities are wrong."""
    if len(source) * 4 > MAX_SOURCE_BYTES and len(source.encode("utf-8", "surrogatepass")) > MAX_SOURCE_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if not source or mode in ("", "none"):
        checked = [check_entity(entity) for entity in given or [] if is_given(entity)]
        text, entities = source, settle(clip(checked, 0, utf16_length(source)))
    elif mode == "html":
        text, known = read_html(source)
        return text, list(known)
    elif mode in ("markdown", "markdownv2"):
        # Vigil sends HTML alone; to accept Markdown unparsed would hide a mistake.
        raise bad_request("this test server parses no Markdown")
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = trim(text, entities)
    return text, find_entities(text, entities)


@lru_cache(maxsize=1024)
def read_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """Return text and entities of a source with HTML; remembered, since a broadcast sends the same to thousands."""
    text, entities = trim(*parse_html(source))
    return text, tuple(find_entities(text, entities))


def is_given(entity: Any) -> bool:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    return entity.get("type") not in FOUND_BY_SERVER.split()


def check_entity(entity: dict[str, Any]) -> Entity:
    if not isinstance(entity.get("offset"), int) or not isinstance(entity.get("length"), int):
        raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
    if "type" not in entity:
        raise bad_request("can't parse MessageEntity: Type is not specified")
    if entity["type"] not in GIVEN.split():
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return dict(entity)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space at both ends and the entities with it, as TDLib's `fix_formatted_text` does."""
    if "\r" in text:
        if entities:
            entities = [shifted(entity, text) for entity in entities]
        text = text.replace("\r", "")
    stripped = text.strip(" \t\n\v\0\u200b\u2060\u200e\u200f\u3000\u00a0")
    if stripped == text:
        return text, entities
    begin = utf16_length(text[: text.index(stripped)]) if stripped else 0
    return stripped, clip(entities, begin, begin + utf16_length(stripped))


def shifted(entity: Entity, text: str) -> Entity:
    """Return the entity with the carriage returns of `text` taken out."""
    units = text.encode("utf-16-le", "surrogatepass")
    returns = "\r".encode("utf-16-le")
    cells = [units[at : at + 2] == returns for at in range(0, len(units), 2)]
    begin, end = entity["offset"], entity["offset"] + entity["length"]
    return entity | {"offset": begin - sum(cells[:begin]), "length": end - begin - sum(cells[begin:end])}


def clip(entities: list[Entity], begin: int, end: int) -> list[Entity]:
    """Return the entities as they lie in the part from `begin` to `end`, without those outside."""
    kept = []
    for entity in entities:
        first = max(entity["offset"], begin)
        last = min(entity["offset"] + entity["length"], end)
        if last > first:
            kept.append(entity | {"offset": first - begin, "length": last - first})
    return kept


def find_entities(text: str, given: list[Entity]) -> list[Entity]:
    """Return the entities with the links, mentions, tags and commands that the server finds by itself."""
    if not any(mark in text for mark in "/@#.") or not text:
        return given
    opaque = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in OPAQUE]
    found = []
    for match in FINDABLE.finditer(text):
        kind, piece = str(match.lastgroup), match.group()
        piece = piece.rstrip(".,;:!?)'") if kind == "url" else piece
        offset = utf16_length(text[: match.start()])
        length = utf16_length(piece)
        if not any(offset < end and offset + length > begin for begin, end in opaque):
            found.append({"offset": offset, "length": length, "type": kind})
    if not found:
        return given
    return sorted([*given, *found], key=order)
