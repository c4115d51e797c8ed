"""What the bot says of itself, by language: name, descriptions, and commands by scope."""

from dataclasses import dataclass, field

Command = dict[str, str]


@dataclass
class Profile:
    """Texts by language, "" being the default; commands by scope (`default`, `chat:5`, …) and language."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Command]] = field(default_factory=dict)
