"""Listings: which addresses and organisations a state calls “extremist” or “undesirable”, and since when.

Pure. Reading what is so listed can bring people into prison; which listings apply is told in `listed`.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.records.dates import PartialDate
from bot.records.model import Dated, Labels, Quote, Quotes
from bot.records.vocabulary import Country, Many, Slug

ListingKind = Literal["extremist", "undesirable"]

_ADDRESS = r"^[^\s/:?#@.]+(\.[^\s/:?#@.]+)+(/[^\s?#]*)?$"


def _is_host_and_path(address: str) -> str:
    if not re.fullmatch(_ADDRESS, address):
        raise ValueError("a host, or a host and a path, without https://, port or query: media.org, media.org/belarus")
    return address


ListedAddress = Annotated[
    str, AfterValidator(_is_host_and_path), Field(max_length=300, json_schema_extra={"pattern": _ADDRESS})
]


class ListingEnd(Dated):
    """That something is listed no more, as of a date that a quote gives."""

    date: PartialDate
    quotes: Quotes


class Listing(Dated):
    """An address, an organisation or both, as a state has listed them; undated where no document tells since when.

    An address counts with its subdomains and with everything below its path. `decision` says who decided
    what, in the words of the quotes. `country_quotes` serve only to show the jurisdiction.
    """

    id: Slug
    jurisdiction: Country
    kind: ListingKind
    address: ListedAddress | None = None
    organisation: Labels | None = None
    decision: Labels
    ended: ListingEnd | None = None
    quotes: Quotes
    country_quotes: Many[Quote] = ()

    @model_validator(mode="after")
    def _lists_something(self) -> Self:
        if self.address is None and self.organisation is None:
            raise ValueError("a listing needs an address, an organisation, or both")
        return self


Listings = Mapping[str, Listing]
