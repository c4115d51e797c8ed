"""What a discreet chat gets: a line that a lock screen may show, and a button to the post behind it.

Pure. The post itself comes as an answer, which the door deletes after an hour.
"""

from datetime import date

from bot.agenda.occurrence import Slot
from bot.posts.post import Button, Post
from bot.posts.translations import translator


def discreet_post(language: str, slot: Slot, on: date) -> Post:
    """The neutral message of a slot: it names nobody and nothing, and states no record."""
    t = translator("posts", language)
    show = Button(t.gettext("Show"), command=f"/post {on.isoformat()} {slot.value}")
    return Post(t.gettext("A new entry for today."), ((show,),))
