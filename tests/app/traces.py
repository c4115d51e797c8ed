"""Looking for secrets in bytes, in every form in which a program may have written them down unsealed."""

import base64
import hashlib
import html
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

# What is shorter is found by chance in a few million bytes.
SHORTEST = 6
_HASHES = ("md5", "sha1", "sha256")


@dataclass(frozen=True, order=True)
class Trace:
    """A secret that was found: in what, in which form, at which byte."""

    place: str
    secret: str | int
    form: str
    at: int


def forms(secret: str | int) -> Iterator[tuple[str, bytes]]:
    """Every form that is looked for, by its name; forms too short to be no chance hit are left out."""
    plain = str(secret)
    yield from _written("text", plain.encode())
    packed = list(_packed(secret)) if isinstance(secret, int) else list(_spelt(secret))
    yield from packed
    eight = [(name, value) for name, value in packed if name.startswith("8 bytes")]
    for name, value in [("text", plain.encode()), *eight]:
        for algorithm in _HASHES:
            digest = hashlib.new(algorithm, value, usedforsecurity=False).digest()
            yield f"{algorithm} of {name}", digest
            yield from _written(f"{algorithm} of {name}", digest)


def find(places: Mapping[str, bytes], secrets: Iterable[str | int]) -> list[Trace]:
    """Every secret found in these bytes."""
    heads: dict[bytes, list[tuple[bytes, str | int, str]]] = {}
    for secret in secrets:
        for form, pattern in forms(secret):
            if len(pattern) >= SHORTEST:
                heads.setdefault(pattern[:SHORTEST], []).append((pattern, secret, form))
    found = set()
    for place, content in places.items():
        for at in range(len(content) - SHORTEST + 1):
            for pattern, secret, form in heads.get(content[at : at + SHORTEST], ()):
                if content.startswith(pattern, at):
                    found.add(Trace(place, secret, form, at))
    return sorted(found, key=str)


def _written(name: str, value: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes themselves, in hexadecimal digits, and in base64 wherever in a longer text they begin."""
    yield name, value
    yield f"{name} in hex", value.hex().encode()
    yield f"{name} in HEX", value.hex().upper().encode()
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + value)
        # The first and last letters also hold bits of the neighbours.
        core = encoded[-(-before * 8 // 6) : (before + len(value)) * 8 // 6]
        yield f"{name} in base64, {before} after a third", core
        yield f"{name} in base64 for addresses, {before} after a third", core.translate(bytes.maketrans(b"+/", b"-_"))


def _spelt(text: str) -> Iterator[tuple[str, bytes]]:
    """Other spellings of a text: encodings, escapes, small letters."""
    for name in ("utf-16-le", "utf-16-be"):
        yield name, text.encode(name)
    yield "escaped for JSON", json.dumps(text)[1:-1].encode()
    yield "escaped for an address", quote(text).encode()
    yield "escaped for HTML", html.escape(text).encode()
    yield from _written("small letters", text.lower().encode())


def _packed(number: int) -> Iterator[tuple[str, bytes]]:
    """A number as programs pack it, and as SQLite keeps it: big-endian in 1, 2, 3, 4, 6 or 8 bytes."""
    needed = next(size for size in (1, 2, 3, 4, 6, 8) if -(1 << size * 8 - 1) <= number < 1 << size * 8 - 1)
    for size in {needed, 4, 8}:
        if size >= needed:
            yield f"{size} bytes, big end first", number.to_bytes(size, "big", signed=True)
            yield f"{size} bytes, little end first", number.to_bytes(size, "little", signed=True)
