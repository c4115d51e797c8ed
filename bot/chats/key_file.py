"""The key file: made with mode 600, whole or not at all, and replaced only by a rotation.

A rotation writes the new key beside the old one, has the database resealed, and only then puts the
new key in the old one's place: whenever it is interrupted, one of the two files opens the database.
Whoever has this file and the database can read who subscribed; see `docs/safety.md`.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.errors import VigilError
from bot.private_folders import make_private_folder

KEY_BYTES = 32
# Of a file with a key, and some white space.
_LONGEST = 256
_ELSEWHERE = "put the copy of this database's key there, or set VIGIL_KEY_FILE to where it stands"


class KeyFileError(VigilError):
    """The key file is missing, unreadable, of a wrong form, or belongs to another database."""


def read_key(path: Path) -> bytes:
    """The key in the file; KeyFileError says what is wrong with it."""
    try:
        key = base64.b64decode(_content(path), altchars=b"-_", validate=True)
    except FileNotFoundError as exc:
        raise KeyFileError(f"{path}: no key file there; {_ELSEWHERE}") from exc
    except OSError as exc:
        raise KeyFileError(f"{path}: the key file cannot be read: {exc.strerror}; check its owner and mode") from exc
    except binascii.Error as exc:
        raise KeyFileError(f"{path}: found no key, expected {KEY_BYTES} bytes in base64; {_ELSEWHERE}") from exc
    if len(key) != KEY_BYTES:
        raise KeyFileError(f"{path}: found a key of {len(key)} bytes, expected {KEY_BYTES}; {_ELSEWHERE}")
    return key


def _content(path: Path) -> bytes:
    """What stands in the file, as far as a key can reach: neither a pipe nor a large file is waited for."""
    if path.exists() and not path.is_file():
        raise KeyFileError(f"{path}: found no file, expected one with a key; {_ELSEWHERE}")
    with path.open("rb") as file:
        return file.read(_LONGEST).strip()


def make_key(path: Path) -> bytes:
    """Make the key file, or read the one that is there; it is on the disk when this returns."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        if path.exists():
            return read_key(path)
        make_private_folder(path.parent)
        _write_synced(draft, base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        try:
            os.link(draft, path)  # unlike a rename, it never replaces a key that is already there
        except FileExistsError:
            pass  # another process was quicker: its key holds
        finally:
            draft.unlink()
        _sync_directory(path.parent)
    except OSError as exc:
        raise KeyFileError(f"{path}: the key file cannot be made: {exc.strerror}") from exc
    return read_key(path)


def is_there(path: Path) -> bool:
    """Whether a key stands there; KeyFileError where that cannot be seen."""
    try:
        return path.exists()
    except OSError as exc:
        message = f"{path}: the key file cannot be looked for: {exc.strerror}; check its owner and mode"
        raise KeyFileError(message) from exc


def next_to(path: Path) -> Path:
    """Where the key stands that is to follow this one, while a rotation is under way."""
    return path.with_name(f"{path.name}.next")


def spent(path: Path) -> Path:
    """Where the key stands that this one has followed, until it is destroyed."""
    return path.with_name(f"{path.name}.old")


def fitting_key(path: Path, fits: Callable[[bytes], bool]) -> tuple[Path, bytes]:
    """The key that fits and its file: the one at `path`, or the next one where a rotation was interrupted.

    KeyFileError where neither does, or there is none.
    """
    candidates = [file for file in (path, next_to(path)) if is_there(file)] or [path]
    for file in candidates:
        if fits(key := read_key(file)):
            return file, key
    raise KeyFileError(
        f"{path}: this key does not fit the database: it was sealed with another key (if `vigil rotate` was "
        "interrupted, run it again where the key file can be written)"
    )


def draft_next_key(path: Path) -> bytes:
    """Write a new key beside the one at `path`, for the same owner; it is on the disk when this returns."""
    draft = next_to(path)
    try:
        owner = path.stat()
        _write_synced(draft, base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        with suppress(PermissionError):  # only root may give a file away, and nobody else need
            os.chown(draft, owner.st_uid, owner.st_gid)
        _sync_directory(path.parent)
    except OSError as exc:
        raise KeyFileError(f"{draft}: the new key cannot be written: {exc.strerror}") from exc
    return read_key(draft)


def take_next_key(path: Path) -> None:
    """Put the next key in the place of the one at `path`, and destroy that one as far as can be."""
    try:
        if path.exists():
            path.replace(spent(path))
        next_to(path).replace(path)
        _sync_directory(path.parent)
    except OSError as exc:
        raise KeyFileError(f"{path}: the new key cannot take its place: {exc.strerror}") from exc
    destroy(spent(path))


def destroy(path: Path) -> bool:
    """Overwrite and delete a key file; False if there is none. A disk may keep what it held (see docs/safety.md)."""
    try:
        if not path.exists():
            return False
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync_directory(path.parent)
    except OSError as exc:
        raise KeyFileError(f"{path}: this key is spent, and cannot be destroyed: {exc.strerror}") from exc
    return True


def key_warnings(key_path: Path, database_path: Path | None) -> list[str]:
    """What weakens the seal: others can read the key, it lies beside the database, or a rotation was interrupted."""
    warnings = []
    if is_there(next_to(key_path)) or is_there(spent(key_path)):
        warnings.append(f"{key_path}: a change of the key was interrupted; `vigil rotate` finishes it")
    if is_there(key_path) and key_path.stat().st_mode & 0o077:
        warnings.append(f"{key_path}: others on this machine can read the key; its mode should be 600")
    if database_path is not None and key_path.resolve().parent == database_path.resolve().parent:
        warnings.append(
            f"{key_path}: the key lies beside the database; whoever takes one takes both (set VIGIL_KEY_FILE)"
        )
    return warnings


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
