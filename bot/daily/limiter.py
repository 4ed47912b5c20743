"""How fast posts are sent: slower than the platforms allow, so that none has to refuse.

A platform counts what arrives within a second by its own clock. What was sent a second after the
answer to an earlier call arrives more than a second after that call, however long either was on
its way; so a place in the window is free again a second after the answer, not after the call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST_DELAY = 0.25
"""Seconds: a call that is answered later than this is taken to have arrived by then. Waiting for
slow answers would make a slow line slower still; a refusal is waited out anyway. With 0.1 a
platform on a busy machine refused 2 of 20,000 messages."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How many messages may be sent; none for no limit of ours."""

    per_second: int
    chat_per_second: int | None = None
    group_per_minute: int | None = None


@dataclass(slots=True)
class Use:
    """A call that counts; `answered` is when its answer came, by the limiter's clock."""

    begun: float
    answered: float | None = None

    def free_at(self, seconds: float) -> float:
        """Return when it counts no longer in a window of so many seconds."""
        arrived = self.begun + LONGEST_DELAY
        return min(arrived, self.answered if self.answered is not None else arrived) + seconds


@dataclass(slots=True)
class Window:
    """At most so many calls within so many seconds."""

    most: int
    seconds: float
    uses: list[Use] = field(default_factory=list)

    def free(self, at: float) -> int:
        """Return how many calls may begin at a time, now or soon."""
        return self.most - sum(use.free_at(self.seconds) > at for use in self.uses)

    def begin(self, use: Use, now: float) -> None:
        """Count a call, and forget those that count no longer now."""
        self.uses = [one for one in self.uses if one.free_at(self.seconds) > now]
        self.uses.append(use)

    def wait(self, now: float) -> float:
        """Return the seconds until a call may begin."""
        missing = 1 - self.free(now)
        if missing <= 0:
            return 0.0
        frees = sorted(at for use in self.uses if (at := use.free_at(self.seconds)) > now)
        return frees[missing - 1] - now


class Pace:
    """The limits of one platform: altogether, and for each chat. Times are a clock's seconds."""

    def __init__(self, rates: Rates) -> None:
        """Take the rates."""
        self._rates = rates
        self._all = Window(rates.per_second, 1.0)
        self._chats: dict[int, list[Window]] = {}

    def free(self, at: float) -> int:
        """Return how many calls may begin at a time, wherever."""
        return self._all.free(at)

    def wait(self, now: float) -> float:
        """Return the seconds until a call may begin anywhere."""
        return self._all.wait(now)

    def chat_wait(self, chat: int, now: float) -> float:
        """Return the seconds until a call may begin in a chat."""
        return max((window.wait(now) for window in self._chats.get(chat, ())), default=0.0)

    def begin(self, chat: int, now: float, wait: float = 0.0) -> Use:
        """Count a call that begins now or after a wait; note in it when it is answered."""
        use = Use(now + wait)
        self._all.begin(use, now)
        if chat not in self._chats and (windows := list(self._windows(chat))):
            if len(self._chats) >= self._kept:
                self._forget(now)
            self._chats[chat] = windows
        for window in self._chats.get(chat, ()):
            window.begin(use, now)
        return use

    _kept = 1024

    def _windows(self, chat: int) -> Iterator[Window]:
        if self._rates.chat_per_second is not None:
            yield Window(self._rates.chat_per_second, 1.0)
        if self._rates.group_per_minute is not None and chat < 0:
            yield Window(self._rates.group_per_minute, 60.0)

    def _forget(self, now: float) -> None:
        """Drop the chats in which nothing counts any more."""
        self._chats = {
            chat: windows
            for chat, windows in self._chats.items()
            if any(window.free(now) < window.most for window in windows)
        }
        self._kept = max(1024, 2 * len(self._chats))
