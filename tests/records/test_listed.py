"""Which listings apply to an address on a day."""

from datetime import date

import pytest

from bot.records.dates import PartialDate
from bot.records.listed import applies, concerns, listings_of, listings_of_address
from bot.records.listing import Listing
from tests.calendars import a_quote, a_source
from tests.listings import ADDRESS, a_listing, an_organisation

DAY = date(2026, 1, 1)

LISTED = [
    ("freeword.org", "https://freeword.org"),
    ("freeword.org", "http://freeword.org/"),
    ("freeword.org", "https://www.freeword.org/2024/appeal?x=1#top"),
    ("freeword.org", "https://news.be.freeword.org/a"),
    ("freeword.org", "HTTPS://FreeWord.ORG/A"),
    ("freeword.org", "https://freeword.org:8443/a"),
    ("freeword.org", "https://freeword.org./a"),
    ("freeword.org", "https://reader:secret@freeword.org/a"),
    ("freeword.org", "https://freeword%2Eorg/a"),
    ("freeword.org", "https:\\\\freeword.org\\a"),
    ("freeword.org", "freeword.org/a?from=https://elsewhere.org"),
    ("www.freeword.org", "https://freeword.org/a"),
    ("FreeWord.org", "https://freeword.org/a"),
    ("свабода.бел", "https://xn--80aaccm3dr.xn--90ais/навіны"),
    ("xn--80aaccm3dr.xn--90ais", "https://Свабода.бел/"),
    ("t.me/freeword", "https://t.me/freeword"),
    ("t.me/freeword", "https://t.me/FreeWord/17"),
    ("t.me/freeword/", "https://t.me/freeword?before=17"),
    ("t.me/freeword", "https://t.me//freeword/./17"),
    ("t.me/freeword", "https://t.me/other/../freeword"),
    ("media.org/Мова", "https://media.org/%D0%BC%D0%BE%D0%B2%D0%B0/1"),
]
NOT_LISTED = [
    ("freeword.org", "https://notfreeword.org"),
    ("freeword.org", "https://free-freeword.org"),
    ("freeword.org", "https://freeword.org.elsewhere.net"),
    ("freeword.org", "https://freeword.com"),
    ("freeword.org", "https://org"),
    ("freeword.org", "https://elsewhere.net/freeword.org"),
    ("freeword.org", "https://elsewhere.net/?to=https://freeword.org"),
    ("freeword.org", "https://freeword.org@elsewhere.net"),
    ("freeword.org", "https://[broken"),
    ("freeword.org", ""),
    ("news.freeword.org", "https://freeword.org"),
    ("t.me/freeword", "https://t.me/freewords"),
    ("t.me/freeword", "https://t.me/"),
    ("t.me/freeword", "https://t.me/other/freeword"),
    ("t.me/freeword", "https://t.me/freeword/../other"),
    ("www.org", "https://elsewhere.org"),
]


@pytest.mark.parametrize(("listed", "url"), LISTED)
def test_a_listed_address_is_found_however_it_is_written(listed: str, url: str) -> None:
    assert concerns(a_listing(address=listed), url)


@pytest.mark.parametrize(("listed", "url"), NOT_LISTED)
def test_an_address_that_looks_alike_is_another(listed: str, url: str) -> None:
    assert not concerns(a_listing(address=listed), url)


@pytest.mark.parametrize(
    ("begun", "ended", "on", "is_listed"),
    [
        ("2022-05-12", None, date(2022, 5, 11), False),
        ("2022-05-12", None, date(2022, 5, 12), True),
        ("2022-05", None, date(2022, 4, 30), False),
        ("2022-05", None, date(2022, 5, 1), True),
        ("[2022-05..2022-07]", None, date(2022, 5, 1), True),
        ("2022-05-12", "2024-03", date(2024, 3, 31), True),
        ("2022-05-12", "2024-03", date(2024, 4, 1), False),
        (None, None, date(1990, 1, 1), True),
        (None, "2024-03", date(2024, 4, 1), False),
    ],
)
def test_in_doubt_a_day_is_within(begun: str | None, ended: str | None, on: date, is_listed: bool) -> None:
    end = {"date": ended, "quotes": [a_quote()]} if ended else None
    listing = a_listing(date=PartialDate.parse(begun) if begun else None, ended=end)

    assert applies(listing, on) is is_listed
    assert bool(listings_of_address(ADDRESS, (listing,), on=on)) is is_listed


def test_several_listings_of_one_address_are_all_told() -> None:
    both = (a_listing(), a_listing(id="free-word-ru", jurisdiction="RU", address="www.freeword.org"))

    assert listings_of_address(ADDRESS, both, on=DAY) == both


@pytest.mark.parametrize(
    ("address", "listing", "is_listed"),
    [
        ("https://somewhere.net/a", an_organisation("A  human rights BODY"), True),
        ("https://somewhere.net/a", an_organisation("A Human Rights"), False),
        ("https://freeword.org/a", a_listing(), True),
        (None, an_organisation(), False),
    ],
)
def test_a_source_is_listed_by_its_address_or_its_publisher(
    address: str | None, listing: Listing, is_listed: bool
) -> None:
    source = a_source().model_copy(update={"address": address})

    assert bool(listings_of(source, (listing,), on=DAY)) is is_listed
