"""The room as an ASGI application: its routes behind the guard, its errors as pages."""

from collections.abc import Mapping
from pathlib import Path

from font_roboto import font_directory
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.doors.defects import quiet
from bot.doors.guard import Guard
from bot.doors.health import Health, health_routes
from bot.doors.room.chat import Chat
from bot.doors.room.conversation import Conversation
from bot.doors.room.days import Days
from bot.doors.room.documents import Documents
from bot.doors.room.house import House
from bot.doors.room.languages import COOKIE, preferred
from bot.doors.room.pages import STATIC, page, words
from bot.doors.room.tracing import Tracer
from bot.doors.room.translating import Translating
from bot.posts.translations import LANGUAGES, Translator


class Room:
    """The whole room: an ASGI application, and `close` to end its open streams."""

    def __init__(self, house: House, conversation: Conversation, health: Health) -> None:
        tracer = Tracer()
        self._chat = Chat(house, conversation, tracer)
        routes = [
            *self._chat.routes(),
            *Days(house, tracer).routes(),
            *Documents(house).routes(),
            *Translating(house, tracer).routes(),
            *health_routes(health),
            Mount("/static/fonts", _Fonts(directory=Path(font_directory))),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
        pages = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _failed})
        self._app: ASGIApp = Guard(quiet(pages, "a page of the room failed"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def close(self) -> None:
        """End the open streams, so that the server can stop at once."""
        self._chat.close()


class _Fonts(StaticFiles):
    """Fonts may be kept by the browser, lest every page flickers; they tell nothing of what was read."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "private, max-age=86400"
        return response


async def _refused(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)  # noqa: S101 (Starlette's type is wider than its promise)
    return _error(request, exc.status_code, exc.headers)


async def _failed(request: Request, _: Exception) -> Response:
    return _error(request, 500, None)


def _error(request: Request, status: int, headers: Mapping[str, str] | None) -> Response:
    language = _language(request)
    message = _message(status, words(language))
    response: Response
    if "application/json" in request.headers.get("accept", ""):
        response = JSONResponse({"notice": message}, status_code=status)
    else:
        response = page(request, "error.jinja", status=status, language=language, message=message)
    response.headers.update(headers or {})
    return response


def _language(request: Request) -> str:
    """The language of an error page: one that cannot itself fail."""
    asked = (request.query_params.get("language"), request.cookies.get(COOKIE))
    chosen = next((language for language in asked if language in LANGUAGES), None)
    return chosen or preferred(request.headers.get("accept-language", ""))


def _message(status: int, t: Translator) -> str:
    return {
        400: t.gettext("This cannot be understood: the address or the form is not one of the room's."),
        404: t.gettext("There is no such page in the room."),
        405: t.gettext("This address cannot be used in this way."),
        413: t.gettext("This is too long: a command has at most 4096 characters."),
        415: t.gettext("This is not a form of the room."),
        429: t.gettext("Too many commands at once. Wait a moment and try again."),
        503: t.gettext("Too many pages of the room are open at once. Close some and try again."),
    }.get(status, t.gettext("Something went wrong while this page was made. Nothing was changed."))
