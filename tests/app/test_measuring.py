"""`/metrics` of a bot that runs."""

import re
import time
from pathlib import Path

from tests.app.process import Process, running
from tests.app.scene import PATIENCE_S, address_of, remembered_today, subscribe
from tests.telegram import TelegramServer
from tests.telegram.faults import flood


def test_what_was_sent_is_measured_and_nobody_is_named(tmp_path: Path) -> None:
    home, records = tmp_path / "home", remembered_today(tmp_path)
    with TelegramServer() as server:
        channel = server.people.add_channel("Memory", username="candle_day")
        server.faults.script(flood(1), method="sendPhoto", chat=channel.id)
        subscribe(home, address_of(channel))
        with running(home, server, **records) as process:
            page = _once(process, 'vigil_deliveries_settled_total{state="sent"}')
            assert process.stop()[0] == 0

    found = dict(re.findall(r"^(vigil_\S+) (\S+)$", page, re.MULTILINE))
    assert found['vigil_sends_total{outcome="passing",transport="telegram"}'] == "1.0"
    assert found["vigil_telegram_429_total"] == "1.0"
    assert found["vigil_is_sender"] == "1.0"
    assert "vigil_tick_age_seconds" in found
    assert "process_resident_memory_bytes" in page
    assert not {word for word in (str(channel.id), "candle_day", "Memory", "UTC", server.token) if word in page}


def _once(process: Process, counter: str) -> str:
    """The page once this counter stands at one."""
    until = time.monotonic() + PATIENCE_S
    while f"{counter} 1.0" not in (page := process.get("metrics")):
        assert time.monotonic() < until, page
    return page
