"""Posts of channels shown to their administrators an hour before. The process that sends does it, at its ticks."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.agenda.hours import due_at, local_day
from bot.app.channels import ChannelHouse
from bot.chats.chat import Chat
from bot.chats.sealing import Seal
from bot.chats.wording import zone_named
from bot.commands.channel_posts import preview
from bot.database import Database
from bot.outbox.edition import ChatView, Edition
from bot.outbox.followers import followed_by
from bot.outbox.leasing import view_of
from bot.outbox.previews import Previewed, claim, forget_previews, previewed_channels

AHEAD = timedelta(hours=1)

_log = structlog.get_logger(__name__)


class Previewing:
    """Shows what is to be posted within the hour, each post once."""

    def __init__(self, database: Database, seal: Seal, house: ChannelHouse) -> None:
        self._database = database
        self._seal = seal
        self._house = house

    async def show(self, edition: Edition, now: datetime) -> int:
        """Show what is due within an hour and was not shown yet; how many posts that were."""
        await forget_previews(self._database, now)
        shown = 0
        for channel in await previewed_channels(self._database, self._seal):
            shown += await self._show_of(channel, edition, now)
        return shown

    async def _show_of(self, channel: Chat, edition: Edition, now: datetime) -> int:
        zone = zone_named(channel.zone)
        # In the hour before midnight the next day's post may be the one that is near.
        days = {local_day(zone, now), local_day(zone, now + AHEAD)}
        near = [day for day in sorted(days) if now < due_at(zone, day, channel.at) <= now + AHEAD]
        shown = 0
        for day in near:
            if channel.first_day is not None and day < channel.first_day:
                continue
            view = await self._view(channel, edition)
            for slot in sorted(edition.slots(view.wishes, day)):
                what = Previewed(channel.id, day, slot)
                if await claim(self._database, what, due_at(zone, day, channel.at)):
                    shown += await self._told(channel, what, view, edition)
        return shown

    async def _view(self, channel: Chat, edition: Edition) -> ChatView:
        async with self._database.read() as connection:
            followed = await followed_by(connection, self._seal, [channel.id], edition.people)
        return view_of(channel, replace(channel.wishes, followed=followed.get(channel.id, frozenset())))

    async def _told(self, channel: Chat, what: Previewed, view: ChatView, edition: Edition) -> bool:
        post = await asyncio.to_thread(edition.compose, view, what.slot, what.day)
        if post is None:
            return False
        for person in await self._house.channels.stewards_of(channel.id, previewing=True):
            title = await self._house.administered(person.address, channel.address)
            if title is not None:
                shown = preview(
                    post, title, person.language, channel=channel.id, day=what.day, slot=what.slot, at=channel.at
                )
                await self._house.tell(person.address, shown)
        return True
