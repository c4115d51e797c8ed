"""A pacer that lets everything pass and writes down what was asked."""

from bot.chats.address import Address


class FreePacer:
    def __init__(self) -> None:
        self.slots: list[tuple[str, bool]] = []

    async def slot(self, address: Address, urgent: bool) -> None:
        self.slots.append((address.chat, urgent))
