"""`kill -9` in the middle of a broadcast: channels get everything once, and people nothing twice."""

from pathlib import Path

from tests.chaos.broadcast import Broadcast, broadcast, rates
from tests.chaos.rows import Row

# How late an answer may be written down: what was answered no longer before a kill may be uncertain.
SLACK_S = 1.0
# To a channel for the first time: a silent message, its deletion, and the post.
_REQUESTS_A_CHANNEL = 3


def test_channels_get_everything_once_and_readers_nothing_twice_through_kills(tmp_path: Path) -> None:
    with broadcast(tmp_path, channels=80, readers=120, seed=11) as scene:
        scene.settings |= rates(scene.server, send=120, operators=30)
        through(scene, kills=5)


def through(scene: Broadcast, kills: int) -> str:
    """Kill the bot so often in a broadcast, check what came of it, and tell the figures."""
    channels = sum(place.kind == "channel" for place in scene.places)
    scene.kill(kills, _REQUESTS_A_CHANNEL * channels + len(scene.places) - channels, slack_s=SLACK_S)
    took_s = scene.finish(patience_s=1800)

    scene.check_channels()
    uncertain = scene.check_readers(scene.in_flight, kills=kills)
    copies = sum(request.acted for request in scene.server.requests_of("forwardMessage", scene.operators.id))
    return (
        f"{kills} kills: 0 lost, 0 doubled, {uncertain} uncertain of {scene.open} requests under way at a kill; "
        f"{copies} copies made for looking; the last run settled all in {took_s:.0f} s"
    )


def _long_channels(folder: Path) -> str:
    with broadcast(folder, channels=2000, seed=21) as scene:
        scene.settings |= rates(scene.server, send=60, operators=1)
        return through(scene, kills=20)


def _long_readers(folder: Path) -> str:
    with broadcast(folder, readers=2000, seed=22) as scene:
        scene.settings |= rates(scene.server, send=60, operators=1)
        return through(scene, kills=20)


LONG = (
    Row(
        "`kill -9` 20 times in a broadcast to 2,000 channels with earlier posts, gaps, and people who post meanwhile",
        "0 lost, 0 doubled",
        _long_channels,
    ),
    Row(
        "`kill -9` 20 times in a broadcast to 2,000 private chats, policy `leave`",
        "0 doubled; uncertain only what was in flight at a kill; all else sent",
        _long_readers,
    ),
)
