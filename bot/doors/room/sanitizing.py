"""Post HTML by a strict allow-list, before it goes into a page.

Pure. Posts are our own and already the subset that Telegram takes; a page must not depend on it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_TAGS = {
    "b": "b",
    "strong": "b",
    "i": "i",
    "em": "i",
    "u": "u",
    "ins": "u",
    "s": "s",
    "strike": "s",
    "del": "s",
    "a": "a",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
# Of these not even the content is text.
_SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "title", "textarea"})
# Drawn, since a bare machine has no font that holds it.
_CANDLE = re.compile("\N{CANDLE}\ufe0f?")
_DRAWN_CANDLE = Markup('<img class="candle" src="/static/mark.svg" alt="\N{CANDLE}" width="18" height="18">')
_SCHEMES = frozenset({"http", "https", "mailto"})

Quotation = Callable[[str, Markup], Markup]


def plain_quotation(text: str, inner: Markup) -> Markup:
    """A quotation as it is, without a way back to its document."""
    return Markup("<blockquote>{}</blockquote>").format(inner)


def clean(html: str, quotation: Quotation = plain_quotation) -> Markup:
    """The post's HTML with nothing but allowed tags, each of them closed.

    `quotation` renders a quotation from its plain text and its cleaned markup.
    """
    parser = _Cleaner(quotation)
    # A Markup would stay one when cut to pieces, and its text would never be escaped again.
    parser.feed(str(html))
    parser.close()
    return parser.finished()


@dataclass(slots=True)
class _Open:
    """An element not closed yet: what stands in it so far, as markup and as text."""

    tag: str
    href: str | None = None
    markup: list[Markup] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Cleaner(HTMLParser):
    def __init__(self, quotation: Quotation) -> None:
        super().__init__(convert_charrefs=True)
        self._quotation = quotation
        self._open = [_Open("")]
        self._silent: list[str] = []
        self._after_block = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
            return
        name = _TAGS.get(tag)
        if name is None or self._silent or (name == "blockquote" and self._is_within("blockquote")):
            return
        href = _safe_address(dict(attrs).get("href")) if name == "a" else None
        if name == "a" and (href is None or self._is_within("a")):
            return
        if name == "blockquote":
            self._trim_newline()
        self._after_block = False
        self._open.append(_Open(name, href))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing of the subset is void: `<b/>` is dropped."""

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            if tag in self._silent:
                self._silent.remove(tag)
            return
        name = _TAGS.get(tag)
        if name is None or self._silent or not self._is_within(name):
            return
        while self._close() != name:
            pass

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._after_block:
            # A block already ends its line; the newline that Telegram needs there would show twice.
            data = data.removeprefix("\n")
            self._after_block = False
        self._open[-1].markup.append(_DRAWN_CANDLE.join(escape(part) for part in _CANDLE.split(data)))
        self._open[-1].text.append(data)

    def finished(self) -> Markup:
        while len(self._open) > 1:
            self._close()
        return Markup("").join(self._open[0].markup)

    def _is_within(self, name: str) -> bool:
        return any(element.tag == name for element in self._open)

    def _trim_newline(self) -> None:
        parts = self._open[-1].markup
        if parts and parts[-1].endswith("\n"):
            parts[-1] = Markup(parts[-1][:-1])  # noqa: S704 (a part of what was escaped already)

    def _close(self) -> str:
        element = self._open.pop()
        inner, text = Markup("").join(element.markup), "".join(element.text)
        self._open[-1].markup.append(self._rendered(element, text, inner))
        self._open[-1].text.append(text)
        self._after_block = element.tag in ("blockquote", "pre")
        return element.tag

    def _rendered(self, element: _Open, text: str, inner: Markup) -> Markup:
        if element.tag == "blockquote":
            return self._quotation(text, inner)
        if element.tag == "a":
            return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(element.href, inner)
        return Markup("<{0}>{1}</{0}>").format(Markup(element.tag), inner)  # noqa: S704 (from the allow-list)


def _safe_address(href: str | None) -> str | None:
    """The address if it leads to another page in the ordinary way; browsers drop control characters."""
    if not href or any(ord(character) <= 32 for character in href):
        return None
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    return href if parts.scheme.lower() in _SCHEMES else None
