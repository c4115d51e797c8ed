"""The records a volunteer edits, as frozen types: what `calendar/` may say, and in which words.

Pure. Whether a claim agrees with its document is asked in `checking`, not here.
"""

from collections.abc import Mapping
from datetime import date as gregorian_date
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from bot.records.dates import PartialDate
from bot.records.vocabulary import (
    Country,
    EventKind,
    Language,
    Many,
    Measure,
    Qualifier,
    Sha256,
    Slug,
    Tag,
    Text,
    as_tuple,
)


class Record(BaseModel):
    """What every record shares: frozen, nothing beyond the fields named, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Labels(Record):
    """One short text in each language; English, Belarusian and Russian always."""

    en: Text
    be: Text
    ru: Text
    uk: Text | None = None
    pl: Text | None = None
    lt: Text | None = None
    de: Text | None = None

    def in_language(self, language: str) -> str:
        """The text in that language, or in English where it has not been written yet."""
        text: str | None = getattr(self, language, None)
        return text if text is not None else self.en


class Translation(Record):
    """A quote in another language; shown only once somebody who knows both has reviewed it."""

    text: Text
    reviewed: bool = False


class Quote(Record):
    """An exact passage of a document and whose words it is (W3C TextQuoteSelector).

    `speaker` is null where the words are the publisher's own; `through` says who passes them
    on where they are second hand. `prefix` and `suffix` tell apart a passage that stands twice.
    """

    source: Slug
    exact: Text
    prefix: Text | None = None
    suffix: Text | None = None
    speaker: Text | None = None
    through: Text | None = None
    translations: Mapping[Language, Translation] = Field(default_factory=dict)

    @property
    def is_shown(self) -> bool:
        """Whether its words may be shown: false once a hold has blanked them (see `holding`)."""
        return bool(self.exact)


Quotes = Annotated[tuple[Quote, ...], BeforeValidator(as_tuple), Field(min_length=1)]


class Passage(Record):
    """A passage of the one document that is being described."""

    exact: Text


def _is_splittable(address: str) -> str:
    try:
        urlsplit(address)
    except ValueError as exc:
        raise ValueError("an address whose host can be read") from exc
    return address


class Source(Record):
    """The entry that describes a document in `seeds/`."""

    id: Slug
    document: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*\.txt$")]
    sha256: Sha256
    title: Text
    publisher: Labels
    date: PartialDate | None
    dated: Passage | None = None
    language: Language
    address: Annotated[str, StringConstraints(pattern=r"^https?://\S+$"), AfterValidator(_is_splittable)] | None
    republish: Literal["whole", "quotes"]

    @model_validator(mode="after")
    def _date_is_shown(self) -> Self:
        if (self.date is None) != (self.dated is None):
            raise ValueError("date and dated belong together: give the passage that dates the document, or neither")
        return self


class Resolution(Record):
    """How a date was completed that the quote gives only in part ("today", "earlier this month")."""

    by: Literal["document-date", "count"]
    reason: Text


class Dated(Record):
    """A date at the document's precision, the words that gave it, and how they were resolved."""

    date: PartialDate | None = None
    as_said: Text | None = None
    resolved: Resolution | None = None

    @model_validator(mode="after")
    def _resolution_has_a_date(self) -> Self:
        if self.resolved is not None and self.date is None:
            raise ValueError("resolved says how a date came about, but date is null")
        return self


class Withdrawal(Record):
    """A report that its source took back; kept so that nobody enters it anew."""

    on: PartialDate
    reason: Text


class CustodyReport(Dated):
    """What a document says of one person's custody; `date` is the day it speaks of ("as of")."""

    status: Literal["imprisoned", "disappeared", "released"]
    detail: Labels | None = None
    withdrawn: Withdrawal | None = None
    quotes: Quotes


class Spelling(Record):
    """One way a name is written. `source` is null for spellings no document here uses."""

    name: Text
    source: Slug | None


class Quoted(Record):
    """Labels that a quote supports."""

    labels: Labels
    quotes: Quotes


