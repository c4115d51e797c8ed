"""getMe, and getUpdates with its long polling."""

import asyncio
from typing import Any

from tests.telegram.errors import conflict
from tests.telegram.methods import Call

LONGEST_POLL_S = 50
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def get_me(call: Call) -> dict[str, Any]:
    """Return the bot's own user."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": call.state.reads_all_group_messages,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return call.state.bot.to_json() | abilities


class Poller:
    """Hands out updates to the one getUpdates that waits; a second one ends the first, as setWebhook does."""

    def __init__(self) -> None:
        self._ended: asyncio.Event | None = None
        self._reason = ""

    def end(self, reason: str) -> None:
        """Answer 409 to who waits."""
        if self._ended is not None:
            self._reason = reason
            self._ended.set()
            self._ended = None

    async def get_updates(self, call: Call) -> list[dict[str, Any]]:
        """Return pending updates, or wait for one."""
        parameters, updates = call.parameters, call.state.updates
        if call.state.webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        offset = parameters.integer("offset")
        limit = parameters.between("limit", 100, 1, 100)
        timeout_s = parameters.between("timeout", 0, 0, LONGEST_POLL_S)
        updates.allow(parameters.json("allowed_updates"))
        if offset > 0:
            updates.confirm(offset)
        elif offset < 0:
            updates.keep_last(-offset)
        pending = updates.pending()[:limit]
        if not pending and timeout_s:
            self.end(OTHER_POLLER)
            await self._wait(call, timeout_s)
            pending = updates.pending()[:limit]
        return [update.to_json() for update in pending]

    async def _wait(self, call: Call, timeout_s: int) -> None:
        event = asyncio.Event()
        self._ended = event
        call.state.updates.listen(event)
        if call.state.updates.pending():
            return
        try:
            await asyncio.wait_for(event.wait(), timeout_s)
        except TimeoutError:
            pass
        finally:
            replaced = self._ended is not event
            if not replaced:
                self._ended = None
        if replaced:
            raise conflict(self._reason)
