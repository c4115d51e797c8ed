"""`python -m tests.telegram`: the local server as a process; it prints its address, as JSON in one line."""

import argparse
import json
import os
import signal
import sys

from tests.telegram.control import Control
from tests.telegram.process import KEY_VARIABLE
from tests.telegram.server import TOKEN, TelegramServer

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def main() -> None:
    """Run the server until SIGINT, SIGTERM or, if asked, the end of standard input."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limits", action="store_true", help="enforce Telegram's limits")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="of every answer")
    parser.add_argument("--seed", type=int, default=0, help="of the faults that come by chance")
    parser.add_argument("--users", type=int, default=0, help="people who have started the bot, ids from 1001 on")
    parser.add_argument("--channels", type=int, default=0, help="channels it may post in, @channel_0 and so on")
    parser.add_argument("--until-stdin-closes", action="store_true")
    options = parser.parse_args()
    if not options.until_stdin_closes:
        # Blocked before any thread starts, so that no other thread is killed by what the main one waits for.
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    server = TelegramServer(
        token=options.token, port=options.port, limits=options.limits, latency_s=options.latency, seed=options.seed
    )
    for number in range(options.users):
        server.people.add_user(1001 + number)
    for number in range(options.channels):
        server.people.add_channel(f"Channel {number}", username=f"channel_{number}")
    with server:
        print(json.dumps(announce(server)), flush=True)
        wait_for_end(options.until_stdin_closes)


def announce(server: TelegramServer) -> dict[str, object]:
    """Return where the server listens; with a key in the environment, also where it takes calls."""
    said: dict[str, object] = {"api": server.api, "token": server.token}
    if key := os.environ.get(KEY_VARIABLE):
        control = Control(server, bytes.fromhex(key))
        control.start()
        said["control"] = control.port
    return said


def wait_for_end(until_stdin_closes: bool) -> None:
    if until_stdin_closes:
        sys.stdin.read()
        return
    signal.sigwait(SIGNALS)


if __name__ == "__main__":
    main()
