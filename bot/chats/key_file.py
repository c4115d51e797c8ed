"""The key file: made once with mode 600, whole or not at all, and never overwritten.

Whoever has this file and the database can read who subscribed; see `docs/safety.md`.
"""

import base64
import binascii
import os
import secrets
from pathlib import Path

from bot.errors import VigilError

KEY_BYTES = 32


class KeyFileError(VigilError):
    """The key file is missing, unreadable, of a wrong form, or belongs to another database."""


def read_key(path: Path) -> bytes:
    """The key in the file; KeyFileError says what is wrong with it."""
    try:
        text = path.read_text(encoding="ascii").strip()
        key = base64.urlsafe_b64decode(text)
    except FileNotFoundError as exc:
        raise KeyFileError(f"{path}: no key file there; set VIGIL_KEY_FILE to where it stands") from exc
    except OSError as exc:
        raise KeyFileError(f"{path}: the key file cannot be read: {exc.strerror}") from exc
    except (UnicodeDecodeError, binascii.Error) as exc:
        raise KeyFileError(f"{path}: no key file of Vigil's: expected {KEY_BYTES} bytes in base64") from exc
    if len(key) != KEY_BYTES:
        raise KeyFileError(f"{path}: found a key of {len(key)} bytes, expected {KEY_BYTES}")
    return key


def make_key(path: Path) -> bytes:
    """Make the key file, or read the one that is there; it is on the disk when this returns."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        if path.exists():
            return read_key(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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


def key_warnings(key_path: Path, database_path: Path | None) -> list[str]:
    """What weakens the seal: others can read the key, or it lies beside the database it protects."""
    warnings = []
    if key_path.stat().st_mode & 0o077:
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
