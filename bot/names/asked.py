"""The words of a query, each in all the forms it may have.

Pure.
"""

from dataclasses import dataclass

from bot.names.forms import Form, asked_forms, restored_forms
from bot.names.words import words

MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the query: its forms as read, and the nominatives it may be a case of."""

    word: str
    forms: list[Form]
    as_surname: list[Form]
    as_first_name: list[Form]


def asked_words(query: str) -> list[Asked]:
    """The words of a query in the order typed; a lone hyphenated word is taken for several."""
    typed = words(query)
    if len(typed) == 1:
        typed = typed[0].split("-")
    found = []
    for word in typed[:MOST_WORDS]:
        forms = asked_forms(word)
        if forms:
            as_surname, as_first_name = (
                [restored for form in forms for restored in restored_forms(form, of_first_name=is_first)]
                for is_first in (False, True)
            )
            found.append(Asked(word, forms, as_surname, as_first_name))
    return found
