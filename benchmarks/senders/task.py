"""What a sender is asked, and what it answers: JSON on its command line and on its standard output."""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

# Far longer than any of them takes; who takes longer is ended.
_PATIENCE_S = 180


@dataclass(frozen=True, slots=True)
class Task:
    """Send this text with these rows of buttons (as the Bot API takes them) to people with ids from `first` on.

    `home` is a folder for what the sender keeps; the options are its own.
    """

    api: str
    token: str
    home: str
    first: int
    number: int
    text: str
    markup: str
    options: dict[str, object]

    @property
    def users(self) -> range:
        """The ids of those to whom it is sent."""
        return range(self.first, self.first + self.number)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock and of the processor, from the first lease until all is sent and noted as sent."""

    seconds: float
    processor_s: float


class Watch:
    """Measures from its making on."""

    def __init__(self) -> None:
        self._began, self._processor_began = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        """Print what it took."""
        took = Took(time.perf_counter() - self._began, time.process_time() - self._processor_began)
        print(json.dumps(asdict(took)))


def asked() -> Task:
    """The task of this process."""
    return Task(**json.loads(sys.argv[1]))


def run(sender: str, task: Task) -> Took:
    """Have a sender of this package do a task; RuntimeError with its last words where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.senders.{sender}", json.dumps(asdict(task))],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{sender} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return Took(**json.loads(done.stdout.splitlines()[-1]))
