"""A wire on which a quarter of all goes wrong, a proxy's pages, no network: channels get everything once, people
nothing twice, and nobody is paused."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.broadcast import PATIENCE_S, Broadcast, broadcast, rates
from tests.chaos.rows import Row
from tests.chaos.test_kill import SLACK_S
from tests.telegram import TelegramServer, faults
from tests.telegram.faults import Fault
from tests.telegram.thread import LoopThread
from tests.transports.certificate import self_signed

SETTLED_S = 600.0
_SHARES = (
    (faults.BAD_GATEWAY, 0.10),
    (faults.CUT_BEFORE, 0.05),
    (faults.CUT_AFTER, 0.05),
    (faults.flood(3), 0.02),
    (faults.slow(2), 0.05),
)
# A hotel's, a firm's and a censor's answers in place of Telegram's, and `ok: false` with status 200.
_PAGES = (*(Fault("status", status) for status in (401, 403, 404, 407, 503)), faults.NOT_OK)


def test_a_bad_wire_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    with broadcast(tmp_path, channels=40, readers=60, seed=3) as scene:
        scene.settings |= rates(scene.server, send=100, operators=20)
        spoil(scene.server, "channel", "private")
        on_a_bad_wire(scene)


def test_pages_of_a_proxy_and_no_network_pause_nobody_and_stop_nothing(tmp_path: Path) -> None:
    with broadcast(tmp_path, channels=20, readers=60, seed=32) as scene:
        scene.settings |= rates(scene.server, send=50, operators=20)
        through_an_outage(scene, seconds=2)


def test_a_wrong_certificate_is_waited_out(tmp_path: Path) -> None:
    with broadcast(tmp_path, channels=2, readers=2, seed=33) as scene, untrusted(tmp_path) as api:
        with scene.process(telegram_api=api) as process:
            scene.wait_until(lambda: scene.tried() >= 1, [process], PATIENCE_S)
            assert {delivery.state for delivery in scene.deliveries()} <= {"due", "leased"}
            assert process.stop()[0] == 0
        assert scene.written() == 0
        scene.finish()
        scene.check_channels()
        assert scene.check_readers(set()) == 0


@contextmanager
def untrusted(folder: Path) -> Iterator[str]:
    """A server on loopback with a certificate that nobody trusts; its address."""

    async def nobody(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(folder))
    thread = LoopThread("untrusted")
    server = thread.run(asyncio.start_server(nobody, "127.0.0.1", 0, ssl=context))
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        thread.close()


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


def through_an_outage(scene: Broadcast, seconds: float) -> str:
    """Give a proxy's pages for so long in the middle of a broadcast, then no network at all; check what came of it."""
    server = scene.server
    with scene.process() as process:
        scene.wait_for_more(20)
        for page in _PAGES:
            server.faults.chance(page, 1 / len(_PAGES))
        _pass(seconds)
        server.faults.clear()
        scene.wait_for_more(20)
        at = server.clock.elapsed()
        server.run(server.unplug())
        scene.note_in_flight(at, SLACK_S)
        _pass(seconds)
        server.run(server.plug())
        back_at = server.clock.elapsed()
        scene.wait_until_settled([process], SETTLED_S)
        took_s = server.clock.elapsed() - back_at
        scene.wait_until_settled([process], 3600, tidy=True)
        assert process.stop()[0] == 0
    scene.check_channels()
    uncertain = scene.check_readers(scene.in_flight)
    pages = sum(request.told == "garbled" for request in server.requests)
    return (
        f"0 lost, 0 doubled, 0 paused after {pages} pages and {seconds:.0f} s without network, {uncertain} uncertain "
        f"of {scene.open} under way as it went; all settled {took_s:.0f} s after its return"
    )


def _pass(seconds: float) -> None:
    """Let time pass: that is what an outage is made of."""
    threading.Event().wait(min(seconds, PATIENCE_S))


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


def _long_outage(folder: Path) -> str:
    with broadcast(folder, channels=300, readers=1000, seed=43) as scene:
        scene.settings |= rates(scene.server, send=30, operators=1)
        return through_an_outage(scene, seconds=60)


_WIRE = "10 % 502, 5 % cut before, 5 % cut after, 2 % 429 for 3 s, 5 % slow by 2 s"
LONG = (
    Row(f"2,000 channels: {_WIRE}", "0 lost, 0 doubled, 0 paused, all settled within 600 s", _long_channels),
    Row(f"2,000 private chats: {_WIRE}", "0 doubled, each cut one listed as uncertain, the rest sent", _long_readers),
    Row("a minute of a proxy's pages, then a minute without network", "0 lost, 0 doubled, 0 paused", _long_outage),
)
