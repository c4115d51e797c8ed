"""Which countries a text names, by their CLDR names, adjectives and peoples. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

# Adjectives and names that do not begin as the CLDR name does. English; the case of letters matters there.
_ALSO: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "US": ("US", "U.S.", "USA", "U.S.A.", "American", "Americans"),
        "GB": ("UK", "U.K.", "Great Britain", "Britain", "British"),
        "UA": ("Ukrainian", "Ukrainians"),
        "PL": ("Polish", "Pole", "Poles"),
        "DE": ("German", "Germans"),
        "FR": ("French",),
        "ES": ("Spanish",),
        "IT": ("Italian", "Italians"),
        "CZ": ("Czech Republic", "Czech", "Czechs"),
        "SK": ("Slovak", "Slovaks"),
        "NL": ("Dutch", "the Netherlands"),
        "DK": ("Danish",),
        "SE": ("Swedish", "Swedes"),
        "FI": ("Finnish", "Finns"),
        "NO": ("Norwegian", "Norwegians"),
        "CH": ("Swiss",),
        "GR": ("Greek", "Greeks"),
        "TR": ("Turkey", "Turkish"),
        "CN": ("Chinese",),
        "KZ": ("Kazakh", "Kazakhs"),
        "KG": ("Kyrgyz",),
        "UZ": ("Uzbek", "Uzbeks"),
        "TJ": ("Tajik", "Tajiks"),
        "TM": ("Turkmen", "Turkmens"),
        "MM": ("Myanmar", "Burma", "Burmese"),
        "HK": ("Hong Kong",),
        "AF": ("Afghan", "Afghans"),
        "PH": ("Filipino", "Filipinos"),
        "BY": ("Byelorussia", "Belorussia"),
    },
    "be": {"RU": ("Расейск",), "US": ("ЗША", "амерыканск"), "GB": ("Вялікабрытан", "брытанск"), "PL": ("польск",)},
    "ru": {"BY": ("Белорус",), "US": ("США", "американск"), "GB": ("Великобритан", "британск"), "PL": ("польск",)},
}
# "Belarusian", "Russians", "Azerbaijani", "Iran’s", "Congolese"
_ENDINGS_EN = r"(?:n|ns|ans?|ians?|is?|ese|s)?(?:['’]s?)?(?!\w)"
# CLDR lists these among territories; nobody is a prisoner of them.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@dataclass(frozen=True, slots=True)
class NamedCountry:
    """A country's code, and where the text names it."""

    code: str
    start: int
    end: int


def country_name(code: str) -> str | None:
    """The country's English name; None for a code that no country has."""
    name: str | None = Locale("en").territories.get(code)
    return name if code not in _NO_COUNTRIES and re.fullmatch(r"[A-Z]{2}", code) else None


@lru_cache(maxsize=4096)
def countries_in(text: str, language: str) -> tuple[NamedCountry, ...]:
    """Every country the text names, in reading order; "Nigeria" does not name Niger."""
    pattern, codes = _pattern(language)
    return tuple(NamedCountry(codes[m["name"].casefold()], *m.span()) for m in pattern.finditer(text))


@lru_cache(maxsize=16)
def _pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    codes: dict[str, str] = {}
    for code, name in Locale(language).territories.items():
        if country_name(code):
            codes[_stem(name, language).casefold()] = code
    for code, names in _ALSO.get(language, {}).items():
        codes |= {name.casefold(): code for name in names}
    spelled = _spelled(language)
    longest_first = "|".join(re.escape(name) for name in sorted(spelled, key=len, reverse=True))
    if language == "en":
        return re.compile(rf"(?<!\w)(?P<name>{longest_first}){_ENDINGS_EN}"), codes
    return re.compile(rf"(?<!\w)(?P<name>{longest_first})\w*", re.IGNORECASE), codes


def _spelled(language: str) -> set[str]:
    names = {_stem(n, language) for c, n in Locale(language).territories.items() if country_name(c)}
    return names | {name for also in _ALSO.get(language, {}).values() for name in also}


def _stem(name: str, language: str) -> str:
    """Without the last letter where names are inflected: "Беларус" finds every case of "Беларусь"."""
    inflected = language != "en" and len(name) > 4 and name[-1].lower() in "аеёіоуыьэюяйиaeiouyąęėįųū"
    return name[:-1] if inflected else name
