"""Which pictures the other side already has, by their content, as long as the process runs."""

import hashlib
from collections import OrderedDict

from bot.posts.post import Picture


class PictureRefs:
    """The newest `most` names under which uploaded pictures can be sent again."""

    def __init__(self, most: int = 256) -> None:
        self._refs: OrderedDict[bytes, str] = OrderedDict()
        self._most = most

    def get(self, picture: Picture | None) -> str | None:
        """The name of this picture, if it was uploaded."""
        return None if picture is None else self._refs.get(_digest(picture))

    def keep(self, picture: Picture | None, ref: str | None) -> None:
        """Remember a name."""
        if picture is None or ref is None:
            return
        self._refs[_digest(picture)] = ref
        while len(self._refs) > self._most:
            self._refs.popitem(last=False)


def _digest(picture: Picture) -> bytes:
    return hashlib.sha256(picture.png).digest()
