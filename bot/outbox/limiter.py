"""Who may write the next request, and when: the only place where rates are kept.

Answers to people come before broadcasts, and broadcasts are spread evenly, so that an answer waits
for one slot and not for a second. A transport's 429 holds its chat; two chats' within a second
hold all. Broadcast workers and the replies of a transport share one limiter.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.chats.address import Address, ChatKind
from bot.errors import VigilError
from bot.outbox.windows import Rates, RoundTrip, Window

# Every topic of a forum counts for its group: limits go by the chat alone.
_Key = tuple[str, str]

_SWEEP_EVERY = 2000
# How far broadcasts may run ahead of an even spread, so that what a busy moment cost is made good again.
_AHEAD_S = 0.1
# Two chats' 429 within so long are about the bot, not about the chats.
_TOGETHER_S = 1.0
_PATIENCE_S = 2.0


class WithdrawnError(VigilError):
    """A turn that was waited for will not come soon."""


@dataclass(slots=True)
class Turn:
    """Leave to write one request; `written` is called immediately before."""

    windows: tuple[Window, ...]
    clock: Callable[[], float]
    written_at: float | None = None

    def written(self) -> None:
        """The request is written now."""
        self.written_at = self.clock()

    def arrived_by(self, round_trip: RoundTrip) -> float | None:
        """By when the request had arrived, as the slot is returned; None if it was never written."""
        if self.written_at is None:
            return None
        return round_trip.arrived_by(self.written_at, self.clock())


@dataclass(slots=True, eq=False)
class _Waiter:
    key: _Key
    window: Window
    granted: asyncio.Future[None] = field(repr=False)


class Limiter:
    """Turns for one transport; null rates give one at once, and keep to holds alone."""

    def __init__(self, rates: Rates | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates
        self._clock = clock
        self._all = Window.of_rate(rates.all_per_s) if rates else Window(1_000_000, 0)
        # Whoever pays for broadcasts has two limits: answers to people keep the free one.
        self._free = Window.of_rate(rates.free_per_s) if rates and rates.free_per_s else self._all
        self._chats: dict[_Key, Window] = {}
        self._held: dict[_Key, float] = {}
        self._all_held_until = -math.inf
        self._next_broadcast_at = -math.inf
        self._last_hold: tuple[_Key | None, float, float] = (None, -math.inf, 0.0)
        self._round_trip = RoundTrip()
        self._urgent: deque[_Waiter] = deque()
        self._broadcast: deque[_Waiter] = deque()
        self._wake: asyncio.TimerHandle | None = None
        self._until_sweep = _SWEEP_EVERY

    @asynccontextmanager
    async def take(self, address: Address, *, urgent: bool = False) -> AsyncIterator[Turn]:
        """A turn, in hand until the block ends with the request's answer."""
        key = (address.transport, address.chat)
        window = self._window(key, address.kind)
        await self._granted(key, window, urgent=urgent)
        turn = Turn((self._everyone(urgent=urgent), window), self._clock)
        try:
            yield turn
        finally:
            self._returned(turn)

    def wait_s(self, address: Address) -> float:
        """How long this chat's own limit or hold asks to wait; 0 if it does not."""
        key = (address.transport, address.chat)
        now = self._clock()
        window = self._chats.get(key)
        free_at = max(window.free_at(now) if window else now, self._held.get(key, now))
        return max(0.0, free_at - now)

    def hold(self, address: Address, seconds: float) -> None:
        """Write nothing to this chat for so long, as the transport asked (429).

        Two chats' within a second hold all, for the shorter of the two: a wait of hours that was
        asked for one message must not silence everybody, and whoever is still held says so again.
        """
        key = (address.transport, address.chat)
        now = self._clock()
        self._held[key] = max(self._held.get(key, 0.0), now + seconds)
        before, at, wait_s = self._last_hold
        if before not in (None, key) and now - at <= _TOGETHER_S:
            self.hold_all(min(seconds, wait_s))
        self._last_hold = (key, now, seconds)

    def hold_again(self, address: Address, seconds: float) -> None:
        """Hold a chat for what is left of what an earlier run was asked for; it says nothing of all."""
        key = (address.transport, address.chat)
        self._held[key] = max(self._held.get(key, 0.0), self._clock() + seconds)

    def hold_all(self, seconds: float) -> None:
        """Write nothing at all for so long; broadcasts that wait for a turn are better given back."""
        self._all_held_until = max(self._all_held_until, self._clock() + seconds)
        if seconds > _PATIENCE_S:
            self.withdraw()

    def withdraw(self) -> None:
        """Have every broadcast that waits for a turn end with WithdrawnError."""
        while self._broadcast:
            waiter = self._broadcast.popleft()
            if not waiter.granted.done():
                waiter.granted.set_exception(WithdrawnError("no turn soon"))

    def release_all(self) -> None:
        """End a hold of everything."""
        self._all_held_until = -math.inf
        self._pump()

    @property
    def rate_per_s(self) -> float | None:
        """How many messages a second there may be at most; null where nothing limits them."""
        return None if self._rates is None else self._rates.all_per_s

    @property
    def all_held_s(self) -> float:
        """For how long everything is still held; 0 if it is not."""
        return max(0.0, self._all_held_until - self._clock())

    async def _granted(self, key: _Key, window: Window, *, urgent: bool) -> None:
        now = self._clock()
        queue = self._urgent if urgent else self._broadcast
        nobody_waits = not self._urgent and (urgent or not self._broadcast)
        if nobody_waits and max(self._open_at(now, urgent=urgent), self._chat_open_at(key, window, now)) <= now:
            self._grant(window, now, urgent=urgent)
            return
        waiter = _Waiter(key, window, asyncio.get_running_loop().create_future())
        queue.append(waiter)
        self._pump()
        try:
            await waiter.granted
        except asyncio.CancelledError:
            if waiter in queue:
                queue.remove(waiter)
            elif waiter.granted.done() and not waiter.granted.cancelled():
                self._returned(Turn((self._everyone(urgent=urgent), window), self._clock))
            raise

    def _pump(self) -> None:
        """Grant all that may be granted now, and wake again when the next may be."""
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None
        now = self._clock()
        wake_at = min(self._serve(self._urgent, now, urgent=True), self._serve(self._broadcast, now, urgent=False))
        if wake_at < math.inf:
            self._wake = asyncio.get_running_loop().call_later(max(0.0, wake_at - now), self._pump)

    def _serve(self, queue: deque[_Waiter], now: float, *, urgent: bool) -> float:
        """Grant what this queue may have; the time of the next possible grant. Chats that must wait block nobody."""
        wake_at = math.inf
        for waiter in list(queue):
            open_at = self._open_at(now, urgent=urgent)
            if open_at > now:
                return min(wake_at, open_at)
            chat_open_at = self._chat_open_at(waiter.key, waiter.window, now)
            if chat_open_at > now:
                wake_at = min(wake_at, chat_open_at)
                continue
            queue.remove(waiter)
            if not waiter.granted.done():
                self._grant(waiter.window, now, urgent=urgent)
                waiter.granted.set_result(None)
        return wake_at

    def _everyone(self, *, urgent: bool) -> Window:
        return self._free if urgent else self._all

    def _open_at(self, now: float, *, urgent: bool) -> float:
        paced_at = now if urgent or self._rates is None else self._next_broadcast_at - _AHEAD_S
        return max(self._everyone(urgent=urgent).free_at(now), self._all_held_until, paced_at)

    def _chat_open_at(self, key: _Key, window: Window, now: float) -> float:
        return max(window.free_at(now), self._held.get(key, -math.inf))

    def _grant(self, window: Window, now: float, *, urgent: bool) -> None:
        self._everyone(urgent=urgent).begin()
        window.begin()
        if not urgent and self._rates is not None:
            self._next_broadcast_at = max(now, self._next_broadcast_at) + self._all.spacing_s

    def _returned(self, turn: Turn) -> None:
        arrived_by = turn.arrived_by(self._round_trip)
        for window in turn.windows:
            window.end(arrived_by)
        self._sweep()
        if self._urgent or self._broadcast:
            self._pump()

    def _window(self, key: _Key, kind: ChatKind) -> Window:
        window = self._chats.get(key)
        if window is None:
            window = self._chats[key] = self._new_window(kind)
        return window

    def _new_window(self, kind: ChatKind) -> Window:
        if self._rates is None:
            return Window(1_000_000, 0)
        if kind is ChatKind.PRIVATE:
            return Window.of_rate(self._rates.private_per_s)
        return Window.of_rate(self._rates.group_per_minute, 60)

    def _sweep(self) -> None:
        """Forget, now and then, chats about which nothing need be remembered."""
        self._until_sweep -= 1
        if self._until_sweep:
            return
        self._until_sweep = _SWEEP_EVERY
        now = self._clock()
        waiting = {waiter.key for waiter in (*self._urgent, *self._broadcast)}
        self._chats = {key: window for key, window in self._chats.items() if key in waiting or not window.is_idle(now)}
        self._held = {key: until for key, until in self._held.items() if until > now}
