"""HTML as Telegram parses it: which tags, which entities, and the words of each refusal.

Follows `parse_html` of TDLib (td/telegram/MessageEntity.cpp), which the Bot API server calls.
"""

import re
from dataclasses import dataclass
from typing import Any

from tests.telegram.errors import ApiError, bad_request
from tests.telegram.links import checked_link, linked_user

Entity = dict[str, Any]

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
SPACES = " \t\r\n\0\v"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LETTER = "abcdefghijklmnopqrstuvwxyz"
ASCII_LOWER = str.maketrans(LETTER.upper(), LETTER)
PLAIN = re.compile(r"[^<&]+")
NUMERIC = re.compile(r"&#(?:x([0-9a-fA-F]*)|([0-9]*))")
LITERAL = re.compile(r"&([a-zA-Z]*)")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class Tag:
    """A start tag that waits for its end tag."""

    name: str
    argument: str
    offset: int
    text_at: int


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cannot_parse(text: str) -> ApiError:
    """Return the refusal of markup."""
    return bad_request(f"can't parse entities: {text}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text and its entities, outer ones first; ApiError where Telegram refuses."""
    if "<" not in source and "&" not in source:
        return source, []
    return Parser(source).parse()


class Parser:
    """One pass over the source; `text` ends with NUL, as the C string it imitates does."""

    def __init__(self, source: str) -> None:
        self.text = source.replace("\0", " ") + "\0"
        self.size = len(source)
        self.at = 0
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
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return self.whole_text(), self.entities

    def put(self, piece: str) -> None:
        self.parts.append(piece)
        self.length += len(piece)
        self.utf16 += utf16_length(piece)

    def whole_text(self) -> str:
        text = "".join(self.parts)
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            words = "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
            raise cannot_parse(words + "surrogate code units") from None

    def character(self) -> str:
        """Read `&…;` and return what it stands for; an unknown one stands for itself."""
        if numeric := NUMERIC.match(self.text, self.at):
            code = int(numeric[1] or "0", 16) if numeric[1] is not None else int(numeric[2] or "0")
            if code == 0 or code >= 0x10FFFF or numeric.end() - self.at >= 10:
                self.at += 1
                return "&"
            decoded, end = chr(code), numeric.end()
        else:
            literal = LITERAL.match(self.text, self.at)
            if literal is None or literal[1] not in NAMED:
                self.at += 1
                return "&"
            decoded, end = NAMED[literal[1]], literal.end()
        self.at = end + (self.text[end] == ";")
        return decoded

    def byte(self, at: int) -> int:
        """Return the byte offset in UTF-8, which Telegram's messages give."""
        return len(self.text[:at].encode("utf-8", "surrogatepass"))

    def skip_spaces(self) -> None:
        while self.at < self.size and self.text[self.at] in SPACES:
            self.at += 1

    def skip_to(self, stops: str) -> None:
        while self.text[self.at] not in SPACES and self.text[self.at] not in stops:
            self.at += 1

    def start_tag(self) -> None:
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

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        named_at = self.at
        self.skip_to("=>")
        name = self.text[named_at : self.at]
        where = f'the tag "{tag}" at byte offset {self.byte(begin)}'
        if not name:
            raise cannot_parse(f"Empty attribute name in {where}")
        self.skip_spaces()
        if self.text[self.at] != "=":
            if tag == "blockquote" and name == "expandable" and self.at < self.size:
                return name, "1"
            raise cannot_parse(f"Expected equal sign in declaration of an attribute of {where}")
        self.at += 1
        self.skip_spaces()
        if self.at >= self.size:
            raise cannot_parse(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
        value = self.quoted() if self.text[self.at] in "'\"" else self.token()
        if self.at >= self.size:
            raise cannot_parse(f"Unclosed start tag at byte offset {self.byte(begin)}")
        return name, value

    def quoted(self) -> str:
        quote = self.text[self.at]
        self.at += 1
        value: list[str] = []
        while self.at < self.size and self.text[self.at] != quote:
            if self.text[self.at] == "&":
                value.append(self.character())
            else:
                value.append(self.text[self.at])
                self.at += 1
        self.at += self.text[self.at] == quote
        return "".join(value)

    def token(self) -> str:
        begin = self.at
        match = TOKEN.match(self.text, begin)
        value = match.group() if match else ""
        self.at = begin + len(value)
        if self.text[self.at] not in SPACES and self.text[self.at] != ">":
            raise cannot_parse(f"Unexpected end of name token at byte offset {self.byte(begin)}")
        return value.translate(ASCII_LOWER)

    def end_tag(self) -> None:
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
