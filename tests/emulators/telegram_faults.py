"""Faults on demand, and the server's limits of speed.

Faults stand at named points of a call: before it is read, before its effect, after it. What really
happened is what the emulator's world shows. Rates: https://core.telegram.org/bots/faq ("My bot is
hitting limits"): one message a second in a chat, 20 a minute in a group, about 30 a
second over all.
"""

from __future__ import annotations

import fnmatch
import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from emulators.telegram_errors import ApiError, too_many

Kind = Literal[
    "cut before reading",
    "status before effect",
    "retry after",
    "delay before effect",
    "delay after effect",
    "cut after effect",
    "status after effect",
    "html after effect",
    "html before effect",
    "broken json",
    "no result",
    "half answer",
]
BEFORE = frozenset(("status before effect", "html before effect", "retry after"))
STATUS_TEXTS = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}
SENDING = ("send", "copy", "forward")


@dataclass
class Fault:
    """A fault to come: for methods that match `pattern`, `times` times."""

    pattern: str
    kind: Kind
    times: int
    status: int = 500
    seconds: float = 1.0
    chat: int | None = None

    def fits(self, method: str, chat: str) -> bool:
        """Tell whether this fault is for a call of `method` to `chat`."""
        if self.times <= 0 or not fnmatch.fnmatchcase(method.lower(), self.pattern.lower()):
            return False
        return self.chat is None or str(self.chat) == chat


class Faults:
    """The faults to come, first set first used."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def take(self, method: str, chat: str) -> Fault | None:
        """Return the fault for this call, and count it."""
        for fault in self.waiting:
            if fault.fits(method, chat):
                fault.times -= 1
                return fault
        return None


@dataclass(frozen=True)
class Rates:
    """How many messages the server takes; none for no limit."""

    chat_per_second: int | None = None
    group_per_minute: int | None = None
    all_per_second: int | None = None


REAL_RATES = Rates(chat_per_second=1, group_per_minute=20, all_per_second=30)
"""The documented figures."""


class Pace:
    """Counts messages sent, and refuses those above the rates. `clock` gives seconds."""

    def __init__(self, rates: Rates, clock: Callable[[], float]) -> None:
        self.rates = rates
        self.clock = clock
        self._sent: defaultdict[str, deque[float]] = defaultdict(deque)

    def check(self, method: str, chat: str) -> None:
        """Count one call; raises ApiError 429 with retry_after where it comes too early."""
        if not method.lower().startswith(SENDING) or method.lower() == "sendchataction":
            return
        limits = [("", self.rates.all_per_second, 1.0), (chat, self.rates.chat_per_second, 1.0)]
        if chat.startswith(("-", "@")):
            limits.append((f"{chat} a minute", self.rates.group_per_minute, 60.0))
        now = self.clock()
        for name, most, window in limits:
            if most is None:
                continue
            sent = self._sent[name]
            while sent and now - sent[0] >= window:
                sent.popleft()
            if len(sent) >= most:
                raise too_many(max(1, math.ceil(window - (now - sent[0]))))
        for name, most, _ in limits:
            if most is not None:
                self._sent[name].append(now)


def error_of(fault: Fault) -> ApiError:
    """Return the refusal of a fault that answers with a status."""
    if fault.kind == "retry after":
        return too_many(int(fault.seconds))
    return ApiError(fault.status, STATUS_TEXTS.get(fault.status, "Internal Server Error"))
