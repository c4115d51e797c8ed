"""Reading what a person typed or pressed: which command, and what follows it.

Pure. Whether such a command exists is known to `registry`.
"""

import re
import unicodedata
from dataclasses import dataclass

# Nobody's name and no place is longer; what is may be a paste by mistake or worse.
LONGEST_ARGUMENT = 200
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+(.*))?", re.DOTALL)
_PAGE = re.compile(r"(?:^|\s)(\d{1,4})$")


@dataclass(frozen=True, slots=True)
class Typed:
    """`/why@VigilBot ihar-lednik 2` as command `why`, bot `VigilBot`, argument `ihar-lednik 2`.

    `command` is null for plain text, which then is the argument.
    """

    command: str | None
    argument: str
    bot: str | None = None


def read(text: str) -> Typed:
    """What was typed; control characters, formatting marks and runs of white space are gone."""
    clean = cleaned(text)
    match = _COMMAND.fullmatch(clean)
    if match is None:
        return Typed(None, clean)
    return Typed(match[1].lower(), (match[3] or "").strip(), match[2])


def cleaned(text: str) -> str:
    """The text on one line, without characters that cannot be seen."""
    visible = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return " ".join(visible.split())


def split_page(argument: str) -> tuple[str, int | None]:
    """An argument and the page number at its end, null where none stands there."""
    match = _PAGE.search(argument)
    if match is None:
        return argument, None
    return argument[: match.start()].strip(), max(1, int(match[1]))
