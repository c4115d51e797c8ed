"""The running bot, if one runs here: asked where it listens, as any watcher would."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp

from bot.doors.listening import split_listen
from bot.operating.finding import Finding, ok, problem, warning
from bot.outbox.single import AlreadyRunningError, SingleRun

_PATIENCE = aiohttp.ClientTimeout(total=5)
_HALTED = "vigil_sending_halted{"


async def check_process(listen: str, database: Path | None, now: datetime) -> AsyncIterator[Finding]:
    """Its last tick, and whether it has stopped sending."""
    host, port = split_listen(listen)
    if port == 0:
        yield ok("process", "not asked: VIGIL_LISTEN lets it listen anywhere")
        return
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    async with aiohttp.ClientSession(timeout=_PATIENCE, trust_env=False) as session:
        try:
            async with session.get(f"{address}/readyz") as answer:
                ready = await answer.json()
            async with session.get(f"{address}/metrics") as answer:
                metrics = await answer.text()
            ticked_at = ready["last_tick"]
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
            yield _silent(listen, database)
            return
    yield _ticking(ticked_at, now)
    for line in metrics.splitlines():
        if line.startswith(_HALTED) and line.endswith(" 1.0"):
            what = line.removeprefix(_HALTED).partition("}")[0]
            yield problem("sending", f"it has stopped: {what}", "see the operators' chat; a restart resumes it")


def _silent(listen: str, database: Path | None) -> Finding:
    if database is not None and database.exists() and _is_locked(database):
        found = f"a bot runs on this database and does not answer at {listen}"
        return problem("process", found, "is VIGIL_LISTEN that of the bot? If it is, end it and look at its log")
    return ok("process", f"none runs here at {listen}")


def _is_locked(database: Path) -> bool:
    if not database.with_name(f"{database.name}.lock").exists():
        return False
    try:
        with SingleRun(database):
            return False
    except AlreadyRunningError:
        return True


def _ticking(ticked_at: object, now: datetime) -> Finding:
    if not isinstance(ticked_at, str):
        return warning("process", "it runs, and has not ticked yet", "look again in half a minute")
    age_s = int((now - datetime.fromisoformat(ticked_at)).total_seconds())
    if age_s > 30:
        found = f"its last tick was {age_s} s ago"
        return problem("process", found, "look at its log: the database or the clock keeps it from working")
    return ok("process", f"it runs; its last tick was {max(0, age_s)} s ago")