class QuotedCountry(Record):
    """The country a person's case belongs to, with the quote that says so."""

    code: Country
    quotes: Quotes


class QuotedAge(Record):
    """An age in years, as a document states it at a death or on a date."""

    years: Annotated[int, Field(ge=0, le=130)]
    quotes: Quotes


class Person(Record):
    """A prisoner, former prisoner or victim. Speakers, officials and relatives are none."""

    id: Slug
    names: Labels
    spellings: Many[Spelling] = ()
    country: QuotedCountry
    known_for: Quoted | None = None
    age: QuotedAge | None = None
    custody: Many[CustodyReport] = ()


class Term(Record):
    """A prison term in years; of a group, the range that the document gives for all."""

    years: Annotated[int, Field(ge=0, le=100)]
    to_years: Annotated[int, Field(ge=0, le=100)] | None = None


class Event(Dated):
    """Something that happened, to people named here or to a group.

    `of_group` marks what is said of a group and not of each. `in_custody` belongs to deaths;
    `others` counts people the document leaves unnamed; `tags` say what a statement asks for, as a
    call's do. `country_quotes` serve only to show where it
    happened, for a document that names the country elsewhere.
    """

    id: Slug
    kind: EventKind
    people: Many[Slug] = ()
    title: Labels | None = None
    country: Country | None = None
    of_group: bool = False
    in_custody: bool = False
    term: Term | None = None
    others: Annotated[int, Field(gt=0)] | None = None
    tags: Many[Tag] = ()
    withdrawn: Withdrawal | None = None
    quotes: Quotes
    country_quotes: Many[Quote] = ()

    @model_validator(mode="after")
    def _says_whom_it_concerns(self) -> Self:
        if not self.people and self.title is None:
            raise ValueError("an event without people needs a title")
        if self.in_custody and self.kind != "death":
            raise ValueError("in_custody belongs to deaths")
        if self.term is not None and self.kind != "sentence":
            raise ValueError("term belongs to sentences")
        return self


def _is_day_of_a_year(day: str) -> str:
    try:
        gregorian_date.fromisoformat(f"2024-{day}")  # a leap year has every day that any year has
    except ValueError as exc:
        raise ValueError("a month and day that exist, MM-DD") from exc
    return day


class Observance(Record):
    """A day kept every year; `leads` are the days before on which a reminder is sent."""

    id: Slug
    day: Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{2}$"), AfterValidator(_is_day_of_a_year)]
    names: Labels
    country: Country | None
    leads: Many[Annotated[int, Field(gt=0, le=60)]] = (7, 1)
    quotes: Quotes


class Figure(Dated):
    """A number as of a date: its qualifier, measure and speaker from one and the same sentence.

    `value` is null where the document counts in words ("hundreds"), which `words` then holds.
    """

    id: Slug
    measure: Measure
    value: Annotated[int, Field(ge=0)] | None
    words: Text | None = None
    qualifier: Qualifier | None = None
    country: Country | None
    quotes: Quotes
    country_quotes: Many[Quote] = ()

    @model_validator(mode="after")
    def _has_a_number(self) -> Self:
        if (self.value is None) == (self.words is None):
            raise ValueError("give a value, or the words that stand in its place, and not both")
        return self


class Call(Record):
    """A demand: who makes it, to whom (null where none is named), and what it asks for."""

    id: Slug
    by: Labels
    to: Labels | None
    tags: Annotated[tuple[Tag, ...], BeforeValidator(as_tuple), Field(min_length=1)]
    conditional: bool = False
    countries: Many[Country] = ()
    quotes: Quotes
    country_quotes: Many[Quote] = ()


class Figures(Record):
    """A file of figures, all of one source."""

    figures: Annotated[tuple[Figure, ...], BeforeValidator(as_tuple), Field(min_length=1)]


class Calls(Record):
    """A file of calls, all of one source."""

    calls: Annotated[tuple[Call, ...], BeforeValidator(as_tuple), Field(min_length=1)]
