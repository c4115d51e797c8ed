"""The key: there, for its owner alone, the one of this database, and on another disk."""

from collections.abc import Iterator
from pathlib import Path

from bot.chats.key_file import KeyFileError, fitting_key, is_there, next_to, read_key, spent
from bot.chats.sealing import fits
from bot.operating.finding import Finding, ok, problem, warning

_OTHERS = 0o077


def check_key(path: Path, *, check: str | None, database: Path | None) -> Iterator[Finding]:
    """`check` is what the database says of its key (null: nothing is sealed yet), `database` its file, if it is one."""
    try:
        yield from _look(path, check, database)
    except KeyFileError as exc:
        yield problem("key", str(exc), "let Vigil's user look into its folder, or set VIGIL_KEY_FILE elsewhere")


def _look(path: Path, check: str | None, database: Path | None) -> Iterator[Finding]:
    file = path if is_there(path) else next_to(path)
    if not is_there(file):
        if check is None:
            yield ok("key", f"{path} is not there yet; the first start makes it")
        else:
            found = f"{path} is not there, and without it nothing in the database opens"
            yield problem("key", found, "set VIGIL_KEY_FILE to where it stands, or bring its copy back")
        return
    yield _fit(path, check)
    if file.stat().st_mode & _OTHERS:
        found = f"{file} has mode {file.stat().st_mode & 0o777:o}: others on this machine can read it"
        yield problem("key file", found, f"chmod 600 {file}, and `vigil rotate` if somebody may have")
    elif database is not None and database.exists() and database.stat().st_dev == file.stat().st_dev:
        found = "on the same disk as the database: whoever takes the disk takes both"
        yield warning("key file", found, "keep it on another disk or in a credential store (VIGIL_KEY_FILE)")
    else:
        yield ok("key file", "for its owner alone" + (", and not on the database's disk" if database else ""))
    if is_there(next_to(path)) or is_there(spent(path)):
        yield warning("key change", "a change of the key was interrupted", "run `vigil rotate` to finish it")


def _fit(path: Path, check: str | None) -> Finding:
    try:
        if check is None:
            read_key(path)
            return ok("key", "there; no database says yet whether it fits")
        fitting_key(path, fits(check))
    except KeyFileError as exc:
        return problem("key", str(exc), "bring back the key file that belongs to this database")
    return ok("key", "fits the database")
