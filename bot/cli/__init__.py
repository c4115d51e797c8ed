"""The command line: `vigil`. Parses, calls the rooms, prints; decides nothing itself."""

from bot.cli.program import main

__all__ = ["main"]
