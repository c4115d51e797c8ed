"""What stands in the place of an address that a state lists as “extremist” or “undesirable”.

Pure. The source is named; neither its address nor a link to it is shown to who has not asked for it.
"""

from dataclasses import dataclass

from bot.posts.citations import sources_line
from bot.posts.dates import partial_date
from bot.posts.figures import country_name
from bot.posts.translations import translator
from bot.posts.voice import Voice
from bot.posts.wording import label, sentence
from bot.records.collection import Calendar
from bot.records.listed import concerns, listings_of
from bot.records.listing import Listing
from bot.records.model import Source


@dataclass(frozen=True, slots=True)
class Notice:
    """Why an address is kept back, by whom and since when it is listed; and that asking for it shows it."""

    why: str
    how: str


def notice(source: Source, calendar: Calendar, voice: Voice) -> Notice | None:
    """What to say in the place of a source's address; None where no listing applies on the voice's day."""
    listings = listings_of(source, calendar.listings.values(), on=voice.on)
    if not listings:
        return None
    how = translator("posts", voice.language).gettext("The address is shown when you ask for it.")
    return Notice(" ".join(_reason(listing, source, calendar, voice.language) for listing in listings), how)


def _reason(listing: Listing, source: Source, calendar: Calendar, language: str) -> str:
    """`The address is listed as “extremist” (Belarus, 12 May 2022: court in Minsk). Source: publisher, date.`"""
    t = translator("posts", language)
    is_address = concerns(listing, source.address or "")
    said = {
        ("extremist", True): t.gettext("The address is listed as “extremist” (%(listing)s)."),
        ("undesirable", True): t.gettext("The address is listed as “undesirable” (%(listing)s)."),
        ("extremist", False): t.gettext("The publisher is listed as “extremist” (%(listing)s)."),
        ("undesirable", False): t.gettext("The publisher is listed as “undesirable” (%(listing)s)."),
    }[listing.kind, is_address]
    where = country_name(listing.jurisdiction, language)
    if listing.date is not None:
        where = f"{where}, {partial_date(listing.date, language)}"
    quotes = [quote for quote in listing.quotes if quote.is_shown]
    if not quotes:
        return said % {"listing": where}
    cited = t.gettext("Source: %(source)s") % {"source": sources_line(quotes, calendar, language)}
    return f"{said % {'listing': f'{where}: {label(listing.decision, language)}'}} {sentence(cited)}"
