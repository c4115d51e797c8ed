"""tgcast, the one durable peer that can be pointed at a local server, its rates out of the way."""

import json
import sqlite3
import time
from pathlib import Path

from tgcast import Task as Message
from tgcast import Telecast

from benchmarks.senders.task import Task, Watch, asked

# Beyond anything it could reach: rates are not what is measured.
_NO_LIMIT = 1e9
_LOOK_EVERY_S = 0.02


def main(task: Task) -> None:
    """Fill its queue, then let it work until it has noted the last one as sent."""
    file = Path(task.home) / "tgcast.sqlite"
    engine = Telecast(
        task.token,
        store_dsn=str(file),
        telegram_base_url=task.api,
        global_rps=_NO_LIMIT,
        per_chat_rps=_NO_LIMIT,
        # Longer than all of it takes, or it would send again what waits in its own queue.
        lease_ttl=600,
        max_concurrency=int(str(task.options["workers"])),
        poll_interval=float(str(task.options["poll_s"])),
    )
    markup = json.loads(task.markup) if task.markup else None
    for user in task.users:
        engine.enqueue(
            Message(user, text=task.text, parse_mode="HTML", reply_markup=markup, disable_web_page_preview=True)
        )
    watch = Watch()
    engine.start()
    with sqlite3.connect(file) as connection:
        while _sent(connection) < task.number:
            time.sleep(_LOOK_EVERY_S)
    watch.stop()
    connection.close()
    engine.shutdown()


def _sent(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM tasks WHERE state = 'sent'").fetchone()[0])


if __name__ == "__main__":
    main(asked())
