"""`kill -9` in the middle of a broadcast, by a real process on a real file."""

import asyncio
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

from tests.databases import opened, sqlite_url
from tests.outbox.stage import DAY, Stage, channel, private, some

_CHANNELS, _READERS, _KILLS = 150, 150, 3


async def test_nothing_is_lost_or_doubled_by_kills(tmp_path: Path) -> None:
    async with opened(sqlite_url(tmp_path)) as database:
        stage = Stage(database)
        await stage.subscribe(*some(channel, _CHANNELS), *some(private, _READERS))
    chance = random.Random(7)
    began = time.time()

    for _ in range(_KILLS):
        await _run_for(tmp_path, began, chance.uniform(0.02, 0.15))
    await _run_for(tmp_path, began, None)

    lines = (tmp_path / "arrived").read_text().splitlines()
    arrived = Counter(line for line in lines if not line.endswith("…"))
    async with opened(sqlite_url(tmp_path)) as database:
        rows = await Stage(database).rows("state", "reason")
    doubled = [line for line, times in arrived.items() if times > 1]
    in_channels = {line.split("\t")[0] for line in arrived if line.startswith("-100")}
    uncertain = [row for row in rows if row[0] == "uncertain"]
    assert doubled == []
    assert in_channels == {address.chat for address in some(channel, _CHANNELS)}
    # To people, what was in hand at a kill is uncertain; all else arrived.
    assert {state for state, _ in rows} <= {"sent", "uncertain"}
    assert len(uncertain) <= 20 * _KILLS
    assert len(arrived) >= _CHANNELS + _READERS - len(uncertain)
    assert set(arrived) <= {f"{a.chat}\tday of {DAY}" for a in (*some(channel, _CHANNELS), *some(private, _READERS))}


async def _run_for(folder: Path, began: float, seconds: float | None) -> None:
    """Run a sender to its end, or kill it so long after its first message."""
    arrived = folder / "arrived"
    before = arrived.stat().st_size if arrived.exists() else 0
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.outbox.sender_process", str(folder), str(began), env=os.environ
    )
    async with asyncio.timeout(30):
        while seconds is not None and process.returncode is None:
            if arrived.exists() and arrived.stat().st_size > before:
                await asyncio.sleep(seconds)
                break
            await asyncio.sleep(0.005)
        if seconds is not None and process.returncode is None:
            process.kill()
        code = await process.wait()
    assert code in (0, -9)
