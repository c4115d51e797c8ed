"""Which pictures the other side already has, by their content, as long as the process runs."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.posts.post import Picture


class PictureRefs:
    """The newest `most` names under which uploaded pictures can be sent again."""

    def __init__(self, most: int = 256) -> None:
        self._refs: OrderedDict[bytes, str] = OrderedDict()
        self._uploading: dict[bytes, asyncio.Lock] = {}
        self._most = most

    def get(self, picture: Picture) -> str | None:
        """The name of this picture, if it was uploaded."""
        return self._refs.get(_digest(picture))

    def forget(self, picture: Picture, ref: str) -> None:
        """This name is not taken any more; one that another upload gave since stays."""
        if self.get(picture) == ref:
            del self._refs[_digest(picture)]

    def keep(self, picture: Picture, ref: str | None) -> None:
        """Remember a name; null forgets the one that was known."""
        self._refs.pop(_digest(picture), None)
        if ref is not None:
            self._refs[_digest(picture)] = ref
        while len(self._refs) > self._most:
            self._refs.popitem(last=False)

    @asynccontextmanager
    async def one_upload(self, picture: Picture) -> AsyncIterator[None]:
        """Be the only one who uploads this picture: who comes meanwhile waits, and finds its name."""
        digest = _digest(picture)
        lock = self._uploading.setdefault(digest, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked():
                self._uploading.pop(digest, None)


def _digest(picture: Picture) -> bytes:
    return hashlib.sha256(picture.png).digest()
