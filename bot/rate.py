"""How often somebody may ask: a token bucket for each user and each chat, with the time passed in.

The bucket is kept as one moment, the "theoretical arrival time" of GCRA (ITU-T I.371): the time at
which it would be full again. Whoever asks too often is told once how long to wait, and then nothing
until that wait is over.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

CHAT_TIMES_USER = 3
"""A chat may ask so many times as often as one user: three at their limit at once."""

MOST_KEPT = 20_000
"""Buckets that are kept; of more, those that are full the soonest are forgotten."""

_SHORTEST_WAIT = 1e-6
"""Seconds; less is what the sums of floating point numbers are off by, and no wait."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many questions in so many seconds; that many at once are allowed."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a question is answered; if not, after how many seconds the next one is.

    `tells` is true for the first refusal of a wait: that one is said, the others are silence.
    """

    is_admitted: bool
    wait: int = 0
    tells: bool = False


ADMITTED = Admission(True)


class RateLimits:
    """The buckets of users and chats. Without a rate everything is admitted."""

    def __init__(self, rate: Rate | None, most_kept: int = MOST_KEPT) -> None:
        """Take how often one user may ask, and how many buckets are kept at most."""
        self._rate = rate
        self._most_kept = most_kept
        self._now = -math.inf
        self._forget_at = -math.inf
        self._full_at: dict[Hashable, float] = {}
        self._told_until: dict[Hashable, float] = {}

    def admit(self, user: Hashable, chat: Hashable, now: float) -> Admission:
        """Take a token of the user and of the chat, or of neither; `now` is in seconds.

        Time that goes backwards takes nothing and gives nothing: it stands still.
        """
        if self._rate is None:
            return ADMITTED
        rate, now = self._rate, max(now, self._now)
        self._now = now
        if now >= self._forget_at or len(self._full_at) > self._most_kept:
            self._forget(now, rate)
        interval = rate.seconds / rate.count
        buckets = (("user", user), interval), (("chat", chat), interval / CHAT_TIMES_USER)
        waits = [
            (key, max(self._full_at.get(key, now), now) + step - rate.seconds - now)
            for key, step in buckets
        ]
        key, wait = max(waits, key=lambda one: one[1])
        if wait > _SHORTEST_WAIT:
            tells = now >= self._told_until.get(key, -math.inf)
            if tells:
                self._told_until[key] = now + wait - _SHORTEST_WAIT
            return Admission(False, math.ceil(wait - _SHORTEST_WAIT), tells)
        for key, step in buckets:
            self._full_at[key] = max(self._full_at.get(key, now), now) + step
        return ADMITTED

    def _forget(self, now: float, rate: Rate) -> None:
        """Forget the buckets that are full again, which say nothing, and half of too many."""
        self._forget_at = now + rate.seconds
        left = {key: full for key, full in self._full_at.items() if full > now}
        if len(left) > self._most_kept:
            fullest_last = sorted(left.items(), key=lambda one: one[1])
            left = dict(fullest_last[-(self._most_kept // 2) :])
        self._full_at = left
        self._told_until = {key: told for key, told in self._told_until.items() if key in left}
