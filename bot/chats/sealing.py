"""Sealing: without the key the database does not tell which chats are in it, nor whom they follow.

AES-SIV (RFC 5297) is deterministic, so that a sealed id can be looked up and be unique; the
transport is authenticated with it. The key lies apart from the database.
"""

import hmac
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select

from bot.chats.key_file import KeyFileError, fitting_key, make_key
from bot.chats.tables import meta
from bot.database import Database, insert_into

CHECK = "key_check"
# Every id is sealed at one length: a longer account number would tell how new the account is.
_PADDED_BYTES = 32
_FOLLOW_BYTES = 16
_KEY_CHECK = select(meta.c.value).where(meta.c.name == CHECK)


class Seal:
    """Seals chat ids and hashes follows with keys derived from one."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(_derived(key, b"chat id", 64))
        self._follow_key = _derived(key, b"follow", 32)
        self.check = check_of(key)

    def seal(self, transport: str, chat: str) -> bytes:
        """The sealed chat id: the same for the same id, of one length for all."""
        plain = chat.encode()
        if len(plain) >= _PADDED_BYTES:
            raise ValueError("a chat id of more than 31 bytes")
        return self._cipher.encrypt(plain.ljust(_PADDED_BYTES, b"\0"), [transport.encode()])

    def open(self, transport: str, sealed: bytes) -> str:
        """The chat id again; KeyFileError where it was sealed with another key or altered."""
        try:
            return self._cipher.decrypt(sealed, [transport.encode()]).rstrip(b"\0").decode()
        except InvalidTag as exc:
            raise KeyFileError("an address in the database does not open with this key") from exc

    def follow_hash(self, person_id: str) -> bytes:
        """The keyed hash under which a followed person is stored."""
        return hmac.digest(self._follow_key, person_id.encode(), "sha256")[:_FOLLOW_BYTES]


async def open_seal(database: Database, key_path: Path) -> Seal:
    """The seal of this database, its key made on first use.

    KeyFileError where the key does not fit the database, or is missing although the database has
    been sealed: a new one would turn every chat into one that cannot be opened.
    """
    found = await key_check(database)
    if found is None:
        # The key is on the disk before the database says that it is sealed with it.
        made = check_of(make_key(key_path))
        async with database.write() as connection:
            # Of processes that start together the first one's key holds.
            row = insert_into(connection, meta).values(name=CHECK, value=made)
            await connection.execute(row.on_conflict_do_nothing())
            found = str(await connection.scalar(_KEY_CHECK))
    return Seal(fitting_key(key_path, fits(found))[1])


async def key_check(database: Database) -> str | None:
    """What the key of this database must come to (`check_of`); None if nothing was sealed yet."""
    async with database.read() as connection:
        found: str | None = await connection.scalar(_KEY_CHECK)
    return found


def check_of(key: bytes) -> str:
    """What tells, without the key, whether a key fits."""
    return _derived(key, b"check", 16).hex()


def fits(check: str) -> Callable[[bytes], bool]:
    """Whether a key is the one of this check."""
    return lambda key: hmac.compare_digest(check, check_of(key))


def _derived(key: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"vigil " + purpose).derive(key)
