"""The words of a query, each in all the forms it may have.

Pure.
"""

from dataclasses import dataclass

from bot.names.forms import UNLIKELY, Form, asked_forms, restored_forms
from bot.names.words import is_cyrillic, words

MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the query: its forms as it stands, and the nominatives it may be a case of.

    `unlikely` are readings in an orthography that nothing else speaks for.
    """

    word: str
    likely: list[Form]
    unlikely: list[Form]
    as_surname: list[Form]
    as_first_name: list[Form]

    @property
    def is_initial(self) -> bool:
        """Whether only the first letter of a name was typed."""
        return len(self.word) == 1


def asked_words(query: str) -> list[Asked]:
    """The words of a query in the order typed; a lone hyphenated word is taken for several."""
    typed = words(query)
    if len(typed) == 1:
        typed = typed[0].split("-")
    latin = " ".join(word for word in typed if not is_cyrillic(word))
    return [asked for word in typed[:MOST_WORDS] if (asked := _asked(word, latin))]


def _asked(word: str, query: str) -> Asked | None:
    forms = asked_forms(word, query)
    likely, unlikely = ([f for f in forms if (f.cost >= UNLIKELY) is is_unlikely] for is_unlikely in (False, True))
    as_surname, as_first_name = restored_forms(forms)
    return Asked(word, likely or unlikely, unlikely if likely else [], as_surname, as_first_name) if forms else None
