"""Making replies of templates and buttons, one message or one page of a longer one.

Imports no transport.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.commands.asking import Asking
from bot.commands.pages import BREAK, LINE, PARTS_A_PAGE, html_of, page_of, parts_of
from bot.commands.request import Reply
from bot.posts.cuts import shorter
from bot.posts.post import Button, Post
from bot.posts.rendering import render

Row = tuple[Button, ...]
# Telegram names no limit; beyond this, clients cut the text themselves.
BUTTON_CHARS = 64


@dataclass(frozen=True, slots=True)
class Paging:
    """How a long reply is leafed through: `command` is what is typed for it, without page number.

    `buttons` and `groups` belong to the parts in turn, `a_row` buttons beside one another; `rows` close it.
    A page holds `most` parts.
    """

    command: str
    page: int | None = None
    buttons: Sequence[Button | None] = ()
    groups: Sequence[str] = ()
    a_row: int = 1
    rows: tuple[Row, ...] = ()
    most: int = PARTS_A_PAGE


def show(asking: Asking, template: str, **context: object) -> str:
    """A template of the commands as HTML; `part` or `line` in it begins a part that pages keep whole."""
    return render(
        "commands", f"{template}.html.jinja", asking.voice, calendar=asking.calendar, part=BREAK, line=LINE, **context
    )


def reply(html: str, *rows: Row, records: Iterable[str] = (), replaces: bool = False) -> Reply:
    """A reply of one message; whatever the calendar holds, it is within Telegram's limits."""
    return Reply((shorter(Post(html, rows, records=tuple(records))),), replaces=replaces)


def refusal(asking: Asking, line: str) -> Reply:
    """A polite line: beside the button where one was pressed, else as a message."""
    if asking.request.pressed:
        return Reply(notice=line)
    return Reply((Post(line),))


def paged(asking: Asking, rendered: str, paging: Paging, *, records: Iterable[str] = ()) -> Reply:
    """One page of a rendered reply, with buttons to the pages beside it.

    A button with a page number turns the page where it was pressed; all others answer anew.
    """
    heading, parts = parts_of(rendered, paging.buttons, paging.groups)
    page = page_of(heading, parts, paging.page or 1, most=paging.most)
    own = [part.button for part in page.parts if part.button is not None]
    rows = [*rows_of(dict.fromkeys(own), paging.a_row), *_turning(asking, paging, page.number, page.has_more)]
    turned = asking.request.pressed and paging.page is not None
    return reply(html_of(heading, page), *rows, *paging.rows, records=records, replaces=turned)


def button(text: str, command: str) -> Button:
    """A button that types a command; a long text ends in `…`."""
    return Button(text if len(text) <= BUTTON_CHARS else f"{text[: BUTTON_CHARS - 1]}…", command)


def rows_of(buttons: Iterable[Button], a_row: int) -> list[Row]:
    """Buttons in rows of at most so many."""
    all_buttons = tuple(buttons)
    return [all_buttons[start : start + a_row] for start in range(0, len(all_buttons), a_row)]


def _turning(asking: Asking, paging: Paging, number: int, has_more: bool) -> list[Row]:
    t = asking.t
    back = Button(t.gettext("« Back"), f"{paging.command} {number - 1}")
    on = Button(t.gettext("More »"), f"{paging.command} {number + 1}")
    row = (*((back,) if number > 1 else ()), *((on,) if has_more else ()))
    return [row] if row else []
