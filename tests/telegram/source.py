"""Reading the source of a text with HTML: characters, attributes and byte offsets, as TDLib reads them."""

import re

from tests.telegram.errors import ApiError, bad_request

SPACES = " \t\r\n\0\v"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ASCII_LOWER = str.maketrans(LETTERS.upper(), LETTERS)
NUMERIC = re.compile(r"&#(?:x([0-9a-fA-F]*)|([0-9]*))")
LITERAL = re.compile(r"&([a-zA-Z]*)")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")


def cannot_parse(text: str) -> ApiError:
    """Return the refusal of markup."""
    return bad_request(f"can't parse entities: {text}")


class Source:
    """A cursor over the source; `text` ends with NUL, as the C string it imitates does."""

    def __init__(self, source: str) -> None:
        self.text = source.replace("\0", " ") + "\0"
        self.size = len(source)
        self.at = 0

    def byte(self, at: int) -> int:
        """Return the byte offset in UTF-8, which Telegram's messages give."""
        return len(self.text[:at].encode("utf-8", "surrogatepass"))

    def skip_spaces(self) -> None:
        """Go to the next character that is no white space."""
        while self.at < self.size and self.text[self.at] in SPACES:
            self.at += 1

    def skip_to(self, stops: str) -> None:
        """Go to the next white space or one of `stops`."""
        while self.text[self.at] not in SPACES and self.text[self.at] not in stops:
            self.at += 1

    def character(self) -> str:
        """Read `&…;` and return what it stands for; an unknown one stands for itself."""
        if numeric := NUMERIC.match(self.text, self.at):
            is_short = numeric.end() - self.at < 10
            code = int(numeric[1] or numeric[2] or "0", 16 if numeric[1] else 10) if is_short else 0
            if code == 0 or code >= 0x10FFFF:
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

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        """Read one attribute of the tag that began at `begin`; return its name and value."""
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
        """Read a value in quotation marks."""
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
        """Read a value without quotation marks."""
        begin = self.at
        match = TOKEN.match(self.text, begin)
        value = match.group() if match else ""
        self.at = begin + len(value)
        if self.text[self.at] not in SPACES and self.text[self.at] != ">":
            raise cannot_parse(f"Unexpected end of name token at byte offset {self.byte(begin)}")
        return value.translate(ASCII_LOWER)
