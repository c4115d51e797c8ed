"""Commands that read the calendar: check, upcoming, preview."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.agenda.occurrence import Occurrence
from bot.agenda.occurrences import occurrences
from bot.app.edition import CalendarEdition
from bot.cli.output import print_json, print_lines, print_table
from bot.cli.parameters import Json, Language, read_date
from bot.cli.shelf import read_calendar, rules_of
from bot.errors import VigilError
from bot.posts.post import Picture
from bot.posts.voice import Voice
from bot.private_folders import make_private_folder
from bot.records.collection import Calendar
from bot.settings import Settings, read_settings


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command("check")(check)
    app.command("upcoming")(upcoming)
    app.command("preview")(preview)


def check(as_json: Json = False) -> None:
    """Check every record and quote of the calendar against the documents."""
    from bot.records.checking import check as check_records  # noqa: PLC0415 (the rulebook is needed here alone)

    settings = read_settings()
    report = check_records(settings.calendar, settings.seeds)
    if as_json:
        print_json(report.as_dict())
    else:
        print_lines(str(problem) for problem in report.problems)
        counted = ", ".join(f"{number} {name}" for name, number in report.counts.items())
        verdict = f"{len(report.problems)} faults" if report.problems else "No fault"
        print_lines([f"{verdict} in {counted}."])
    raise typer.Exit(1 if report.problems else 0)


def upcoming(
    first: Annotated[date, typer.Option("--from", parser=read_date, metavar="YYYY-MM-DD")],
    last: Annotated[date, typer.Option("--to", parser=read_date, metavar="YYYY-MM-DD")],
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """List every date with a post between two days, both included, reminders before it too."""
    if last < first:
        raise typer.BadParameter(f"--to {last} is before --from {first}")
    settings = read_settings()
    calendar = read_calendar(settings)
    found = occurrences(calendar, first, last, rules_of(settings))
    rows = [_row(calendar, occurrence, _voice(settings, language, occurrence.date)) for occurrence in found]
    if as_json:
        print_json(rows)
    elif not rows:
        print_lines([f"Nothing is posted from {first} to {last}."])
    else:
        print_table(("date", "kind", "what"), ((row["date"], row["kind"], row["title"]) for row in rows))


def preview(
    on: Annotated[date, typer.Option("--on", parser=read_date, metavar="YYYY-MM-DD")],
    language: Language = "en",
    at_date: Annotated[
        date | None,
        typer.Option("--at-date", parser=read_date, metavar="YYYY-MM-DD", help="The day taken as now (default: --on)."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the posts of a day as a chat that hears everything would get them."""
    settings = read_settings()
    edition = CalendarEdition(read_calendar(settings), rules_of(settings), settings.contact or None)
    posts = edition.posts_on(on, language, told_on=at_date)
    rows = [
        {
            "slot": slot,
            "html": post.html,
            "text": post.text,
            "picture": _kept(settings, post.picture, f"{on}-{slot}-{language}"),
            "alt": post.picture.alt if post.picture else None,
        }
        for slot, post in posts
    ]
    if as_json:
        print_json(rows)
    elif not rows:
        print_lines([f"Nothing is posted on {on}."])
    else:
        for row in rows:
            print_lines([str(row["text"]), f"[{row['picture']}]" if row["picture"] else "", ""])


def _kept(settings: Settings, picture: Picture | None, name: str) -> str | None:
    """The path of the picture, written below the home."""
    if picture is None:
        return None
    path = Path(settings.home) / "previews" / f"{name}.png"
    try:
        make_private_folder(path.parent)
        path.write_bytes(picture.png)
        path.chmod(0o600)
    except OSError as exc:
        raise VigilError(f"{path}: the picture cannot be written: {exc.strerror}; set VIGIL_HOME elsewhere") from exc
    return str(path)


def _row(calendar: Calendar, occurrence: Occurrence, voice: Voice) -> dict[str, Any]:
    from bot.posts.titles import title  # noqa: PLC0415

    event_date = None
    if occurrence.kind != "month" and occurrence.events and occurrence.events[0].date is not None:
        event_date = str(occurrence.events[0].date)
    row: dict[str, Any] = {
        "date": occurrence.date.isoformat(),
        "kind": occurrence.kind,
        "people": list(occurrence.people),
        "names": [calendar.people[person].names.in_language(voice.language) for person in occurrence.people],
        "years": occurrence.years,
        "event_date": event_date,
        "lead": occurrence.lead,
        "title": title(calendar, occurrence, voice),
        "citations": [{"source": q.source, "quote": q.exact} for q in occurrence.quotes if q.is_shown],
    }
    if occurrence.days is not None:
        row["days"] = occurrence.days
    return row


def _voice(settings: Settings, language: str, on: date) -> Voice:
    return Voice(language, on, settings.shelf_life_days, settings.contact or None)
