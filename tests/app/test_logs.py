"""What reaches a log, at any level: no token, id, name, text or address, and of an exception its type alone."""

import ast
import asyncio
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.app.logs import redacted, set_up_logs
from tests.app.process import Process
from tests.app.scene import PATIENCE_S, address_of, answer, remembered_today, subscribe
from tests.calendars import ROOT
from tests.telegram import TelegramServer, faults

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz_0123"
SECRETS = (TOKEN, "AAE-", "-1001234567890", "5550123457", "somebody", "Jane Doe", "a text of hers")
LOUD = ("tests.app.loud",)
# The keywords that events of ours have: codes, counts, kinds, types.
KEYWORDS = {"action", "count", "error", "kind", "message", "place", "reason", "waiting", "why"}
# Where the sentence is made elsewhere, of codes as well.
SENTENCES = {"told(nameless(notice))", "_line(exc)", "event"}


@contextmanager
def logs_as_in_a_run(level: int = logging.WARNING) -> Iterator[None]:
    """Logging is the process's own: what is set up for one test must not write for the next."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    before = root.level
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    try:
        set_up_logs()
        root.setLevel(level)
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers = handlers
        root.setLevel(before)
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
        structlog.reset_defaults()


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The lines that were logged, none of them giving anything away."""
    logged = capsys.readouterr().err
    assert not [secret for secret in SECRETS if secret in logged], logged
    return [json.loads(line) for line in logged.splitlines()]


@pytest.mark.parametrize("secret", [TOKEN, "-1001234567890", "1001234567", "@somebody_reading"])
def test_what_tells_of_somebody_is_blanked(secret: str) -> None:
    assert secret not in redacted(f"POST https://example.org/bot{secret}/sendMessage chat={secret}")


@pytest.mark.parametrize("text_", ["5 documents, 16 people", "2026-11-22T16:37:27Z", "http_502 after 30 s"])
def test_counts_dates_and_codes_stay(text_: str) -> None:
    assert redacted(text_) == text_


def test_an_event_of_ours_is_one_json_object_with_its_time_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    with logs_as_in_a_run():
        structlog.get_logger().warning("a chat was paused", reason="blocked", count=3, by=None)
    (line,) = lines_of(capsys)

    assert line.pop("timestamp").endswith("Z")
    assert line == {"level": "warning", "event": "a chat was paused", "reason": "blocked", "count": 3, "by": None}


def test_a_value_that_should_not_be_there_is_blanked(capsys: pytest.CaptureFixture[str]) -> None:
    with logs_as_in_a_run():
        structlog.get_logger().error("x", chat=-1001234567890, of=["Jane Doe"], token=TOKEN, at="@somebody_reading")
    (line,) = lines_of(capsys)

    assert (line["chat"], line["of"]) == ("…", "<list>")


def http_client() -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    logging.getLogger("telegram.Bot").debug(f"Calling sendMessage to 5550123457 with 'a text of hers', {TOKEN}")


def a_failure() -> None:
    try:
        raise ValueError("chat 5550123457 of @somebody_reading: a text of hers")
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request from %s", "5550123457")


def a_database() -> None:
    engine = create_engine("sqlite://", echo="debug")
    with pytest.raises(SQLAlchemyError), engine.connect() as connection:
        connection.execute(text("SELECT 1, :name"), {"name": "Jane Doe"}).all()
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Jane Doe"})


def a_warning() -> None:
    warnings.warn("unclosed session of Jane Doe", ResourceWarning, stacklevel=1)


def a_task() -> None:
    async def fail(name: str) -> None:
        raise RuntimeError(f"{name} said: a text of hers")

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.set_debug(True)
        loop.slow_callback_duration = 0
        loop.call_soon(lambda name: 1 / 0, "Jane Doe")
        loop.call_exception_handler({"message": "m", "exception": RuntimeError("Jane Doe"), "task": fail.__name__})
        await asyncio.gather(fail("Jane Doe"), return_exceptions=True)
        task = loop.create_task(fail("Jane Doe"), name="Jane Doe")
        await asyncio.sleep(0)
        del task

    asyncio.run(run())


