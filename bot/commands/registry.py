"""Every command by its name: what answers it, and who may use it where."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands import (
    channels,
    evidence,
    follows,
    numbers,
    own_data,
    people,
    preferences,
    reading,
    settings,
    setup,
    subscribing,
    welcome,
)
from bot.commands.asking import Asking
from bot.commands.request import Reply

Handler = Callable[[Asking], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command. `argument` says in English what may follow it, for the documents.

    One that `sets` changes what comes to the chat: in groups it is for administrators, and no link
    can lead to it.
    """

    answer: Handler
    argument: str = ""
    sets: bool = False


COMMANDS: dict[str, Command] = {
    "start": Command(welcome.start),
    "help": Command(welcome.help_),
    "today": Command(reading.today),
    "post": Command(reading.post, "YYYY-MM-DD memorial|day"),
    "upcoming": Command(reading.upcoming),
    "prisoner": Command(people.prisoner, "NAME"),
    "fact": Command(reading.fact),
    "figures": Command(numbers.figures),
    "remember": Command(people.remember),
    "calls": Command(numbers.calls, "[TAG]"),
    "sources": Command(evidence.sources, "[ID [address]]"),
    "why": Command(evidence.why, "ID | YYYY-MM-DD memorial|day"),
    "subscribe": Command(subscribing.subscribe, "[TOPICS]", sets=True),
    "unsubscribe": Command(subscribing.unsubscribe, sets=True),
    "follow": Command(follows.follow, "NAME", sets=True),
    "unfollow": Command(follows.unfollow, "[NAME]", sets=True),
    "following": Command(follows.following, "[names]", sets=True),
    "settings": Command(settings.settings, "[SETTING [VALUE]]", sets=True),
    "setup": Command(setup.setup, "[STEP [VALUE]]", sets=True),
    "language": Command(preferences.language, "CODE", sets=True),
    "timezone": Command(preferences.timezone, "ZONE or place", sets=True),
    "time": Command(preferences.hour, "HH:MM", sets=True),
    "channels": Command(channels.channels, sets=True),
    "channel": Command(channels.channel, "NUMBER [SETTING [VALUE]]", sets=True),
    "privacy": Command(welcome.privacy),
    "mydata": Command(own_data.my_data, sets=True),
    "forget": Command(subscribing.forget, sets=True),
}
