"""What a chat can hear of: everything, a country, days of solidarity, the people it follows. Pure."""

from collections import Counter

from bot.agenda.hearing import EVERYTHING, FOLLOWS_ONLY, OBSERVANCES
from bot.commands.asking import Asking
from bot.posts.dates import listing
from bot.posts.figures import country_name
from bot.records.collection import Calendar


def offered_topics(calendar: Calendar) -> list[str]:
    """Every topic that the calendar has something for, the countries most is known of first."""
    countries = Counter(person.country.code for person in calendar.people.values())
    countries.update(o.country for o in calendar.observances.values() if o.country is not None)
    return [EVERYTHING, OBSERVANCES, *(f"country:{code}" for code, _ in countries.most_common())]


def topic_name(topic: str, asking: Asking) -> str:
    """What a topic is called."""
    names = {
        EVERYTHING: asking.t.pgettext("topic", "Everything"),
        OBSERVANCES: asking.t.pgettext("topic", "Days of solidarity"),
        FOLLOWS_ONLY: asking.t.pgettext("topic", "People I follow only"),
    }
    return names.get(topic) or country_name(topic.removeprefix("country:"), asking.language)


def wished(asking: Asking) -> str:
    """The topics of a chat as a list."""
    topics = sorted(asking.wishes.topics) or [EVERYTHING]
    return listing([topic_name(topic, asking) for topic in topics], asking.language)
