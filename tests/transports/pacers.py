"""A pacer that lets everything pass and writes down what was asked of it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.chats.address import Address


@dataclass
class FreeTurn:
    chat: str
    urgent: bool
    written_at: float | None = None

    def written(self) -> None:
        self.written_at = 0.0


class FreePacer:
    def __init__(self) -> None:
        self.turns: list[FreeTurn] = []
        self.holds: list[tuple[str, float]] = []
        self.before_turn: Callable[[], None] = lambda: None

    @property
    def used(self) -> list[tuple[str, bool]]:
        """The turns with which a message was made: chat, and whether urgent."""
        return [(turn.chat, turn.urgent) for turn in self.turns if turn.written_at is not None]

    @asynccontextmanager
    async def take(self, address: Address, *, urgent: bool = False) -> AsyncIterator[FreeTurn]:
        self.before_turn()
        turn = FreeTurn(address.chat, urgent)
        self.turns.append(turn)
        yield turn

    def hold(self, address: Address, seconds: float) -> None:
        self.holds.append((address.chat, seconds))
