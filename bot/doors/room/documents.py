"""The documents: a list of them, and each as it was received with every quoted passage marked."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.doors.room.claims import claims_on
from bot.doors.room.house import House
from bot.doors.room.knowledge import documents
from bot.doors.room.languages import language_of
from bot.doors.room.pages import page, words
from bot.doors.room.passages import anchor, marked
from bot.posts.listings import Notice, notice
from bot.posts.voice import Voice
from bot.records.model import Source


class Documents:
    """The routes of the documents."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """The list, and one document by the id of its source."""
        return [Route("/documents", self.listing), Route("/document/{source_id}", self.show)]

    async def listing(self, request: Request) -> Response:
        """Every document, newest first."""
        found = documents(self._house.calendar())
        listed = {source.id: self._notice(source, request) for source in found}
        return page(request, "documents.jinja", documents=found, listed=listed)

    async def show(self, request: Request) -> Response:
        """One document's text, and beside it what rests on it; `?address=shown` asks for a listed address."""
        calendar = self._house.calendar()
        source = calendar.sources.get(request.path_params["source_id"])
        if source is None or source.id not in calendar.documents:
            raise HTTPException(404)
        claims = claims_on(calendar, source.id, words(language_of(request)))
        text = marked(calendar.documents[source.id], (claim.span for claim in claims))
        listed, is_asked_for = self._notice(source, request), request.query_params.get("address") == "shown"
        shown: dict[str, Any] = {"source": source, "text": text, "claims": claims, "anchor": anchor}
        return page(request, "document.jinja", listed=listed, is_asked_for=is_asked_for, **shown)

    def _notice(self, source: Source, request: Request) -> Notice | None:
        return notice(source, self._house.calendar(), Voice(language_of(request), self._house.today()))
