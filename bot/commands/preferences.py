"""/language, /timezone and /time: in which language, zone and hour posts come."""

import re
from datetime import time
from zoneinfo import ZoneInfo

from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.fields import COMMON_HOURS, COMMON_ZONES, when_posted, zone_label
from bot.commands.labels import city_of, language_name
from bot.commands.places import LONGEST_NAME, find_places
from bot.commands.replies import Row, refusal, reply, rows_of, show
from bot.commands.request import Reply
from bot.commands.welcome import welcome
from bot.posts.post import Button
from bot.posts.translations import LANGUAGES

_HOUR = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))?", re.IGNORECASE)


async def language(asking: Asking) -> Reply:
    """Change the language; without an argument, a button for each."""
    if not asking.argument:
        return reply(asking.t.gettext("In which language should Vigil write here?"), *offers.language_rows())
    code = _language_meant(asking.argument)
    if code is None:
        return reply(
            asking.t.gettext("Vigil does not write in that language yet. It writes in these:"), *offers.language_rows()
        )
    settled = await asking.settled({"language": code})
    if asking.chat is None and asking.request.pressed:
        return welcome(settled, replaces=True)  # the first steps, in the language just chosen
    line = settled.t.gettext("Language: %(language)s.") % {"language": language_name(code, code)}
    return reply(show(settled, "setting", text=line, kept=settled.chat is not None), replaces=asking.request.pressed)


async def timezone(asking: Asking) -> Reply:
    """Change the time zone, by its name or by a place; without an argument, common ones as buttons."""
    if not asking.argument:
        return reply(show(asking, "ask_zone", zone=zone_label(asking.zone, asking)), *_zone_rows(asking))
    found = find_places(asking.argument)
    if not found:
        t = asking.t
        line = t.gettext("No such place is known here. Send a larger city nearby, or a zone such as Europe/Minsk.")
        if len(asking.argument) > LONGEST_NAME:
            line = t.gettext("That is too long for a place. Send a city, or a zone such as Europe/Minsk.")
        return reply(line, *_zone_rows(asking))
    if len(found) > 1:
        buttons = [offers.place(asking, place, f"/timezone {place.zone}") for place in found]
        return reply(asking.t.gettext("There are several places of that name. Which one?"), *rows_of(buttons, 1))
    settled = await asking.settled({"zone": found[0].zone})
    return reply(_hour_settled(settled), replaces=asking.request.pressed)


async def hour(asking: Asking) -> Reply:
    """Change the hour of the post; without an argument, common hours as buttons."""
    if not asking.argument:
        return reply(show(asking, "ask_hour", at=asking.at, zone=zone_label(asking.zone, asking)), *_hour_rows())
    at = _hour_meant(asking.argument)
    if at is None:
        return reply(asking.t.gettext("That is no hour. Send it as 09:00 or 18:30, or choose one:"), *_hour_rows())
    settled = await asking.settled({"at": at})
    return reply(_hour_settled(settled), replaces=asking.request.pressed)


def refused(asking: Asking) -> Reply:
    """What members of a group are told whom its settings do not belong to."""
    return refusal(asking, asking.t.gettext("Only administrators of this group can change its settings."))


def _language_meant(argument: str) -> str | None:
    """The language of a code, or of its name in English or in itself."""
    meant = argument.casefold().split("-")[0]
    for code in LANGUAGES:
        names = {code, language_name(code, code).casefold(), language_name(code, "en").casefold()}
        if meant in names:
            return code
    return None


def _hour_meant(argument: str) -> time | None:
    match = _HOUR.fullmatch(argument)
    if match is None or int(match[1]) > 23:
        return None
    return time(int(match[1]), int(match[2] or 0))


def _hour_settled(asking: Asking) -> str:
    now = asking.request.now.astimezone(ZoneInfo(asking.zone))
    line = asking.t.gettext("Hour of posts: %(when)s. The time there now: %(now)s.")
    return show(
        asking,
        "setting",
        text=line % {"when": when_posted(asking), "now": f"{now:%H:%M}"},
        kept=asking.chat is not None,
    )


def _hour_rows() -> list[Row]:
    return rows_of((Button(f"{at:02}:00", f"/time {at:02}:00") for at in COMMON_HOURS), 3)


def _zone_rows(asking: Asking) -> list[Row]:
    return rows_of((Button(city_of(zone, asking.language), f"/timezone {zone}") for zone in COMMON_ZONES), 3)
