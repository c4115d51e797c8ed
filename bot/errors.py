"""The base of every error Vigil raises on purpose.

Stands beneath all rooms: it imports nothing from them. The command line shows such an
error as one line on standard error; anything else that reaches it is a defect.
"""


class VigilError(Exception):
    """An expected failure, worded for the person who reads it."""


class SettingError(VigilError):
    """A setting that cannot be used.

    Attributes `name`, `found` (never a secret) and `expected` say which, what and what would do.
    """

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"{name}: found {found}, expected {expected}")
        self.name = name
        self.found = found
        self.expected = expected
