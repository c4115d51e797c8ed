"""Partial dates: a date at the precision a document gives it (EDTF, ISO 8601-2).

Pure. Knows five forms and no others: `2024-02-20`, `2021-05`, `2022`, `[2023-02..2023-03]`
(one day somewhere in that span), and the first three with a trailing `~`, `?` or `%`.
"""

import calendar as gregorian
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Precision = Literal["day", "month", "year", "span"]

_SINGLE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", re.ASCII)
_SPAN = re.compile(r"\[(\d{4}(?:-\d{2}){0,2})\.\.(\d{4}(?:-\d{2}){0,2})\]", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """An EDTF date: the first and last day it may mean, and the text that says so."""

    edtf: str
    precision: Precision
    first: date
    last: date
    qualifier: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one of the five forms; ValueError says what was found and what is expected."""
        if span := _SPAN.fullmatch(text):
            return cls._from_span(text, span[1], span[2])
        single = _SINGLE.fullmatch(text)
        if single is None:
            raise ValueError(f"{text!r} is no EDTF date; expected e.g. 2024-02-20, 2021-05, 2022, [2023-02..2023-03]")
        year, month, day, qualifier = single.groups()
        try:
            first, last, precision = _bounds(int(year), month, day)
        except ValueError as exc:
            raise ValueError(f"{text!r} does not exist: {exc}") from exc
        return cls(text, precision, first, last, qualifier)

    @classmethod
    def _from_span(cls, text: str, start: str, end: str) -> Self:
        first, last = cls.parse(start).first, cls.parse(end).last
        if first > last:
            raise ValueError(f"{text!r} ends before it begins")
        return cls(text, "span", first, last)

    @property
    def day(self) -> date | None:
        """The day, where the document gives one without doubt; else None."""
        return self.first if self.precision == "day" and not self.qualifier else None

    @property
    def month(self) -> tuple[int, int] | None:
        """Year and month, where just these are given without doubt; else None."""
        if self.precision == "month" and not self.qualifier:
            return self.first.year, self.first.month
        return None

    def __str__(self) -> str:
        return self.edtf

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept EDTF text only: a bare YAML number or date has lost what was written."""

        def validate(value: Any) -> "PartialDate":
            if isinstance(value, PartialDate):
                return value
            if not isinstance(value, str):
                raise ValueError(f'{value!r} is not in quotation marks; expected an EDTF date such as "2024-02-20"')
            return cls.parse(value)

        return core_schema.no_info_plain_validator_function(
            validate,
            serialization=core_schema.to_string_ser_schema(),
            json_schema_input_schema=core_schema.str_schema(pattern=r"^(\d{4}(-\d{2}){0,2}[~?%]?|\[[0-9.-]+\])$"),
        )


def _bounds(year: int, month: str | None, day: str | None) -> tuple[date, date, Precision]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if day is None:
        first = date(year, int(month), 1)
        return first, first.replace(day=gregorian.monthrange(year, int(month))[1]), "month"
    the_day = date(year, int(month), int(day))
    return the_day, the_day, "day"
