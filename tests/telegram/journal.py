"""What was asked of the server and what became of each request."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.telegram.parameters import Parameters

if TYPE_CHECKING:
    from tests.telegram.faults import Fault
    from tests.telegram.messages import Message

Told = Literal["ok", "refused", "garbled", "nothing"]


@dataclass(slots=True, eq=False)
class Request:
    """One request. Times are the server's elapsed seconds.

    `acted`: the method was carried out, whatever the client was told. `told`: what went out: the true
    answer (`ok`, `refused`), something that is no true answer (`garbled`), or `nothing`.
    `gone`: the client had hung up before the answer was written.
    """

    number: int
    method: str
    chat_id: int | str | None
    at: float
    parameters: Parameters
    answered_at: float | None = None
    status: int | None = None
    description: str | None = None
    acted: bool = False
    told: Told = "nothing"
    gone: bool = False
    fault: "Fault | None" = None
    message: "Message | None" = None

    @property
    def is_lost_answer(self) -> bool:
        """Whether it was carried out and the client cannot know it."""
        return self.acted and (self.told in ("nothing", "garbled") or self.gone)


@dataclass
class Journal:
    """All requests in the order they came."""

    requests: list[Request] = field(default_factory=list)
    methods: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    open: dict[int, Request] = field(default_factory=dict)

    def begin(self, method: str, parameters: Parameters, at: float) -> Request:
        """Note a request that has arrived whole."""
        request = Request(len(self.requests) + 1, method, chat_of(parameters), at, parameters)
        self.requests.append(request)
        self.methods[method] += 1
        self.open[request.number] = request
        return request

    def end(self, request: Request, at: float) -> None:
        """Note that nothing more will be done about it."""
        request.answered_at = at
        del self.open[request.number]
        if request.status is not None and not request.gone:
            self.statuses[request.status] += 1
        if request.fault is not None:
            self.faults[request.fault.kind] += 1

    def of(self, method: str | None = None, chat_id: int | str | None = None) -> list[Request]:
        """Return the requests of a method, to a chat, or both."""
        return list(self._matching(method, chat_id))

    def in_flight(self, at: float, slack_s: float = 0.0) -> list[Request]:
        """Return the requests whose answer the client may not have had at `at`.

        They had come by then and were answered, if at all, no earlier than `slack_s` before.
        """
        return [r for r in self.requests if r.at <= at and (r.answered_at is None or r.answered_at >= at - slack_s)]

    def _matching(self, method: str | None, chat_id: int | str | None) -> Iterator[Request]:
        for request in self.requests:
            if method is not None and request.method != method:
                continue
            if chat_id is None or request.chat_id == chat_id:
                yield request


def chat_of(parameters: Parameters) -> int | str | None:
    """Return the chat a request names, as a number where it is one."""
    if "chat_id" not in parameters:
        return None
    named = parameters.text("chat_id")
    return named if named.startswith("@") else parameters.integer("chat_id")
