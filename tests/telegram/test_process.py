"""The server in a thread and in a process of its own."""

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.telegram import TelegramServer, faults
from tests.telegram.process import start_in_process

ROOT = Path(__file__).parents[2]


def call(api: str, token: str, method: str, **parameters: Any) -> Any:
    request = urllib.request.Request(f"{api}/bot{token}/{method}", method="POST")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, json.dumps(parameters).encode(), timeout=10) as response:
        return json.load(response)["result"]


def test_server_in_a_thread_is_driven_from_synchronous_code() -> None:
    with TelegramServer() as server:
        user = server.people.add_user()
        call(server.api, server.token, "sendMessage", chat_id=user.id, text="x")
        assert server.wait(lambda: server.texts(user.id)) == ["x"]
        server.run(server.unplug())
        with pytest.raises(urllib.error.URLError):
            call(server.api, server.token, "getMe")
        server.run(server.plug())
        assert call(server.api, server.token, "getMe")["is_bot"]


def test_waiting_in_vain_says_what_happened() -> None:
    with TelegramServer() as server:
        call(server.api, server.token, "getMe")
        with pytest.raises(TimeoutError, match=r"0 messages sent, requests \{'getMe': 1\}"):
            server.wait(lambda: server.sent, timeout_s=0.01)


async def test_server_in_a_process_has_the_same_api() -> None:
    with start_in_process("--users", "2", "--latency", "0.01") as server:
        channel = server.people.add_channel("News", username="news", last_id=5)
        server.people.post(channel, "x")
        server.faults.script(faults.BAD_GATEWAY)
        with pytest.raises(urllib.error.HTTPError, match="502"):
            call(server.api, server.token, "sendMessage", chat_id="@news", text="lost")
        call(server.api, server.token, "sendMessage", chat_id="@news", text="there")
        (message,) = await server.wait_for(lambda: server.messages("@news", by_bot=True))
        assert (message.text, message.id, message.chat.title) == ("there", 7, "News")
        server.people.erase(message)
        assert server.texts(channel.id) == []
        server.limits.enabled = True
        assert server.limits.enabled is True
        assert server.sent_count == 1
        with pytest.raises(KeyError):
            server.messages("@nobody")
        with pytest.raises(TimeoutError):
            server.wait(lambda: server.sent_count == 2, timeout_s=0.01)


def test_command_prints_its_address_and_ends_at_a_signal() -> None:
    command = [sys.executable, "-m", "tests.telegram", "--token", "5:abc"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        assert call(said["api"], "5:abc", "getMe")["id"] == 5
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
