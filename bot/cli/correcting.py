"""The command that corrects posts already sent: correct."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import note, print_json, print_lines
from bot.cli.parameters import Json
from bot.cli.shelf import has_database, opened
from bot.errors import VigilError
from bot.records.showing import load_calendar
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.app.correcting import CorrectionDesk, Result
    from bot.chats.chat import Chat
    from bot.outbox.correcting_rows import Unreached
    from bot.outbox.corrections import Correction, Found

_NOTHING = "Nothing to correct: every post within reach states what the calendar says."
_OTHER_CALENDAR = (
    "The running bot has read another version of the calendar: restart it, "
    "or it goes on posting what is corrected here."
)


def add_to(app: typer.Typer) -> None:
    """Register this command."""
    app.command("correct")(correct)


def correct(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show which chats and both texts, and do nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before editing.")] = False,
    with_readers: Annotated[
        bool, typer.Option("--with-readers", help="Show private chats too, masked: people who read in private.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Edit posts already sent that state what the calendar does not say any more."""
    settings = read_settings()
    calendar = load_calendar(settings.calendar, settings.seeds)
    view = _View(with_readers=with_readers, as_json=as_json)
    if not has_database(settings):
        view.nothing(0)
        return
    asyncio.run(_correct(settings, calendar, view, dry_run=dry_run, yes=yes))


class _View:
    """What is shown, as text or as one JSON value."""

    def __init__(self, *, with_readers: bool, as_json: bool) -> None:
        self.with_readers = with_readers
        self._as_json = as_json

    def nothing(self, uncompared: int) -> None:
        """There is nothing to correct."""
        if self._as_json:
            print_json({"corrections": [], "uncompared": uncompared})
        else:
            print_lines([_NOTHING, *_uncompared(uncompared)])

    def plan(self, found: "Found", chats: "list[list[Chat]]", *, is_all: bool) -> None:
        """Which chats and both texts; as JSON only where nothing follows (`is_all`)."""
        if not self._as_json:
            for correction, where in zip(found.corrections, chats, strict=True):
                print_lines(_told(correction, *self._masked(correction, where)))
            print_lines([*_unknown(found), *_uncompared(found.uncompared)])
        elif is_all:
            print_json(self._plan_as_json(found, chats))

    def result(self, found: "Found", chats: "list[list[Chat]]", result: "Result") -> None:
        """What came of it."""
        lost = [self._unreached(one) for one in result.unreached]
        if self._as_json:
            done = {"edited": result.edited, "answered": result.answered, "waiting": result.waiting, "unreached": lost}
            print_json(self._plan_as_json(found, chats) | done)
            return
        print_lines([f"Corrected: {result.edited} messages edited, {result.answered} answered."])
        counted = Counter((row["day"], row["reason"], row["chat"] or "private chats") for row in lost)
        print_lines(f"Not reached: {day}, {chat}: {reason} ({n})" for (day, reason, chat), n in counted.items())
        if result.waiting:
            print_lines([f"{result.waiting} messages wait: a running bot, or the next vigil correct, goes on."])

    def _plan_as_json(self, found: "Found", chats: "list[list[Chat]]") -> dict[str, Any]:
        rows = []
        for correction, where in zip(found.corrections, chats, strict=True):
            shown, hidden = self._masked(correction, where)
            rows.append(_row(correction) | {"chats": shown, "private_chats_not_shown": hidden})
        return {"corrections": rows, "uncompared": found.uncompared}

    def _masked(self, correction: "Correction", chats: "list[Chat]") -> tuple[list[str], int]:
        """The addresses to be shown, and how many private chats are not."""
        from bot.chats.notation import masked  # noqa: PLC0415

        shown = [masked(chat.address) for chat in chats]
        return shown, correction.messages - len(shown)

    def _unreached(self, lost: "Unreached") -> dict[str, Any]:
        from bot.chats.notation import masked  # noqa: PLC0415

        chat = masked(lost.chat.address) if self._is_shown(lost.chat) else None
        return {"chat": chat, "day": lost.day.isoformat(), "slot": lost.slot, "reason": lost.reason}

    def _is_shown(self, chat: "Chat") -> bool:
        from bot.chats.address import ChatKind  # noqa: PLC0415

        return self.with_readers or chat.kind is not ChatKind.PRIVATE


async def _correct(settings: Settings, calendar: Any, view: _View, *, dry_run: bool, yes: bool) -> None:
    from bot.app.correcting import correction_desk  # noqa: PLC0415 (SQLAlchemy and more: not for --help)

    async with opened(settings) as database:
        desk = await correction_desk(settings, database, calendar, lambda: datetime.now(UTC))
        found = await desk.find()
        if not found.corrections:
            view.nothing(found.uncompared)
            if not dry_run:
                await desk.plan(found)  # what was intended before and is not true any more is given up
            return
        chats = [await desk.chats(correction, with_readers=view.with_readers) for correction in found.corrections]
        is_all = dry_run or not found.messages
        view.plan(found, chats, is_all=is_all)
        if is_all:
            return
        if await desk.is_newer_than_running():
            note(_OTHER_CALENDAR)
        if not (yes or _agrees(found)):
            raise VigilError("not confirmed: nothing was corrected")
        result = await _carried_out(desk, found)
    view.result(found, chats, result)
    raise typer.Exit(1 if result.waiting else 0)


async def _carried_out(desk: "CorrectionDesk", found: "Found") -> "Result":
    planned = await desk.plan(found)
    with _progress(sum(planned.values())) as progress:
        return await desk.carry_out(planned, progress)


def _agrees(found: "Found") -> bool:
    question = f"Edit {found.messages} messages?"
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        raise VigilError("not confirmed: nothing was corrected; --yes confirms without asking") from None


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    # Where nobody watches it, it would still leave an empty line.
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Correcting", total=total)
        yield lambda left: progress.update(task, completed=max(0, total - left))


def _row(correction: "Correction") -> dict[str, Any]:
    from bot.posts.post import Post  # noqa: PLC0415

    stated, post = correction.stated, correction.post
    return {
        "day": stated.on.isoformat(),
        "slot": stated.slot,
        "language": stated.language,
        "messages": correction.messages,
        "unknown": correction.unknown,
        "old": Post(correction.html).text,
        "new": post.text,
        "new_html": str(post.html),
        "picture": post.picture is not None,
    }


def _told(correction: "Correction", chats: list[str], hidden: int) -> Iterator[str]:
    row = _row(correction)
    yield f"{row['day']}, {row['slot']}, {row['language']}: {row['messages']} messages"
    yield from (f"  {chat}" for chat in chats)
    if hidden:
        yield f"  and {hidden} private chats (--with-readers shows them, masked)"
    yield "There stands:"
    yield from _indented(row["old"])
    yield "There is to stand:"
    yield from _indented(row["new"])
    yield ""


def _indented(text: str) -> Iterator[str]:
    return (f"    {line}" if line else "" for line in text.split("\n"))


def _unknown(found: "Found") -> list[str]:
    number = sum(correction.unknown for correction in found.corrections)
    return [f"{number} more may stand somewhere, but nobody knows where: they cannot be edited."] if number else []


def _uncompared(number: int) -> list[str]:
    return [f"{number} posts of an earlier version of Vigil cannot be compared."] if number else []
