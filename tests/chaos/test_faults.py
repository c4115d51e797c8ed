"""A wire on which a quarter of all goes wrong: channels get everything once, people nothing twice, nobody is paused."""

from pathlib import Path

from tests.chaos.broadcast import Broadcast, broadcast, rates
from tests.chaos.rows import Row
from tests.telegram import TelegramServer, faults

SETTLED_S = 600.0
_SHARES = (
    (faults.BAD_GATEWAY, 0.10),
    (faults.CUT_BEFORE, 0.05),
    (faults.CUT_AFTER, 0.05),
    (faults.flood(3), 0.02),
    (faults.slow(2), 0.05),
)


def test_a_bad_wire_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    with broadcast(tmp_path, channels=40, readers=60, seed=31) as scene:
        scene.settings |= rates(scene.server, send=150, operators=20)
        spoil(scene.server, "channel", "private")
        on_a_bad_wire(scene)


def spoil(server: TelegramServer, *kinds: str) -> None:
    """Have a share of all requests to chats of these kinds go wrong, whatever they ask."""
    for fault, share in _SHARES:
        server.faults.chance(fault, share, kind=kinds)


def on_a_bad_wire(scene: Broadcast) -> str:
    """Run a broadcast to its end, check what came of it, and tell the figures."""
    took_s = scene.finish(patience_s=SETTLED_S)

    cut = {r.chat_id for r in scene.server.requests_of("sendPhoto") if r.fault is not None and r.fault.is_cut}
    readers = {place.id for place in scene.places if place.kind == "private"}
    scene.check_channels()
    uncertain = scene.check_readers({chat for chat in cut if isinstance(chat, int)})
    assert uncertain == len(cut & readers), f"{uncertain} uncertain of {len(cut & readers)} cut"
    met = ", ".join(f"{kind} {number}" for kind, number in sorted(scene.server.faults_met.items()))
    return (
        f"0 lost, 0 doubled, 0 paused, {uncertain} uncertain, all settled in {took_s:.0f} s, the bot's start included "
        f"({met})"
    )


def _long_channels(folder: Path) -> str:
    with broadcast(folder, channels=2000, seed=41) as scene:
        scene.settings |= rates(scene.server, send=30, operators=1)
        spoil(scene.server, "channel")
        return on_a_bad_wire(scene)


def _long_readers(folder: Path) -> str:
    with broadcast(folder, readers=2000, seed=42) as scene:
        scene.settings |= rates(scene.server, send=30, operators=1)
        spoil(scene.server, "private")
        return on_a_bad_wire(scene)


_WIRE = "10 % 502, 5 % cut before, 5 % cut after, 2 % 429 for 3 s, 5 % slow by 2 s"
LONG = (
    Row(f"2,000 channels: {_WIRE}", "0 lost, 0 doubled, 0 paused, all settled within 600 s", _long_channels),
    Row(f"2,000 private chats: {_WIRE}", "0 doubled, each cut one listed as uncertain, the rest sent", _long_readers),
)
