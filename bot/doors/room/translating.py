"""The translator's pages: messages, posts and replies in two languages side by side.

The texts are made as any chat gets them, from the real templates and the calendar of now; which
messages went into each is noted while it is made.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request as Asked
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.agenda.occurrence import Slot
from bot.chats.address import ROOM, Address
from bot.commands.request import Request
from bot.doors.room.days import day_of, slot_names
from bot.doors.room.house import House
from bot.doors.room.languages import known, language_of
from bot.doors.room.pages import link, page, words
from bot.doors.room.tracing import Tracer
from bot.doors.room.views import PostView, post_view
from bot.posts.messages import Message, forms, messages
from bot.posts.post import Post
from bot.posts.translations import LANGUAGES, Key, asked_messages

# Nobody's chat: what is answered there is kept nowhere.
_NOBODY = Address(ROOM, "translating")
# Given alone, these act instead of answering with a question.
_ACTING = ("subscribe", "unsubscribe")
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message with what stands for it in both languages; an empty side is missing."""

    message: Message
    sides: tuple[tuple[str, ...], ...]

    @property
    def is_missing(self) -> bool:
        """Whether one of the languages has nothing for it."""
        return not all(self.sides)


@dataclass(frozen=True, slots=True)
class TextView:
    """One text, by the command or the slot it belongs to, in both languages, and its messages."""

    title: str
    sides: tuple[tuple[PostView, ...], ...]
    messages: tuple[MessageView, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The two languages, and whether only what is missing is shown."""

    pair: tuple[str, str]
    missing: bool

    @property
    def parameters(self) -> dict[str, str]:
        """As they stand in an address."""
        return {"first": self.pair[0], "second": self.pair[1]} | ({"missing": "1"} if self.missing else {})

    def keeps(self, views: Iterable[MessageView]) -> bool:
        """Whether a text with these messages is shown."""
        return not self.missing or any(view.is_missing for view in views)


class Translating:
    """The routes of the translator's pages."""

    def __init__(self, house: House, tracer: Tracer) -> None:
        self._house = house
        self._tracer = tracer

    def routes(self) -> list[Route]:
        """Messages, replies, and the posts of a day."""
        return [
            Route("/translating", self.listing),
            Route("/translating/replies", self.replies),
            Route("/translating/posts", self.coming),
            Route("/translating/posts/{day}", self.posts),
        ]

    async def listing(self, request: Asked) -> Response:
        """Every message of the catalogues."""
        chosen = _chosen(request)
        views = [_message_view(message, chosen.pair) for message in messages().values()]
        shown = [view for view in views if chosen.keeps([view])]
        return self._page(request, "messages", chosen, messages=shown, missing=sum(view.is_missing for view in views))

    async def replies(self, request: Asked) -> Response:
        """What every command answers to somebody who is new."""
        chosen, texts = _chosen(request), []
        for command in self._commands():
            with asked_messages() as used:
                sides = [await self._answers(command, language) for language in chosen.pair]
            texts.append(self._text(command, sides, used, chosen))
        return self._page(request, "texts", chosen, section="replies", texts=_kept(texts, chosen))

    async def coming(self, request: Asked) -> Response:
        """To the posts of the next day that has any."""
        today = self._house.today()
        day = min(self._days(), default=today)
        return RedirectResponse(_address(f"/translating/posts/{day}", request, _chosen(request)), status_code=303)

    async def posts(self, request: Asked) -> Response:
        """The posts of a day."""
        chosen, day = _chosen(request), day_of(request.path_params["day"])
        names, sides = slot_names(words(language_of(request))), list[dict[Slot, list[Post]]]()
        with asked_messages() as used:
            for language in chosen.pair:
                sides.append({slot: [post] for slot, post in self._house.posts_on(day, language)})
        slots = dict.fromkeys(slot for side in sides for slot in side)
        texts = [self._text(names[slot], [side.get(slot, []) for side in sides], used, chosen) for slot in slots]
        context = {"texts": _kept(texts, chosen), "day": day, "days": sorted(self._days())}
        return self._page(request, "texts", chosen, section="posts", **context)

    def _page(self, request: Asked, template: str, chosen: Chosen, **context: object) -> Response:
        base: dict[str, Any] = {"section": "messages", "day": None, "days": (), "chosen": chosen}
        return page(request, f"translating_{template}.jinja", **(base | context))

    def _days(self) -> Collection[date]:
        today = self._house.today()
        return self._house.dates(today, today + _YEAR)

    def _commands(self) -> list[str]:
        """Every command of the menu that changes nothing, then those that need a name, with one of the calendar."""
        calendar = self._house.calendar()
        plain = [f"/{command}" for command, _ in self._house.menu(LANGUAGES[0]) if command not in _ACTING]
        people = [f"/prisoner {person}" for person in sorted(calendar.people)[:2]]
        return ["/start", *plain, *people, *(f"/why {event}" for event in sorted(calendar.events)[:1])]

    async def _answers(self, command: str, language: str) -> Sequence[Post]:
        reply = await self._house.answer(Request(command, _NOBODY, self._house.now(), language_hint=language))
        return reply.posts

    def _text(self, title: str, sides: Sequence[Sequence[Post]], used: Iterable[Key], chosen: Chosen) -> TextView:
        shown = []
        for language, posts in zip(chosen.pair, sides, strict=True):
            quotation = self._tracer.quotation(self._house.calendar(), language)
            # Alternative texts and pictures stand on the day's own page.
            shown.append(tuple(post_view(_bare(post), quotation, picture_address="") for post in posts))
        known_messages = messages()
        views = tuple(_message_view(known_messages[key], chosen.pair) for key in used if key in known_messages)
        return TextView(title, tuple(shown), views)


def _bare(post: Post) -> Post:
    return Post(post.html, post.buttons)


def _kept(texts: Iterable[TextView], chosen: Chosen) -> list[TextView]:
    return [text for text in texts if chosen.keeps(text.messages)]


def _message_view(message: Message, pair: Sequence[str]) -> MessageView:
    return MessageView(message, tuple(forms(message.key, language) for language in pair))


def _chosen(request: Asked) -> Chosen:
    """The languages of the address; without them English and the page's own, or English and Belarusian."""
    asked, own = request.query_params, language_of(request)
    first = known(asked.get("first", LANGUAGES[0]))
    second = known(asked.get("second", own if own != LANGUAGES[0] else LANGUAGES[1]))
    return Chosen((first, second), asked.get("missing") == "1")


def _address(path: str, request: Asked, chosen: Chosen) -> str:
    return link(path, language_of(request), **chosen.parameters)
