"""The buttons under a post. A command fits both callback data and a start link (64 bytes).

Pure.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote as percent_encoded

from bot.agenda.occurrence import Slot
from bot.posts.citations import attribution
from bot.posts.links import has_listed_link
from bot.posts.people import Portrait
from bot.posts.post import Button
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.posts.wording import one_line
from bot.records.collection import Calendar
from bot.records.model import Quote

PEOPLE_BUTTONS = 20
# What a phone shows of a button that shares its row; a longer text is cut by the client, so it stands alone.
HALF_A_ROW_CHARS = 20
# Longer addresses are refused by some servers and clients.
SHARE_CHARS = 2000
_BUTTON_CHARS = 64

Rows = tuple[tuple[Button, ...], ...]


def why_one(record_id: str, voice: Voice) -> Button:
    """All quotes behind one record."""
    return Button(_why(voice), command=f"/why {record_id}")


def why_day(on: date, slot: Slot, voice: Voice) -> Button:
    """All quotes behind the post of a day in a slot."""
    return Button(_why(voice), command=f"/why {on.isoformat()} {slot.value}")


def why_days(first: date, last: date, slot: Slot, voice: Voice) -> Button:
    """All quotes behind the round-up of a week or month in a slot."""
    return Button(_why(voice), command=f"/why {first.isoformat()} {last.isoformat()} {slot.value}")


def others_who_died(voice: Voice) -> Button:
    """The list of those who died in custody."""
    return Button(translator("posts", voice.language).gettext("Others who died in custody"), command="/remember")


def remember(voice: Voice) -> Button:
    """The same list, where no death is spoken of yet."""
    return Button(translator("posts", voice.language).gettext("Those who died in custody"), command="/remember")


def upcoming(voice: Voice) -> Button:
    """What comes next."""
    return Button(translator("posts", voice.language).gettext("Next dates"), command="/upcoming")


def person(portrait: Portrait) -> Button:
    """Everything reported of a person."""
    return Button(portrait.name[:_BUTTON_CHARS], command=f"/prisoner {portrait.id}")


def people(portraits: Iterable[Portrait]) -> list[Button]:
    """A button a person, each once, up to a number that a reader can take in."""
    buttons = dict.fromkeys(person(portrait) for portrait in portraits)
    return list(buttons)[:PEOPLE_BUTTONS]


def share(title: str, quotes: Sequence[Quote], calendar: Calendar, voice: Voice) -> Button | None:
    """A link by which Telegram offers the title, a quote and its source to another chat.

    It holds no address but Telegram's own. None where even the title does not fit;
    what names a listed address is left out, since whoever gets it would get a link.
    """
    said_by = [attribution(q, calendar, voice.language) for q in quotes[:1]]
    t = translator("posts", voice.language)
    words = [t.gettext("“%(words)s”") % {"words": one_line(q.exact)} for q in quotes[:1] if q.is_shown]
    for lines in ((*words, *said_by), said_by):
        if has_listed_link("\n".join((title, *lines)), calendar):
            continue
        # Clients join `url` and `text` by a line break; `url` must not be empty.
        link = f"https://t.me/share/url?url={_encoded(title)}&text={_encoded(chr(10).join(lines))}"
        if len(link) <= SHARE_CHARS:
            return Button(t.gettext("Share"), link=link)
    return None


def rows(buttons: Iterable[Button | None]) -> Rows:
    """The buttons that there are, two a row where both can be read there."""
    found: list[tuple[Button, ...]] = []
    for button in filter(None, buttons):
        last = found[-1] if found else ()
        if len(last) == 1 and all(len(one.text) <= HALF_A_ROW_CHARS for one in (*last, button)):
            found[-1] = (*last, button)
        else:
            found.append((button,))
    return tuple(found)


def _why(voice: Voice) -> str:
    return translator("posts", voice.language).gettext("Why do we say this?")


def _encoded(text: str) -> str:
    return percent_encoded(text, safe="")
