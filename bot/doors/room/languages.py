"""In which language a page speaks.

The address says it first, then what was chosen before, then what the browser prefers.
"""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.posts.translations import LANGUAGES

COOKIE = "language"
# Each in its own tongue: that is how a reader finds hers.
NAMES = {
    "en": "English",
    "be": "Беларуская",
    "ru": "Русский",
    "uk": "Українська",
    "pl": "Polski",
    "lt": "Lietuvių",
    "de": "Deutsch",
}

_PREFERENCE = re.compile(r"\s*([a-z]{2,3})(?:-[a-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*", re.IGNORECASE)


def language_of(request: Request) -> str:
    """The page's language; an unknown one in the address is a bad request."""
    asked = request.query_params.get("language")
    if asked is not None:
        return known(asked)
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def known(language: str) -> str:
    """The language if the page speaks it; else a bad request."""
    if language not in LANGUAGES:
        raise HTTPException(400)
    return language


def preferred(accept: str) -> str:
    """The first of ours by the weights of an Accept-Language header; English where none is."""
    wishes = [match for part in accept[:1000].split(",") if (match := _PREFERENCE.fullmatch(part))]
    ranked = sorted(wishes, key=lambda match: -float(match[2] or 1))
    ours = (match[1].lower() for match in ranked if match[1].lower() in LANGUAGES and float(match[2] or 1) > 0)
    return next(ours, LANGUAGES[0])
