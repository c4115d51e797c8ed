"""Taking the link out of words that name a listed address.

Pure. Telegram makes a link of every host it finds in a text, and of none within `<code>` (Bot API,
"Formatting options": code holds no other entity). Media that are called by their host are quoted so all the time.
"""

from markupsafe import Markup

from bot.records.collection import Calendar
from bot.records.listed import links_in


def unlinked(text: str, calendar: Calendar) -> Markup:
    """The text as HTML; in it whatever names a listed address is code, on whatever day it is listed."""
    parts, done = [], 0
    for start, end, _ in links_in(text, calendar.listings.values()):
        parts += [Markup.escape(text[done:start]), Markup("<code>{}</code>").format(text[start:end])]
        done = end
    return Markup("").join([*parts, Markup.escape(text[done:])])


def has_listed_link(text: str, calendar: Calendar) -> bool:
    """Whether a messenger would make a link to a listed address of some words of a plain text."""
    return next(links_in(text, calendar.listings.values()), None) is not None
