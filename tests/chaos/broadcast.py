"""A broadcast that is disturbed: a day's post to many chats, by real processes over the real wire."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.agenda.wishes import Wishes
from bot.chats.chats import Chats
from bot.chats.sealing import open_seal
from bot.outbox.tables import deliveries, probes
from tests.app.process import REAL, Process, running
from tests.app.scene import MIDNIGHT, address_of, remembered_today
from tests.databases import opened, sqlite_url
from tests.telegram import Chat, Message, TelegramServer, User
from tests.telegram.journal import Request

PATIENCE_S = 120.0
# What puts a message into a chat or takes one away: what the moments of a kill are counted by.
_WRITING = ("sendMessage", "sendPhoto", "deleteMessage", "forwardMessage")
_SENDING = ("sendMessage", "sendPhoto")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the outbox, with the number of its chat in Telegram."""

    chat: int
    state: str
    message_id: int | None
    attempts: int
    pending: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in the database: the deliveries, chats with silent messages in doubt, and chats that are paused."""

    deliveries: list[Delivery]
    probes: int
    paused: int


@dataclass
class Broadcast:
    """The server, the operators, the chats that wait for the day's post, and how the bot is set.

    `in_flight` are the chats whose answers the bot may not have written down at a kill, `open` is how many
    requests were not even answered.
    """

    server: TelegramServer
    folder: Path
    operators: User
    places: list[Chat]
    settings: dict[str, object]
    chance: random.Random
    database: str
    in_flight: set[int] = field(default_factory=set)
    open: int = 0

    @property
    def home(self) -> Path:
        """The home of every process of this broadcast."""
        return self.folder / "home"

    def process(self, **more: object) -> Any:
        """A running bot, as a context."""
        return running(self.home, self.server, REAL, **self.settings, **more)

    def written(self) -> int:
        """How many requests have come that write or take away messages; cheap, for predicates."""
        methods = self.server.state.journal.methods
        return sum(methods[name] for name in _WRITING)

    def kill(self, kills: int, requests: int, *, slack_s: float) -> None:
        """Kill the bot so often, spread over about so many requests that write; note what was in flight each time."""
        for left in range(kills, 0, -1):
            share = (requests - self.written()) / (left + 1)
            self.kill_after(max(1, int(share * self.chance.uniform(0.3, 1.0))), slack_s=slack_s)
            self.people_post(0.1)

    def kill_after(self, requests: int, *, slack_s: float) -> None:
        """Start the bot, kill it at that many requests of its own, and note what was in flight.

        What comes after the kill and before the next start was on its way: all of it belongs to this run.
        """
        begin = self.written()
        with self.process() as process:
            self.server.wait(lambda: self.written() - begin >= requests, PATIENCE_S)
            at = self.server.clock.elapsed()
            process.kill()
        self.note_in_flight(at, slack_s)

    def note_in_flight(self, at: float, slack_s: float) -> None:
        """Note what the server counts as under way at that moment, with what came since and was on its way."""
        now = self.server.clock.elapsed()
        mine = [r for r in self.server.in_flight(now, now - at + slack_s) if r.method in _SENDING]
        self.in_flight |= {_chat(request) for request in mine}
        self.open += sum(request.answered_at is None or request.answered_at >= at for request in mine)

    def wait_for_more(self, requests: int) -> None:
        """Wait until so many more requests have come that write or take away messages."""
        begin = self.written()
        self.server.wait(lambda: self.written() - begin >= requests, PATIENCE_S)

    def people_post(self, share: float) -> None:
        """Administrators post in a share of the channels, up to three times each."""
        for place in self.places:
            if place.kind == "channel" and self.chance.random() < share:
                for number in range(self.chance.randint(1, 3)):
                    self.server.people.post(place, f"News {number}")

    def finish(self, patience_s: float = PATIENCE_S) -> float:
        """Run the bot until nothing is left to be done; after how many seconds every delivery was where it stays."""
        began = self.server.clock.elapsed()
        with self.process() as process:
            self.wait_until_settled([process], patience_s)
            took_s = self.server.clock.elapsed() - began
            # Silent messages that were left in channels are taken away once no post is looked for any more.
            self.wait_until_settled([process], 3600, tidy=True)
            assert process.stop()[0] == 0
        return took_s

    def wait_until_settled(
        self, processes: Sequence[Process], patience_s: float = PATIENCE_S, *, tidy: bool = False
    ) -> None:
        """Wait until every delivery is where it stays, and with `tidy` until nothing else is left to be done."""
        self.wait_until(lambda: self.is_settled(tidy=tidy), processes, patience_s)

    def wait_until(self, holds: Callable[[], bool], processes: Sequence[Process], patience_s: float) -> None:
        """Look into the database again and again; AssertionError if a process ends before, or it takes longer."""
        deadline = self.server.clock.elapsed() + patience_s
        while not holds():
            for process in processes:
                assert process.status is None, (process.out, process.err)
            states = Counter(delivery.state for delivery in self.deliveries())
            assert self.server.clock.elapsed() < deadline, f"{states}; {self.server.summary()}"
            self._pause()

    def is_settled(self, *, tidy: bool = False) -> bool:
        """Whether each chat has its delivery, about none of which anything is to be done before its day ends.

        `tidy` asks besides that no silent message may stand in a channel.
        """
        found = asyncio.run(self._read())
        is_done = len(found.deliveries) == len(self.places) and not any(d.pending for d in found.deliveries)
        return is_done and not (tidy and found.probes)

    def deliveries(self) -> list[Delivery]:
        """Every delivery of these chats."""
        return asyncio.run(self._read()).deliveries

    def check_channels(self) -> None:
        """Each channel has its post once, and the bot knows where; nothing else of it stands there."""
        known = {delivery.chat: (delivery.state, delivery.message_id) for delivery in self.deliveries()}
        stand = {p.id: [message.id for message in self.posts(p)] for p in self.places if p.kind == "channel"}
        # The numbers of these chats mean nobody: they may be shown.
        _none({chat: ids for chat, ids in stand.items() if len(ids) != 1}, "channels without one post each")
        wrong = {chat: known[chat] for chat, ids in stand.items() if known[chat] != ("sent", ids[0])}
        _none(wrong, "channels whose post the bot knows otherwise")
        _none([None] * self.paused(), "chats paused")

    def check_readers(self, may_be_uncertain: set[int], *, kills: int = 0) -> int:
        """Nobody has it twice; who has it not, or perhaps not, is among these. How many are uncertain.

        One more a kill may be: it was noted as written, and the kill came before the write itself. No two are,
        since nothing else runs between the two.
        """
        stand = {p.id: len(self.posts(p)) for p in self.places if p.kind == "private"}
        known = {delivery.chat: delivery.state for delivery in self.deliveries() if delivery.chat in stand}
        uncertain = {chat for chat, state in known.items() if state == "uncertain"}
        _none({chat: state for chat, state in known.items() if state not in {"sent", "uncertain"}}, "other states")
        _none({chat: number for chat, number in stand.items() if number > 1}, "readers who got it more than once")
        _none({chat for chat, number in stand.items() if number == 0} - uncertain, "readers who did not get it")
        unexplained = uncertain - may_be_uncertain
        _none(unexplained if len(unexplained) > kills else (), "uncertain ones that were not under way")
        _none([None] * self.paused(), "chats paused")
        return len(uncertain)

    def tried(self) -> int:
        """How often each delivery has been tried at least."""
        return min((delivery.attempts for delivery in self.deliveries()), default=0)

    def paused(self) -> int:
        """How many chats are paused."""
        return asyncio.run(self._read()).paused

    def posts(self, place: Chat) -> list[Message]:
        """What one sees of the bot in a chat."""
        return self.server.messages(place.id, by_bot=True)

    def strays(self) -> int:
        """How many copies made for looking stay with the operators."""
        return sum(message.origin is not None for message in self.server.messages(self.operators.id, by_bot=True))

    async def _read(self) -> "_Found":
        names = {str(place.id): place.id for place in self.places}
        async with opened(self.database) as database:
            known = await Chats(database, await open_seal(database, self.home / "vigil.key")).listing()
            numbers = {chat.id: names[chat.address.chat] for chat in known if chat.address.chat in names}
            async with database.read() as connection:
                rows = (await connection.execute(select(deliveries).where(deliveries.c.chat.in_(numbers)))).all()
                left = (await connection.execute(select(probes))).all()
        found = [Delivery(numbers[r.chat], r.state, r.message_id, r.attempts, _is_pending(r)) for r in rows]
        return _Found(found, len(left), sum(chat.state == "paused" for chat in known))

    def _pause(self) -> None:
        """Wait for a request that does more than ask for updates, or for a quarter of a second."""
        before = self.written()
        try:
            self.server.wait(lambda: self.written() > before + 50, 0.25)
        except TimeoutError:
            return


@contextmanager
def broadcast(
    folder: Path, *, channels: int = 0, readers: int = 0, seed: int = 1, database: str = "", **settings: object
) -> Iterator[Broadcast]:
    """A day's post, due now, to so many channels and private chats."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    database = database or sqlite_url(home)
    with TelegramServer(limits=True, seed=seed, latency_s=0.05) as server:
        operators = server.people.add_user()
        places = [_channel(server, number) for number in range(channels)]
        places += [server.chat(server.people.add_user().id) for _ in range(readers)]
        mine = remembered_today(folder) | {"operators": f"telegram:{operators.id}", "key_file": home / "vigil.key"}
        mine |= {"database": database} if database.startswith("postgresql") else {}
        chance = random.Random(seed)
        stage = Broadcast(server, folder, operators, places, mine | settings, chance, database)
        asyncio.run(_subscribe(stage))
        yield stage


