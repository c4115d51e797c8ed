"""What the shift's workers have in common: they sleep until woken, and can be waited for until they rest."""

import asyncio


class Wakeful:
    """A worker that clears `_wake` as it begins to look for work, and sets `_idle` once it finds none."""

    def __init__(self) -> None:
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()

    def wake(self) -> None:
        """Something may be due: time has passed, or something was planned."""
        self._idle.clear()
        self._wake.set()

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do now."""
        return self._idle.is_set()

    async def idle(self) -> None:
        """Return once nothing is to be done now."""
        await self._idle.wait()
