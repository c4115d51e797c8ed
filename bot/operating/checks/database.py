"""The database: within reach, of this program's revision, whole; and what waits in it."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from bot.chats.tables import chats, schedules
from bot.chats.wording import SettingsError, zone_named
from bot.database import HEAD, Database, revision
from bot.database_errors import DatabaseError
from bot.operating.finding import Finding, ok, problem, warning
from bot.outbox.gauges import read_queue
from bot.outbox.verdict import State

_LONG = timedelta(hours=1)


async def check_database(database: Database) -> AsyncIterator[Finding]:
    """Whether it can be worked with."""
    try:
        found = await revision(database)
        if found is None:
            yield warning("database", "there are no tables of Vigil's in it", "the next `vigil run` makes them")
            return
        if found == HEAD:
            yield ok("database", f"{'SQLite' if database.is_sqlite else 'PostgreSQL'}, revision {found}")
        else:
            yield _other_revision(found)
        if database.is_sqlite:
            yield await _whole(database)
    except DatabaseError as exc:
        yield problem("database", str(exc), "see docs/operating.md")


async def check_backlog(database: Database, now: datetime) -> AsyncIterator[Finding]:
    """What is due, and what nobody can vouch for."""
    queue = await read_queue(database, now)
    due = queue.in_state(State.DUE)
    if queue.oldest_due_at is not None and now - queue.oldest_due_at > _LONG:
        waited = now - queue.oldest_due_at
        found = f"{due} due, the oldest for {_hours(waited)}"
        yield warning("backlog", found, "look at what the log and the operators' chat say of sending")
    else:
        yield ok("backlog", f"{due} due" if due else "nothing is due")
    if uncertain := queue.in_state(State.UNCERTAIN):
        found = f"{uncertain} messages may or may not have arrived"
        yield warning("uncertain", found, "the operators' chat has a button to send them again")


async def check_chats(database: Database) -> AsyncIterator[Finding]:
    """How many chats there are, which of them are paused and why, and whether their zones are known here."""
    async with database.read() as connection:
        columns = (chats.c.state, chats.c.pause_reason)
        rows = (await connection.execute(select(*columns, func.count().label("n")).group_by(*columns))).all()
        zones = list(await connection.scalars(select(schedules.c.zone).distinct().order_by(schedules.c.zone)))
    states = Counter[str]()
    for row in rows:
        states[row.state] += row.n
    reasons = ", ".join(f"{row.pause_reason}: {row.n}" for row in rows if row.state == "paused")
    yield ok("chats", f"{states['active']} get posts, {states['paused']} paused{f' ({reasons})' if reasons else ''}")
    if unknown := [zone for zone in zones if not _is_known(zone)]:
        found = f"zones of chats that this machine does not know: {', '.join(unknown)}"
        yield problem("zones of chats", found, "update the package tzdata: nothing can be planned for them")


def _other_revision(found: str) -> Finding:
    if found > HEAD:
        known = f"it is at revision {found}, this program knows up to {HEAD}"
        return problem("database", known, "update the program")
    return warning("database", f"it is at revision {found} of {HEAD}", "the next start brings it up to date")


async def _whole(database: Database) -> Finding:
    async with database.read() as connection:
        whole = await connection.scalar(text("PRAGMA quick_check(1)"))
        journal = await connection.scalar(text("PRAGMA journal_mode"))
    if whole != "ok":
        return problem("integrity", "the file is damaged", "stop Vigil, and restore a backup")
    if journal != "wal":
        found = f"its journal mode is {journal}, not WAL: its disk may be a network's"
        return problem("integrity", found, "keep VIGIL_HOME on a disk of this machine")
    return ok("integrity", "whole, with a write-ahead log")


def _is_known(zone: str) -> bool:
    try:
        zone_named(zone)
    except SettingsError:
        return False
    return True


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60} min"
