"""When a request may be written: asked of the outbox's limiter, which alone counts."""

from typing import Protocol

from bot.chats.address import Address


class Pacer(Protocol):
    """Gives out slots; answers to people (`urgent`) come before everything else."""

    async def slot(self, address: Address, urgent: bool) -> None:
        """Return when a message to this address may be written."""
