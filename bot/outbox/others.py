"""Posts of other people in channels, by id, as far as the bot was told of them: ours is none of these.

Kept in memory alone, and only the latest: whoever looks for a post need not look at them.
"""

from collections import OrderedDict, deque
from collections.abc import Container

_POSTS_A_CHANNEL = 100
_CHANNELS = 1_000


class Others:
    """The latest ids in the channels that posted last. Keys are numbers of chats."""

    def __init__(self) -> None:
        self._channels: OrderedDict[int, deque[int]] = OrderedDict()

    def saw(self, chat: int, message_id: int) -> None:
        """Somebody else posted there."""
        self._posts(chat).append(message_id)
        self._channels.move_to_end(chat)

    def of(self, chat: int) -> Container[int]:
        """The ids in a channel: they grow while somebody looks."""
        return self._posts(chat)

    def _posts(self, chat: int) -> deque[int]:
        posts = self._channels.setdefault(chat, deque(maxlen=_POSTS_A_CHANNEL))
        while len(self._channels) > _CHANNELS:
            self._channels.popitem(last=False)
        return posts
