"""An asked word → its forms: what it may sound like, by each orthography and each case it may stand in.

Pure.
"""

from dataclasses import dataclass

from bot.names import folding
from bot.names.endings import NOMINATIVE, nominatives
from bot.names.words import is_cyrillic

_PLAIN_READING = 0.0
_OTHER_READING = 0.01
_UNLIKELY_READING = 0.04


@dataclass(frozen=True, slots=True)
class Form:
    """A sound key with its two coarser keys, the cases it may be in, and what it costs to read the word so."""

    sounds: str
    mid: str
    coarse: str
    cases: str
    cost: float


def readings(word: str) -> list[tuple[str, float]]:
    """The sound keys of a word, each with its cost: one for Cyrillic, up to four for Latin."""
    bounded = f"\n{word}\n"
    if is_cyrillic(word):
        return [(folding.cyrillic(bounded).strip(), _PLAIN_READING)]
    found: dict[str, float] = {}
    for reading, cost in _reading_costs(word):
        found.setdefault(reading(bounded).strip(), cost)
    return sorted(found.items(), key=lambda item: item[1])


def _reading_costs(word: str) -> list[tuple[folding.Reading, float]]:
    is_german = "sch" in word and "shch" not in word
    is_slavic = (
        not word.isascii()
        or any(mark in word for mark in ("cz", "sz", "rz", "w", "j"))
        or "c" in word.replace("ch", "")
    )
    english = _UNLIKELY_READING if is_german or not word.isascii() else _PLAIN_READING
    slavic = _OTHER_READING if is_slavic else _UNLIKELY_READING
    german = _PLAIN_READING if is_german else _OTHER_READING if "w" in word or "j" in word else _UNLIKELY_READING
    french = _OTHER_READING if "ou" in word or "tch" in word else _UNLIKELY_READING
    return sorted(
        ((folding.english, english), (folding.slavic, slavic), (folding.german, german), (folding.french, french)),
        key=lambda pair: pair[1],
    )


def asked_forms(word: str) -> list[Form]:
    """The forms of a word as read, nominative."""
    return [Form(s, folding.mid(s), folding.coarse(s), NOMINATIVE, cost) for s, cost in readings(word) if s]


def restored_forms(form: Form) -> list[Form]:
    """The nominatives that a form may be an oblique case of."""
    return [
        Form(
            form.sounds[: r.kept_chars] + r.added, form.mid[: r.kept_chars] + r.added, r.key, r.cases, form.cost + 0.02
        )
        for r in nominatives(form.coarse)
    ]  # fmt: skip
