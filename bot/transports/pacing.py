"""When a request may be written: asked of the outbox's limiter, which alone counts."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.chats.address import Address


class Turn(Protocol):
    """Leave to write one message. One never written, or set back to null since none was made, is free again."""

    written_at: float | None

    def written(self) -> None:
        """The request is written now."""


class Pacer(Protocol):
    """Gives out turns; answers to people (`urgent`) come before everything else."""

    def take(self, address: Address, *, urgent: bool = False) -> AbstractAsyncContextManager[Turn]:
        """A turn, in hand until the block ends with the request's answer."""

    def hold(self, address: Address, seconds: float) -> None:
        """Give no turn for this chat for so long: what a 429 asked for."""