def rates(server: TelegramServer, *, send: int, operators: int) -> dict[str, object]:
    """Raise the limits, the server's and the bot's alike; channels keep theirs."""
    server.limits.overall = send
    server.limits.private_burst, server.limits.private_per_second = operators, float(operators)
    return {"send_rate": send, "chat_rate": operators}


def _channel(server: TelegramServer, number: int) -> Chat:
    """A channel with thousands of earlier posts, of which the latest are kept here, with gaps in their ids."""
    channel = server.people.add_channel(f"Channel {number}", last_id=4000 + 7 * number)
    server.people.add_history(channel, 12, gap_every=5)
    return channel


async def _subscribe(stage: Broadcast) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    wishes = Wishes(facts="never")
    async with opened(stage.database) as database:
        chats = Chats(database, await open_seal(database, stage.home / "vigil.key"))
        for place in stage.places:
            await chats.subscribe(
                address_of(place), now=yesterday, language="en", zone="UTC", at=MIDNIGHT, wishes=wishes
            )


def _chat(request: Request) -> int:
    assert isinstance(request.chat_id, int)
    return request.chat_id


def _is_pending(row: Any) -> bool:
    """Whether something is still done about it before its day ends."""
    return row.next_at is not None and row.next_at < row.expires_at


def _none(wrong: Sized, what: str) -> None:
    assert not wrong, f"{len(wrong)} {what}: {wrong}"
