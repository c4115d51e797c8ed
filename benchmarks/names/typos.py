"""One typo in a name: a letter left out, doubled, changed, added, or two swapped."""

import random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")


def with_a_typo(chance: random.Random, name: str) -> str:
    """The name with one typo in a letter that chance picks; never the name itself."""
    places = [n for n, char in enumerate(name) if char.isalpha()]
    while True:
        typed = _mistyped(chance, name, chance.choice(places))
        if typed.casefold() != name.casefold() and any(map(str.isalpha, typed)):
            return typed


def _mistyped(chance: random.Random, name: str, at: int) -> str:
    char = name[at]
    match chance.choice(("left out", "doubled", "changed", "added", "swapped")):
        case "left out":
            return name[:at] + name[at + 1 :]
        case "doubled":
            return name[:at] + char + name[at:]
        case "changed":
            return name[:at] + _neighbour(chance, char) + name[at + 1 :]
        case "added":
            return name[:at] + _neighbour(chance, char) + name[at:]
        case _:
            after = name[at + 1 : at + 2]
            return name[:at] + after + char + name[at + 2 :] if after.isalpha() else name[:at] + name[at + 1 :]


def _neighbour(chance: random.Random, char: str) -> str:
    """A key beside this one, or any of its script where the keyboard has none."""
    for row in _ROWS:
        place = row.find(char.lower())
        if place >= 0:
            return chance.choice([row[n] for n in (place - 1, place + 1) if 0 <= n < len(row)])
    return chance.choice("aeiou" if char.isascii() or ord(char) < 0x400 else "аеиоу")
