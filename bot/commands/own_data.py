"""/mydata: everything that is kept about a chat, in its own words, and in private of the channels set up from it.

Imports no transport.
"""

from bot.chats.channels import Stewardship
from bot.commands import offers
from bot.commands.asking import Asking
from bot.commands.fields import FIELDS
from bot.commands.followed import followed_here
from bot.commands.replies import reply, show
from bot.commands.request import Reply
from bot.posts.dates import full_date


async def my_data(asking: Asking) -> Reply:
    """Each thing that the database holds of this chat, and what it does not hold."""
    chat = asking.chat
    if chat is None:
        remembered = {"chosen": bool(asking.visitor.choices), "asked": bool(asking.visitor.asked)}
        return reply(show(asking, "my_data_none", **remembered), (offers.privacy(asking.t),))
    follows = await followed_here(asking)
    html = show(
        asking,
        "my_data",
        lines=[(field.title(asking.t), field.shown(asking)) for field in FIELDS.values()],
        subscribed=asking.is_subscribed,
        paused=chat.state == "paused",
        first=full_date(chat.first_day, asking.language) if chat.first_day else "",
        follows=len(follows),
        deliveries=await asking.desk.kept(chat.id),
        looks_after=await _stewardship(asking, chat.id),
        asked=bool(asking.visitor.asked),
    )
    return reply(html, (offers.settings(asking.t), offers.forget(asking.t)))


async def _stewardship(asking: Asking, person: int) -> Stewardship:
    desk = asking.desk.channels
    return Stewardship(0, 0) if desk is None else await desk.channels.stewardship_of(person)
