"""The conversation's page: reading it, saying something, and hearing of what is new."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.doors.room.conversation import Conversation, Entry, differences, versions
from bot.doors.room.forms import form, said_text
from bot.doors.room.house import House
from bot.doors.room.knowledge import knowledge_of
from bot.doors.room.languages import COOKIE, known, language_of
from bot.doors.room.pages import clock_time, link, page, rendered
from bot.doors.room.rate import Bucket
from bot.doors.room.tracing import Tracer
from bot.doors.room.turns import Turns
from bot.doors.room.views import post_view

BURST, RATE_S = 20, 2.0
LISTENERS = 32
# How often an idle stream says that it is still there; a page that went away is noticed then.
HEARTBEAT_S = 15.0
# How soon a page that lost its stream asks again; a restart takes about as long.
RETRY_MS = 1000
# Commands that mean nothing without words after them: their chip only begins the line.
_BEGUN = frozenset({"prisoner"})


class Chat:
    """The routes of the conversation at one address."""

    def __init__(self, house: House, conversation: Conversation, tracer: Tracer) -> None:
        self._house = house
        self._conversation = conversation
        self._tracer = tracer
        self._bucket = Bucket(BURST, RATE_S, lambda: house.now().timestamp())
        self._turns = Turns(house, conversation)
        self._closing = asyncio.Event()
        self._streams = 0

    def routes(self) -> list[Route]:
        """Page, posting, changes as they come, language, pictures."""
        return [
            Route("/", self.show),
            Route("/say", self.say, methods=["POST"]),
            Route("/language", self.choose_language, methods=["POST"]),
            Route("/changes", self.changes),
            Route("/pictures/{message_id:int}.png", self.picture),
        ]

    def close(self) -> None:
        """End every stream, so that the server can stop at once."""
        self._closing.set()
        self._conversation.close()

    async def show(self, request: Request) -> Response:
        """The whole page."""
        language = language_of(request)
        entries = self._conversation.entries()
        return page(
            request,
            "chat.jinja",
            entries=[self._html(entry, language) for entry in entries],
            left_s=min((entry.left_s for entry in entries if entry.left_s is not None), default=None),
            knowledge=knowledge_of(self._house.calendar(), self._house.today()),
            next_dates=self._house.next_dates(language),
            menu=self._house.menu(language),
            begun=_BEGUN,
            today=self._house.today(),
        )

    async def say(self, request: Request) -> Response:
        """Take a command, typed or pressed; its answers are posted to the conversation."""
        language = language_of(request)
        fields = await form(request)
        text = said_text(fields)
        if not self._bucket.take():
            raise HTTPException(429)
        pressed = _message_id(fields.get("message"))
        notice = await self._turns.take(text, language, pressed)
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"notice": notice})
        return RedirectResponse(link("/", language) + "#end", status_code=303)

    async def choose_language(self, request: Request) -> Response:
        """Change the language of the page and, by the command for it, that of the posts."""
        language = known((await form(request)).get("language", ""))
        if not self._bucket.take():
            raise HTTPException(429)
        await self._turns.take(f"/language {language}", language, None)
        response = RedirectResponse("/#end", status_code=303)
        response.set_cookie(COOKIE, language, max_age=365 * 86400, httponly=True, samesite="strict")
        return response

    async def picture(self, request: Request) -> Response:
        """The picture of a post."""
        post = self._conversation.post(request.path_params["message_id"])
        if post is None or post.picture is None:
            raise HTTPException(404)
        return Response(post.picture.png, media_type="image/png")

    async def changes(self, request: Request) -> Response:
        """Server-sent events: what the conversation holds, then each entry that comes, changes or goes."""
        if self._streams >= LISTENERS:
            raise HTTPException(503)
        self._streams += 1
        return _EventStream(self._stream(language_of(request)), self._ended)

    def _ended(self) -> None:
        self._streams -= 1

    async def _stream(self, language: str) -> AsyncIterator[str]:
        async with self._conversation.changes() as changed:
            seen = versions(self._conversation.entries())
            yield f"retry: {RETRY_MS}\n" + _event("standing", seen)
            while not self._closing.is_set():
                changed.clear()
                entries = self._conversation.entries()
                for difference in differences(seen, entries):
                    yield self._difference(difference, language)
                seen = versions(entries)
                yield await _next(changed)

    def _difference(self, difference: Entry | str, language: str) -> str:
        if isinstance(difference, str):
            return _event("gone", {"key": difference})
        return _event("entry", {"key": difference.key, "html": self._html(difference, language)})

    def _html(self, entry: Entry, language: str) -> Markup:
        quotation = self._tracer.quotation(self._house.calendar(), language)
        picture = f"/pictures/{entry.message_id}.png?v={entry.version}"
        view = None
        if entry.post is not None:
            view = post_view(entry.post, quotation, picture_address=picture, message_id=entry.message_id)
        time = clock_time(entry.at, language, self._house.zone)
        return rendered("entry.jinja", language, entry=entry, post=view, time=time)


class _EventStream(StreamingResponse):
    """Server-sent events; `ended` is called once, however the stream ends, begun or not."""

    def __init__(self, events: AsyncIterator[str], ended: Callable[[], None]) -> None:
        super().__init__(events, media_type="text/event-stream")
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._ended()


async def _next(changed: asyncio.Event) -> str:
    """Wait for a change; what to write down the stream then: nothing, or that it is still open."""
    try:
        async with asyncio.timeout(HEARTBEAT_S):
            await changed.wait()
    except TimeoutError:
        return ": still here\n\n"
    return ""


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _message_id(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 16:
        raise HTTPException(400)
    return int(text)
