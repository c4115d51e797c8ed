"""HTTP as strangers may speak it to us: in time, and without learning what answers.

Uvicorn waits for a request's head as long as the other side likes, and a few hundred who do nothing
would keep everybody else out; to what is no HTTP it answers in words of its own. To go when uvicorn
bounds the time for a head.
"""

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S: Final = 10.0


class BoundedProtocol(H11Protocol):
    """Closes a connection that takes longer than `HEAD_S` for the head of a request."""

    head_s = HEAD_S
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the base
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._end_deadline()
        elif self._deadline is None:
            # The first bytes of a further request: uvicorn's own clock has just stopped.
            self._expect_head()

    def send_400_response(self, msg: str) -> None:
        """Close without a word."""
        self.transport.close()

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(self.head_s, self._too_late)

    def _end_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        self._deadline = None
        self.transport.close()
