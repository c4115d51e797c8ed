"""The words that records may use: kinds, tags, measures, and the shapes of ids and texts. Pure data."""

from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, StringConstraints

Language = Literal["en", "be", "ru", "uk", "pl", "lt", "de"]
EventKind = Literal[
    "arrest",
    "detention",
    "sentence",
    "death",
    "release",
    "disappearance",
    "birth",
    "statement",
    "resolution",
    "election",
    "rally",
    "repression",
]
CustodyStatus = Literal["imprisoned", "disappeared", "released", "died", "unknown"]
Tag = Literal["release", "care", "solidarity", "diplomacy", "sanctions", "assets", "transit", "visas", "aid", "justice"]
Qualifier = Literal["at least", "more than", "nearly", "about"]
# What a number counts. Two figures are told together only where the measure is the same (a list, a
# running total and "remaining" are three different things).
Measure = Literal[
    "behind-bars",
    "considered-political-prisoners",
    "on-a-list",
    "imprisoned-in-all",
    "imprisoned-for-protest",
    "convicted-besides",
    "died-in-all",
    "died-since",
    "released-in-all",
    "released-in-a-period",
    "released-besides",
    "pardoned",
    "remaining",
    "health-disability-age",
    "occupations",
    "added-to-a-suspect-list",
    "sanctions-list",
    "assets",
]

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"\S")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def as_tuple(value: object) -> object:
    """A YAML list as the tuple that a frozen record keeps; anything else as it is."""
    return tuple(value) if isinstance(value, list) else value


T = TypeVar("T")

Many = Annotated[tuple[T, ...], BeforeValidator(as_tuple)]
