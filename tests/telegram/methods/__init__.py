"""The Bot API's methods: each takes the server's state and the call, and returns what stands under `result`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.telegram.journal import Request
from tests.telegram.parameters import Parameters
from tests.telegram.state import State


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method."""

    state: State
    parameters: Parameters
    request: Request


Method = Callable[[Call], Any]
