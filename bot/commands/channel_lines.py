"""The opening line and the signature of a channel, as its administrators type them.

Pure.
"""

from collections.abc import Callable, Mapping

from bot.commands.asking import Asking
from bot.commands.replies import reply, show
from bot.commands.request import Reply
from bot.commands.settings import back
from bot.posts.framing import LINE_CHARS
from bot.posts.post import Button, length_utf16
from bot.posts.translations import Translator

NONE = "–"

LINES: Mapping[str, Callable[[Translator], str]] = {
    "opening": lambda t: t.gettext("Line above each post"),
    "signature": lambda t: t.gettext("Line below each post"),
}


def line_page(asking: Asking, command: str, name: str) -> Reply:
    """What the line is now, and the question for another."""
    shown = getattr(asking.chat, name) or NONE
    hint = asking.t.gettext("Send the text: plain, one line, at most 200 characters.")
    html = show(asking, "field", title=LINES[name](asking.t), shown=shown, hint=hint)
    without = Button(asking.t.gettext("Without it"), f"{command} {name} {NONE}")
    return reply(html, (without,), back(asking, command), replaces=asking.request.pressed)


def line_taken(value: str) -> str | None:
    """The line meant, empty for none; None where it is too long."""
    line = "" if value in (NONE, "-") else value
    return line if length_utf16(line) <= LINE_CHARS else None
