"""Which listings apply to an address or a source on a day.

Pure. In doubt an address counts as listed: one kept back costs a tap, one shown may cost somebody's freedom.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from urllib.parse import unquote, urlsplit

from bot.records.listing import Listing
from bot.records.model import Labels, Source

# What messengers make a link of by themselves: a host, with or without scheme and path, and without the
# stop of the sentence it stands in.
_LINK = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:/[^\s<>\"“”«»)]*)?(?<![.,;:])", re.IGNORECASE)


def listings_of_address(url: str, listings: Iterable[Listing], *, on: date) -> tuple[Listing, ...]:
    """The listings that apply to this address on a day, in the order given."""
    return tuple(listing for listing in listings if applies(listing, on) and concerns(listing, url))


def listings_of(source: Source, listings: Iterable[Listing], *, on: date) -> tuple[Listing, ...]:
    """The listings that apply to a source's address on a day, or to its publisher; none where it has no address."""
    if source.address is None:
        return ()
    known = tuple(listings)
    of_address = listings_of_address(source.address, known, on=on)
    return tuple(
        listing
        for listing in known
        if listing in of_address or (applies(listing, on) and _is_named(listing.organisation, source.publisher))
    )


def concerns(listing: Listing, url: str) -> bool:
    """Whether an address is the listed one or below it, on whatever day.

    Letter case, ports, queries and a trailing dot of the host do not matter. Hosts are compared label by
    label, so that subdomains count and look-alikes do not; paths segment by segment.
    """
    if listing.address is None:
        return False
    host, *path = canonical(listing.address).split("/")
    wanted = host.split(".")
    return _host(url)[-len(wanted) :] == wanted and _path(url)[: len(path)] == path


def links_in(text: str, listings: Collection[Listing]) -> Iterator[tuple[int, int, Listing]]:
    """Where a text has a listed address of which messengers would make a link, and a listing of it, of any day."""
    for match in _LINK.finditer(text) if listings else ():
        listing = next((one for one in listings if concerns(one, match[0])), None)
        if listing is not None:
            yield match.start(), match.end(), listing


def applies(listing: Listing, on: date) -> bool:
    """Whether something is listed on a day: from the first that its date may mean to the last that its end may.

    Without a date it is listed on every day before its end.
    """
    begun = listing.date is None or listing.date.first <= on
    return begun and (listing.ended is None or on <= listing.ended.date.last)


def canonical(address: str) -> str:
    """One way of writing an address, with or without its scheme: `www.` gone, IDNA, small letters."""
    labels = _host(address)
    is_www = labels[0] == "www" and len(labels) > 2
    return "/".join([".".join(labels[1:] if is_www else labels), *_path(address)])


def _host(url: str) -> list[str]:
    """The labels of the host in ASCII (IDNA); a single empty one where the address cannot be read."""
    try:
        host = urlsplit(_absolute(url)).hostname or ""
    except ValueError:
        return [""]
    host = unquote(host).rstrip(".\u3002\uff0e\uff61")
    # What is no name to IDNA, such as an empty label or one of 64 letters, is compared as it is written.
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    return host.casefold().split(".")


def _path(url: str) -> list[str]:
    """The segments of the path as a browser would ask for them, in small letters: `t.me/Name` is `t.me/name`."""
    try:
        path = unquote(urlsplit(_absolute(url)).path)
    except ValueError:
        return []
    segments: list[str] = []
    for segment in path.casefold().split("/"):
        if segment == "..":
            segments = segments[:-1]
        elif segment not in ("", "."):
            segments.append(segment)
    return segments


def _absolute(url: str) -> str:
    """With a scheme, and with the slashes that browsers make of backslashes."""
    url = url.strip().replace("\\", "/")
    return url if "://" in url.partition("?")[0] else f"//{url.lstrip('/')}"


def _is_named(organisation: Labels | None, publisher: Labels) -> bool:
    """Whether both bear one name in some language."""
    if organisation is None:
        return False
    pairs = ((getattr(organisation, name), getattr(publisher, name)) for name in Labels.model_fields)
    return any(one and other and _folded(one) == _folded(other) for one, other in pairs)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
