"""The words of a query, each in all the forms it may have.

Pure.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.names.forms import DOUBTFUL, Form, asked_forms, restored_forms
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


def asked_words(query: str, is_double_surname: Callable[[Asked], bool]) -> list[Asked]:
    """The words of a query in the order typed.

    A lone hyphenated word is taken for several, and two words that together are a surname for one.
    """
    typed = words(query)
    if len(typed) == 1:
        typed = typed[0].split("-")
    latin = " ".join(word for word in typed if not is_cyrillic(word))
    asked: list[Asked] = []
    for place, word in enumerate(typed[:MOST_WORDS]):
        both = _asked(typed[place - 1] + word, latin) if place else None
        if asked and both and is_double_surname(both):
            asked[-1] = both
        elif one := _asked(word, latin):
            asked.append(one)
    return asked


def _asked(word: str, query: str) -> Asked | None:
    forms = asked_forms(word, query)
    likely = [form for form in forms if form.cost < DOUBTFUL] or forms
    as_surname, as_first_name = restored_forms(likely)
    unlikely = [form for form in forms if form not in likely]
    return Asked(word, likely, unlikely, as_surname, as_first_name) if forms else None
