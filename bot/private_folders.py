"""Folders that nobody else on the machine may look into."""

from itertools import takewhile
from pathlib import Path


def make_private_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, each with mode 700; OSError where that cannot be.

    `Path.mkdir` with `parents` gives its mode to the last folder alone.
    """
    missing = list(takewhile(lambda folder: not folder.exists(), path.parents))
    for folder in (*reversed(missing), path):
        folder.mkdir(mode=0o700, exist_ok=True)
