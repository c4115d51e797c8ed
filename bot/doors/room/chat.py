"""The conversation's page: reading it, saying something, and hearing of what is new."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence

import structlog
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.commands.request import Reply
from bot.commands.request import Request as Asked
from bot.doors.room.conversation import Conversation, Entry, Said, differences, versions
from bot.doors.room.forms import form, said_text
from bot.doors.room.house import House
from bot.doors.room.knowledge import knowledge_of
from bot.doors.room.languages import COOKIE, known, language_of
from bot.doors.room.pages import clock_time, link, page, rendered, words
from bot.doors.room.rate import Bucket
from bot.doors.room.tracing import Tracer
from bot.doors.room.views import post_view
from bot.errors import VigilError
from bot.posts.post import Post

BURST, RATE_S = 20, 2.0
LISTENERS = 32
# How often an idle stream says that it is still there; a page that went away is noticed then.
HEARTBEAT_S = 15.0
# Commands that mean nothing without words after them: their chip only begins the line.
_BEGUN = frozenset({"prisoner"})

_log = structlog.get_logger()


class Chat:
    """The routes of the conversation at one address."""

    def __init__(self, house: House, conversation: Conversation, tracer: Tracer) -> None:
        self._house = house
        self._conversation = conversation
        self._tracer = tracer
        self._bucket = Bucket(BURST, RATE_S)
        self._turn = asyncio.Lock()
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
        self._conversation.wake()

    async def show(self, request: Request) -> Response:
        """The whole page."""
        language = language_of(request)
        return page(
            request,
            "chat.jinja",
            entries=[self._html(entry, language) for entry in self._conversation.entries()],
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
        notice = await self._ask(text, language, pressed)
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"notice": notice})
        return RedirectResponse(link("/", language) + "#end", status_code=303)

    async def choose_language(self, request: Request) -> Response:
        """Change the language of the page and, by the command for it, that of the posts."""
        language = known((await form(request)).get("language", ""))
        if not self._bucket.take():
            raise HTTPException(429)
        await self._ask(f"/language {language}", language, None)
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
        return StreamingResponse(self._stream(language_of(request)), media_type="text/event-stream")

    async def _ask(self, text: str, language: str, pressed: int | None) -> str | None:
        async with self._turn:
            now = self._house.now()
            label = self._label(text, pressed)
            said = self._conversation.say(label, text, now=now) if pressed is None else None
            asked = Asked(text, self._conversation.address, now, language_hint=language, pressed=pressed is not None)
            reply = await self._answer(asked, language)
            if pressed is not None and not reply.replaces:
                said = self._conversation.say(label, text, now=now)
            return await self._post(said, reply, pressed if reply.replaces else None)

    async def _post(self, said: Said | None, reply: Reply, replaces: int | None) -> str | None:
        """Post the answer; a notice that stands alone becomes a post, so that nobody misses it."""
        posts: Sequence[Post] = reply.posts
        if not posts and reply.notice:
            posts = (Post(str(Markup.escape(reply.notice))),)
        await self._conversation.answer(said, posts, replaces=replaces)
        return reply.notice

    async def _answer(self, asked: Asked, language: str) -> Reply:
        try:
            return await self._house.answer(asked)
        except VigilError as exc:
            return Reply((Post(str(Markup.escape(str(exc)))),))
        except Exception as exc:  # the page goes on, whatever a command does
            _log.error("a command failed in the room", error=type(exc).__name__)
            sorry = words(language).gettext("Something went wrong with this command. Nothing was changed.")
            return Reply((Post(sorry),))

    def _label(self, text: str, pressed: int | None) -> str:
        """The label of the button that was pressed, as the post has it; else what was typed."""
        post = self._conversation.post(pressed) if pressed is not None else None
        buttons = (button for row in post.buttons for button in row) if post is not None else ()
        return next((button.text for button in buttons if button.command == text), text)

    async def _stream(self, language: str) -> AsyncIterator[str]:
        self._streams += 1
        try:
            async with self._conversation.changes() as changed:
                entries = self._conversation.entries()
                seen = versions(entries)
                yield _event("standing", seen)
                while not self._closing.is_set():
                    changed.clear()
                    entries = self._conversation.entries()
                    for difference in differences(seen, entries):
                        yield self._difference(difference, language)
                    seen = versions(entries)
                    yield await _next(changed)
        finally:
            self._streams -= 1

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
