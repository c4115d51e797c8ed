"""Serving the room on its loopback address, within the caller's event loop."""

from bot.doors.room.app import Room
from bot.doors.serving import Bounds, Server

CONNECTIONS = 100


class RoomServer(Server):
    """Serves a room until it is told to stop."""

    def __init__(self, room: Room, listen: str) -> None:
        super().__init__(room, listen, Bounds(CONNECTIONS), setting="VIGIL_LISTEN")
        self._room = room

    async def stop(self) -> None:
        """Stop taking requests, let what is being answered end, and free the port."""
        if self.is_serving:
            # Streams never end by themselves.
            self._room.close()
        await super().stop()
