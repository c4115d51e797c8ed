"""What the bot says of itself outside any chat: its menu of commands and its descriptions.

Pure. Telegram's limits: description 512, short description 120, a command's description 256.
"""

from bot.posts.translations import Translator, translator


def menu(language: str) -> list[tuple[str, str]]:
    """Every command with what it does, in the order in which they are shown."""
    t = translator("commands", language)
    return [*_reading(t), *_settling(t)]


def bot_description(language: str) -> str:
    """What stands in an empty chat before Start is pressed: the warning first of all."""
    t = translator("commands", language)
    return "\n\n".join(
        (
            t.gettext(
                "Reminders about political prisoners: arrests, deaths in custody, releases, days of solidarity. "
                "Every sentence rests on a quote from a named document."
            ),
            t.gettext(
                "Before you press Start: in Belarus and some other countries people are punished for what they read. "
                "Telegram, and anyone who looks into your phone, can see that you use this bot."
            ),
        )
    )


def short_description(language: str) -> str:
    """The line beside the bot's picture and in links to it."""
    return translator("commands", language).gettext("Dates and facts about political prisoners, each with its source")


def _reading(t: Translator) -> list[tuple[str, str]]:
    return [
        ("today", t.gettext("the dates of today")),
        ("upcoming", t.gettext("the dates that come next")),
        ("prisoner", t.gettext("look somebody up by name, in any alphabet")),
        ("fact", t.gettext("a fact with its source")),
        ("remember", t.gettext("those who died in custody")),
        ("figures", t.gettext("numbers, by what they count")),
        ("calls", t.gettext("what was demanded, by whom and of whom")),
        ("sources", t.gettext("the documents all this rests on")),
        ("why", t.gettext("every quote behind a post")),
    ]


def _settling(t: Translator) -> list[tuple[str, str]]:
    return [
        ("subscribe", t.gettext("get posts here")),
        ("unsubscribe", t.gettext("no more posts here")),
        ("follow", t.gettext("get somebody's dates")),
        ("unfollow", t.gettext("end that")),
        ("following", t.gettext("how many are followed here")),
        ("settings", t.gettext("choose what comes, when and how")),
        ("language", t.gettext("choose the language")),
        ("timezone", t.gettext("choose the time zone, by a city")),
        ("time", t.gettext("choose the hour of posts")),
        ("channels", t.gettext("set up channels that you administer")),
        ("privacy", t.gettext("what is kept, and what nobody can protect from")),
        ("mydata", t.gettext("everything kept about this chat")),
        ("forget", t.gettext("delete everything about this chat")),
        ("help", t.gettext("all commands")),
    ]
