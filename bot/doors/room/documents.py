"""The documents: a list of them, and each as it was received with every quoted passage marked."""

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


class Documents:
    """The routes of the documents."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """The list, and one document by the id of its source."""
        return [Route("/documents", self.listing), Route("/document/{source_id}", self.show)]

    async def listing(self, request: Request) -> Response:
        """Every document, newest first."""
        return page(request, "documents.jinja", documents=documents(self._house.calendar()))

    async def show(self, request: Request) -> Response:
        """One document's text, and beside it what rests on it."""
        calendar = self._house.calendar()
        source = calendar.sources.get(request.path_params["source_id"])
        if source is None or source.id not in calendar.documents:
            raise HTTPException(404)
        claims = claims_on(calendar, source.id, words(language_of(request)))
        text = marked(calendar.documents[source.id], (claim.span for claim in claims))
        return page(request, "document.jinja", source=source, text=text, claims=claims, anchor=anchor)
