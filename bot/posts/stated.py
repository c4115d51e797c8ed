"""What a post stated: enough to see later whether it still stands, and to say it again.

Pure data, written down beside a sent post's text. It depends on no chat: whoever got the same post
gets the same correction.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date

from bot.agenda.occurrence import Slot

# Of the way in which claims are digested: what an earlier one digested cannot be compared.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was said of one record: its sort and id (`event:ihar-lednik-death`), and a digest of each thing said."""

    record: str
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedOccurrence:
    """An occurrence as it was told: of these events, or of this observance.

    `people` are those it was narrowed to, empty if it was told of everyone it concerned.
    """

    events: tuple[str, ...] = ()
    observance: str | None = None
    people: tuple[str, ...] = ()
    lead: int = 0
    is_milestone: bool = False
    is_month: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """What one post said in one language on one day, as occurrences or as the fact about a record.

    `last` is the last day it tells of, later than `on` in a round-up. `body` and `picture` are digests of its
    text and of its picture, null where there was none. `opening` and `signature` are a channel's own lines.
    """

    language: str
    on: date
    last: date
    slot: Slot
    claims: tuple[Claimed, ...] = ()
    occurrences: tuple[StatedOccurrence, ...] = ()
    fact: str | None = None
    body: str = ""
    picture: str | None = None
    opening: str = ""
    signature: str = ""


def write_stated(stated: Stated) -> str:
    """As text, for the database."""
    return json.dumps({"version": VERSION} | asdict(stated), default=date.isoformat, separators=(",", ":"))


def read_stated(text: str | None) -> Stated | None:
    """From text; None where nothing was written, or in a way that cannot be compared any more."""
    read = json.loads(text) if text else {}
    if read.pop("version", None) != VERSION:
        return None
    read["on"], read["last"] = (date.fromisoformat(read[day]) for day in ("on", "last"))
    read["slot"] = Slot(read["slot"])
    read["claims"] = tuple(Claimed(claimed["record"], tuple(claimed["digests"])) for claimed in read["claims"])
    read["occurrences"] = tuple(_occurrence(told) for told in read["occurrences"])
    return Stated(**read)


def _occurrence(told: dict[str, object]) -> StatedOccurrence:
    return StatedOccurrence(**{name: tuple(v) if isinstance(v, list) else v for name, v in told.items()})  # type: ignore[arg-type]
