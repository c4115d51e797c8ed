"""What is asked of the commands by tests that ask for all of them."""

from collections.abc import Iterator

from bot.commands.registry import COMMANDS

ARGUMENTS = {
    "prisoner": ("", "Bialiatski", "Ales", "nobody"),
    "why": ("", "ihar-lednik-death", "2027-05-21 day", "nobody"),
    "sources": ("", "eap-csf-2024-02-27"),
    "calls": ("", "release", "2"),
    "upcoming": ("", "2"),
    "figures": ("", "2"),
    "fact": ("", "3", "40"),
    "post": ("", "2027-05-21 day", "2027-02-20 memorial"),
    "subscribe": ("", "days", "nonsense"),
    "follow": ("", "Bialiatski", "Ales", "nobody"),
    "following": ("", "names"),
    "unfollow": ("", "Bialiatski"),
    "settings": ("", "zone", "at 7", "at 99", "facts weekly", "rest", "rest 7", "nonsense"),
    "setup": ("", "zone Minsk", "at 8", "topics all"),
    "language": ("", "xx"),
    "timezone": ("", "Brest", "Minsk", "nowhere"),
    "time": ("", "8", "99"),
    "channel": ("", "1", "1 language be"),
    "forget": ("", "no", "yes"),
    "start": ("", "why_ihar-lednik-death"),
}


def asked() -> Iterator[str]:
    """Every command with every sort of argument."""
    for command in COMMANDS:
        yield from (f"/{command} {argument}".strip() for argument in ARGUMENTS.get(command, ("",)))
