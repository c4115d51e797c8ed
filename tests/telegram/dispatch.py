"""From an HTTP request to its answer: the method, the faults on the way, and the journal."""

import asyncio
import json
import math
import re
from typing import Any

from aiohttp import web

from tests.telegram import garble
from tests.telegram.chats import Chat
from tests.telegram.errors import ApiError, too_many
from tests.telegram.faults import Fault
from tests.telegram.journal import chat_of
from tests.telegram.methods import Call
from tests.telegram.methods.polling import Poller
from tests.telegram.methods.registry import METHODS, NAMES
from tests.telegram.parameters import Parameters, read_parameters
from tests.telegram.state import State
from tests.telegram.webhook import WebhookSender

PATH = re.compile(r"/bot([0-9]{1,20}:[A-Za-z0-9_-]+)/(\w+)/?$")
FLOOD_WAIT_S = 60


class Dispatcher:
    """Answers requests out of `state`."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.poller = Poller()
        self.webhook = WebhookSender(state, self.carry_out)

    async def handle(self, http: web.BaseRequest) -> web.StreamResponse:
        """Answer one HTTP request."""
        match = PATH.match(http.path)
        if match is None:
            return answer(404, refusal(ApiError(404, "Not Found")))
        if match[1] != self.state.token:
            return answer(401, refusal(ApiError(401, "Unauthorized")))
        try:
            parameters = await read_parameters(http)
        except ApiError as error:
            return answer(error.code, refusal(error))
        name = NAMES.get(match[2].lower(), match[2])
        with self.state.changes.change():
            request = self.state.journal.begin(name, parameters, self.state.clock.elapsed())
            request.fault = self.state.faults.choose(name, self.chat(parameters))
        try:
            return await self.answer(http, Call(self.state, parameters, request))
        finally:
            with self.state.changes.lock:
                request.gone = http.transport is None or http.transport.is_closing()
                self.state.journal.end(request, self.state.clock.elapsed())
                self.state.changes.notify()

    def chat(self, parameters: Parameters) -> Chat | None:
        """Return the chat a request is about, whether or not the bot may reach it."""
        named = chat_of(parameters)
        return None if named is None else self.state.find_chat(str(named))

    async def answer(self, http: web.BaseRequest, call: Call) -> web.StreamResponse:
        """Carry out the call, as far as its fault lets it, and return what the client is told."""
        request, fault, half_s = call.request, call.request.fault, self.state.faults.latency_s / 2
        if half_s:
            await asyncio.sleep(half_s)
        if fault is not None and fault.kind == "late":
            await asyncio.sleep(fault.seconds)
        if fault is None or fault.acts:
            status, body = await self.act(call)
        elif fault.kind == "flood":
            status, body = self.flood(call, fault)
        else:
            status, body = fault.status, b""
        if half_s:
            await asyncio.sleep(half_s)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault is None or fault.is_true:
            request.status, request.told = status, "ok" if status == 200 else "refused"
            return answer(status, body)
        request.told = "nothing" if fault.is_cut else "garbled"
        request.status = None if fault.is_cut else fault.status
        return garble.reply(http, fault, body)

    def flood(self, call: Call, fault: Fault) -> tuple[int, bytes]:
        """Refuse this and every send to its chat for a while."""
        chat = self.chat(call.parameters)
        with self.state.changes.lock:
            until = self.state.clock.elapsed() + fault.seconds
            self.state.limits.hold(None if chat is None else chat.id, until)
        error = too_many(max(1, math.ceil(fault.seconds)))
        call.request.description = error.description
        return error.code, refusal(error)

    async def act(self, call: Call) -> tuple[int, bytes]:
        """Carry out the call and return the true answer."""
        try:
            result = await self.result(call)
        except ApiError as error:
            call.request.description = error.description
            return error.code, refusal(error)
        except Exception as error:
            self.state.crashes.append(error)
            raise
        call.request.acted = True
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def result(self, call: Call) -> Any:
        """Return what the method returns."""
        state, name = self.state, call.request.method
        if state.logged_out:
            raise ApiError(400, "Logged out")
        if state.limits.enabled and len(state.journal.open) > state.limits.in_flight:
            raise too_many(FLOOD_WAIT_S)
        if name == "getUpdates":
            return await self.poller.get_updates(call)
        method = METHODS.get(name)
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        with state.changes.change():
            result = method(call)
        if name in ("setWebhook", "deleteWebhook"):
            if state.webhook.url:
                self.poller.end("terminated by setWebhook request")
            self.webhook.restart()
        return result

    async def carry_out(self, asked: dict[str, Any]) -> None:
        """Carry out the method that the webhook named in its reply; nobody hears what came of it."""
        name = NAMES.get(str(asked["method"]).lower(), str(asked["method"]))
        parameters = Parameters(asked)
        with self.state.changes.lock:
            request = self.state.journal.begin(name, parameters, self.state.clock.elapsed())
        request.status, _ = await self.act(Call(self.state, parameters, request))
        with self.state.changes.change():
            self.state.journal.end(request, self.state.clock.elapsed())


def refusal(error: ApiError) -> bytes:
    """Return the body of a refusal."""
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return json.dumps(body).encode()


def answer(status: int, body: bytes) -> web.Response:
    """Return an answer as the Bot API sends it."""
    headers = {"Retry-After": str(json.loads(body)["parameters"]["retry_after"])} if status == 429 else None
    return web.Response(status=status, body=body, headers=headers, content_type="application/json")
