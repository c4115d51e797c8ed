"""Posting updates to the bot's webhook, as the Bot API server does: in order within a chat, again until taken."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from tests.telegram.state import State
from tests.telegram.updates import Update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_RETRY_S = 60.0
Reply = Callable[[dict[str, Any]], Awaitable[object]]


class WebhookSender:
    """Delivers pending updates while a webhook is set. `retry_s` is the first pause after a failure; it doubles."""

    def __init__(self, state: State, reply: Reply) -> None:
        self.retry_s = 1.0
        self._state = state
        self._reply = reply
        self._task: asyncio.Task[None] | None = None
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()

    def restart(self) -> None:
        """Take over the settings as they are now."""
        self.stop()
        if self._state.webhook.url:
            self._wake = asyncio.Event()
            self._state.updates.listen(self._wake)
            self._wake.set()
            self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        """Deliver nothing more."""
        for task in (self._task, *self._busy.values()):
            if task is not None:
                task.cancel()
        self._task = None
        self._busy.clear()

    async def _run(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                await self._wake.wait()
                self._wake.clear()
                for update in self._state.updates.pending():
                    if len(self._busy) < self._state.webhook.max_connections and update.queue not in self._busy:
                        self._busy[update.queue] = asyncio.create_task(self._deliver(session, update))

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        pause_s = self.retry_s
        while update.expires_at >= self._state.clock.now():
            error = await self._post(session, update)
            if error is None:
                break
            with self._state.changes.change():
                self._state.webhook.last_error = error
                self._state.webhook.last_error_at = self._state.clock.today()
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, LONGEST_RETRY_S)
        self._state.updates.drop(update)
        self._busy.pop(update.queue, None)
        self._wake.set()

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> str | None:
        """Post one update; return what went wrong. A method named in the reply is carried out."""
        webhook = self._state.webhook
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with session.post(webhook.url, json=update.to_json(), headers=headers) as response:
                body = await response.read()
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, TimeoutError):
            return "Read timeout expired"
        if not 200 <= response.status < 300:
            return f"Wrong response from the webhook: {response.status} {response.reason}"
        asked = decode(body)
        if "method" in asked:
            await self._reply(asked)
        return None


def decode(body: bytes) -> dict[str, Any]:
    """Return a JSON object, empty if the body is none."""
    try:
        decoded = json.loads(body)
    except ValueError:
        return {}
    return decoded if isinstance(decoded, dict) else {}
