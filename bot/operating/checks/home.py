"""The machine: the home and who may look into it, the disk, the zone database, the font."""

import os
import shutil
import zoneinfo
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.operating.finding import Finding, ok, problem, warning
from bot.settings import Settings

_MIB = 1024 * 1024
# A broadcast to a hundred thousand chats writes some 30 MB; below this a day's posts may not fit.
_LITTLE, _TOO_LITTLE = 1024 * _MIB, 100 * _MIB
_OTHERS = 0o077


def check_home(settings: Settings) -> Iterator[Finding]:
    """The folder of the data, and a `.env` beside the command, which holds the token."""
    yield _home(settings.home)
    if (environment := _settings_file()) is not None:
        yield environment


def _home(home: Path) -> Finding:
    try:
        mode = os.stat(f"{home}/.").st_mode  # noqa: PTH116 (a Path drops the dot, which asks for the right to go in)
    except FileNotFoundError:
        return ok("home", f"{home} is not there yet; the first `vigil run` makes it")
    except NotADirectoryError:
        return problem("home", f"{home} is no folder", "set VIGIL_HOME to a folder of Vigil's own")
    except OSError as exc:
        found = f"{home} cannot be read: {exc.strerror}"
        return problem("home", found, "check its owner and mode, or set VIGIL_HOME to a folder of Vigil's own")
    if mode & _OTHERS:
        found = f"{home} has mode {mode & 0o777:o}: others on this machine can look into it"
        return warning("home", found, f"chmod 700 {home}")
    return ok("home", f"{home}, for its owner alone")


def check_disk(folder: Path, database: Path | None) -> Finding:
    """Whether there is room where the data grows."""
    there = next(path for path in (folder, *folder.absolute().parents) if _is_seen(path))
    free = shutil.disk_usage(there).free
    size = database.stat().st_size if database is not None and database.exists() else 0
    found = f"{free // _MIB} MiB free"
    if free < _TOO_LITTLE:
        return problem("disk", found, "make room: a full disk stops delivery")
    if free < max(_LITTLE, 2 * size):
        return warning("disk", f"{found}, the database has {size // _MIB} MiB", "make room before it fills")
    return ok("disk", found)


def _is_seen(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def check_zones(now: datetime) -> Finding:
    """Which edition of the IANA database the hours are computed with: governments change them."""
    place, version = _zone_edition()
    shipped = _version_in(files("tzdata") / "zoneinfo")
    found = f"edition {version or 'unknown'}, of {place}"
    if version < shipped:
        advice = "update the system's tzdata, or start Vigil with PYTHONTZPATH= (empty): hours may have changed since"
        return warning("time zones", f"{found}; Vigil brought {shipped}", advice)
    if int(version[:4]) < now.year - 1:
        return warning("time zones", found, "run `make setup` anew: hours may have changed since")
    return ok("time zones", found)


def check_font() -> Finding:
    """Whether pictures will show letters: without its font the renderer draws nothing, and says nothing."""
    from bot.posts.pictures import drawn  # noqa: PLC0415 (the renderer: not needed before)

    try:
        with_text, without = (drawn(_SVG.format(text)) for text in ("Ўў", ""))
    except (OSError, ValueError, ModuleNotFoundError) as exc:
        return problem("font", f"no picture can be drawn ({type(exc).__name__})", "install Vigil anew: make setup")
    if with_text == without:
        return problem("font", "pictures show no letters", "install Vigil anew: make setup")
    return ok("font", "pictures show their letters")


_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><text y="24" font-family="Roboto">{}</text></svg>'
)


def _settings_file() -> Finding | None:
    path = Path(".env")
    if not path.is_file():
        return None
    if path.stat().st_mode & _OTHERS:
        return problem(".env", "others on this machine can read it, and with it the token", "chmod 600 .env")
    return ok(".env", "for its owner alone")


def _zone_edition() -> tuple[str, str]:
    """Where zoneinfo reads from, and which edition that is; empty where nothing there says so."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / "Europe" / "Minsk").is_file():
            return str(folder), _version_in(folder)
    return "the package tzdata", _version_in(files("tzdata") / "zoneinfo")


def _version_in(folder: Traversable) -> str:
    """The edition of these zone files, as tzdata.zi or +VERSION name it."""
    for name in ("tzdata.zi", "+VERSION"):
        if (folder / name).is_file():
            with (folder / name).open() as file:
                return file.readline().removeprefix("# version ").strip()
    return ""
