"""HTML as Telegram parses it: which tags, which entities, and the words of each refusal.

Follows `parse_html` of TDLib (td/telegram/MessageEntity.cpp), which the Bot API server calls.
"""

import re
from dataclasses import dataclass

from tests.telegram.entities import Entity, settle, utf16_length
from tests.telegram.links import checked_link, linked_user
from tests.telegram.source import ASCII_LOWER, Source, cannot_parse

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
PLAIN = re.compile(r"[^<&]+")


@dataclass(slots=True)
class Tag:
    """A start tag that waits for its end tag."""

    name: str
    argument: str
    offset: int
    text_at: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text and its entities, outer ones first; ApiError where Telegram refuses."""
    if "<" not in source and "&" not in source:
        return source, []
    return Parser(source).parse()


class Parser(Source):
    """One pass over the source."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.parts: list[str] = []
        self.length = 0
        self.utf16 = 0
        self.open: list[Tag] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        """Return the text and its entities."""
        while self.at < self.size:
            if plain := PLAIN.match(self.text, self.at, self.size):
                self.put(plain.group())
                self.at = plain.end()
            elif self.text[self.at] == "&":
                self.put(self.character())
            elif self.text[self.at + 1] == "/":
                self.end_tag()
            else:
                self.start_tag()
        if self.open:
            raise cannot_parse(f"Can't find end tag corresponding to start tag {self.open[-1].name}")
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return self.whole_text(), settle(self.entities)

    def put(self, piece: str) -> None:
        """Add a piece to the text."""
        self.parts.append(piece)
        self.length += len(piece)
        self.utf16 += utf16_length(piece)

    def whole_text(self) -> str:
        """Return the text; ApiError if a numeric entity left half a surrogate pair in it."""
        text = "".join(self.parts)
        try:
            text.encode()
        except UnicodeEncodeError:
            words = "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
            raise cannot_parse(words + "surrogate code units") from None
        return text

    def start_tag(self) -> None:
        """Read `<…>`."""
        begin = self.at
        self.skip_to(">")
        if self.at >= self.size:
            raise cannot_parse(f"Unclosed start tag at byte offset {self.byte(begin)}")
        name = self.text[begin + 1 : self.at].translate(ASCII_LOWER)
        if name not in KINDS:
            raise cannot_parse(f'Unsupported start tag "{name}" at byte offset {self.byte(begin)}')
        argument = self.attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(begin)}')
        self.open.append(Tag(name, argument, self.utf16, self.length))

    def attributes(self, tag: str, begin: int) -> str:
        """Read up to and with `>`; return the one attribute that matters to `tag`."""
        argument = ""
        while self.text[self.at] != ">":
            self.skip_spaces()
            if self.text[self.at] == ">":
                break
            name, value = self.attribute(tag, begin)
            argument = significant(tag, name, value, argument)
        self.at += 1
        return argument

    def end_tag(self) -> None:
        """Read `</…>`."""
        begin = self.at
        if not self.open:
            raise cannot_parse(f"Unexpected end tag at byte offset {self.byte(begin)}")
        self.skip_to(">")
        name = self.text[begin + 2 : self.at].translate(ASCII_LOWER)
        self.skip_spaces()
        if self.text[self.at] != ">":
            raise cannot_parse(f"Unclosed end tag at byte offset {self.byte(begin)}")
        tag = self.open.pop()
        if name and name != tag.name:
            where = f"byte offset {self.byte(begin)}"
            raise cannot_parse(f'Unmatched end tag at {where}, expected "</{tag.name}>", found "</{name}>"')
        self.at += 1
        if self.utf16 > tag.offset:
            self.close(tag)

    def close(self, tag: Tag) -> None:
        """Add the entity of `tag`, which has just ended and is not empty."""
        entity: Entity = {"offset": tag.offset, "length": self.utf16 - tag.offset, "type": KINDS[tag.name]}
        if tag.name == "a":
            self.close_link(tag, entity)
            return
        if tag.name == "tg-emoji":
            if not tag.argument.lstrip("-").isdecimal() or int(tag.argument) == 0:
                raise cannot_parse("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = tag.argument
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name in ("pre", "code") and self.joins_code_block(tag, entity):
            return
        self.entities.append(entity)

    def close_link(self, tag: Tag, entity: Entity) -> None:
        """Add a link or a mention; without an address, the linked text is one, and what is none is left plain."""
        url = tag.argument or "".join(self.parts)[tag.text_at :]
        if user := linked_user(url):
            self.entities.append(entity | {"type": "text_mention", "user": {"id": user}})
        elif link := checked_link(url):
            self.entities.append(entity | {"url": link})

    def joins_code_block(self, tag: Tag, entity: Entity) -> bool:
        """Merge `<pre><code class="language-x">` into one `pre` with a language."""
        last = self.entities[-1] if self.entities else None
        language = tag.argument
        if last and last["offset"] == entity["offset"] and last["length"] == entity["length"]:
            if tag.name == "pre" and last["type"] == "code" and last.get("language"):
                last["type"] = "pre"
                return True
            if tag.name == "code" and last["type"] == "pre" and language:
                last["language"] = language
                return True
        if tag.name == "code" and language:
            entity["language"] = language
        return False


def significant(tag: str, name: str, value: str, before: str) -> str:
    """Return `value` if Telegram looks at this attribute of `tag`, else what it had `before`."""
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("blockquote", "expandable")):
        return value
    if tag == "code" and name == "class" and value.startswith("language-"):
        return value[len("language-") :]
    if tag == "span" and name == "class" and value.startswith("tg-"):
        return value[len("tg-") :]
    return before
