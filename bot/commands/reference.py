"""`docs/commands.md`, made from the registry: `python -m bot.commands.reference` writes it, `--check` compares."""

import sys
from pathlib import Path

from bot.commands.menu import menu
from bot.commands.registry import COMMANDS

_HEAD = """# Commands

Made from the program's registry by `python -m bot.commands.reference`; a test compares the two.

The commands are the same in Telegram and in the room. A button under a message carries one of them:
pressing it is typing it. In a group the bot answers only commands, and settings only to
administrators; in a channel it answers nothing, since nobody speaks with it there. A link
`t.me/BOT?start=…` can lead to any command that changes nothing.

| command | what it does | private chat, room | group | forum topic | channel | by link |
|---|---|---|---|---|---|---|
"""


# Reached by Telegram's own Start and by buttons, and so not in the menu.
_NOT_IN_MENU = {
    "start": "says what this is, and offers the next steps",
    "post": "a post of a day, which discreet mode has kept behind a button",
    "setup": "the first settings, step by step: place, hour, topics",
    "channel": "the settings of a channel that you administer",
}
# Elsewhere they only tell where to ask.
_IN_PRIVATE = frozenset({"channels", "channel"})


def reference() -> str:
    """The text of the page."""
    does = dict(menu("en"))
    rows = []
    for name, command in COMMANDS.items():
        typed = f"`/{name} {command.argument}`" if command.argument else f"`/{name}`"
        in_groups = "in private" if name in _IN_PRIVATE else "administrators" if command.sets else "everybody"
        by_link = "no" if command.sets or name == "start" else "yes"
        what = (does.get(name) or _NOT_IN_MENU[name]).replace("|", "\\|")
        typed = typed.replace("|", "\\|")
        rows.append(f"| {typed} | {what} | everybody | {in_groups} | {in_groups} | nobody | {by_link} |")
    return _HEAD + "\n".join(rows) + "\n"


def main() -> None:
    """Write the page, or with `--check` exit with 1 if it is stale."""
    page = Path("docs/commands.md")
    if "--check" not in sys.argv[1:]:
        page.write_text(reference())
    elif not page.exists() or page.read_text() != reference():
        sys.exit(f"{page} is stale; run python -m bot.commands.reference")


if __name__ == "__main__":
    main()