def a_job() -> None:
    async def run() -> None:
        done = asyncio.Event()

        async def fail(name: str) -> None:
            done.set()
            raise RuntimeError(f"{name}: a text of hers")

        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(fail, args=["Jane Doe"], name="somebody")
        scheduler.start()
        await done.wait()
        await asyncio.sleep(0)
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)

    asyncio.run(run())


def a_refused_connection() -> None:
    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientError):
                await session.get(f"http://127.0.0.1:1/bot{TOKEN}/getMe")

    asyncio.run(run())


@pytest.mark.parametrize(
    "happens", [http_client, a_failure, a_database, a_warning, a_task, a_job, a_refused_connection]
)
def test_what_libraries_log_at_any_level_gives_nothing_away(
    happens: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with logs_as_in_a_run(logging.DEBUG), warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        happens()
        lines = lines_of(capsys)

    assert lines or happens is a_refused_connection
    assert all({"timestamp", "level", "event", "logger", "place"} <= line.keys() for line in lines)


def test_a_defect_that_ends_the_program_is_one_line_of_type_and_place() -> None:
    program = (
        "from bot.app.logs import set_up_logs\nset_up_logs()\n"
        "def of(name):\n    raise KeyError(name + ': a text of hers')\nof('Jane Doe')"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    (line,) = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert not [secret for secret in SECRETS if secret in line]
    assert (json.loads(line)["error"], "<string>:" in line) == ("KeyError", True)


def test_our_own_events_are_fixed_sentences_with_known_keywords() -> None:
    odd = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if path.name != "logs.py"
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("_log.") and not _is_known(call)
    ]

    assert odd == []


def test_a_whole_run_in_trouble_logs_nothing_of_anybody(tmp_path: Path) -> None:
    home, records = tmp_path / "home", remembered_today(tmp_path)
    with TelegramServer() as server:
        operators, reader = server.people.add_user(first_name="Olga"), server.people.add_user(first_name="Zinaida")
        places = [server.people.add_channel(f"Pamiac {number}") for number in range(3)]
        blocked = server.people.add_user()
        server.state.users[blocked.id].blocked = True
        troubles = [faults.flood(1), faults.BAD_GATEWAY, faults.TRUNCATED]
        for place, trouble in zip(places, troubles, strict=True):
            server.faults.script(trouble, method="sendPhoto", chat=place.id)
        server.faults.script(faults.BAD_GATEWAY, method="getUpdates")
        subscribe(home, *map(address_of, places), address_of(server.chat(blocked.id)))
        settings = records | {"telegram_api": server.api, "telegram_token": server.token, "chat_rate": 100}
        settings |= {"operators": f"telegram:{operators.id}", "listen": "127.0.0.1:0"}
        process = Process(home, settings, LOUD)
        try:
            process.wait_until_ready()
            answer(server, reader, "/prisoner Losik and a text of hers")
            server.updates.push("message", {"message_id": "Zinaida", "chat": {"id": reader.id}}, queue=reader.id)
            server.wait(lambda: all(server.texts(place.id) for place in places), PATIENCE_S)
            answer(server, reader, "/today")
            assert process.stop()[0] == 0
        finally:
            if process.status is None:
                process.kill()

        logged = "\n".join(process.err)
        ids = [*(place.id for place in places), operators.id, reader.id, blocked.id]
        numbers = [str(abs(number)) for number in ids]
        words = [server.token, server.token.partition(":")[2], "Olga", "Zinaida", "Pamiac", "Losik", "Lednik", "hers"]
        assert not [word for word in (*numbers, *words, "vigil_test_bot") if word in logged], logged
    lines = [json.loads(line) for line in process.err]
    assert {line["level"] for line in lines} >= {"debug", "warning"}


def _is_known(call: ast.Call) -> bool:
    event = call.args[0]
    is_sentence = isinstance(event, ast.Constant) and isinstance(event.value, str)
    return (is_sentence or ast.unparse(event) in SENTENCES) and {word.arg for word in call.keywords} <= KEYWORDS
