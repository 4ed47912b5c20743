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
"""Buckets after which those that are full again are forgotten; a full one says nothing."""


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

    def __init__(self, rate: Rate | None) -> None:
        """Take how often one user may ask."""
        self._rate = rate
        self._full_at: dict[Hashable, float] = {}
        self._told_until: dict[Hashable, float] = {}

    def admit(self, user: Hashable, chat: Hashable, now: float) -> Admission:
        """Take a token of the user and of the chat, or of neither; `now` is in seconds.

        Time that goes backwards takes nothing and gives nothing.
        """
        if self._rate is None:
            return ADMITTED
        rate = self._rate
        interval = rate.seconds / rate.count
        buckets = (("user", user), interval), (("chat", chat), interval / CHAT_TIMES_USER)
        waits = [
            (key, self._full_at.get(key, now) + step - rate.seconds - now) for key, step in buckets
        ]
        over = [(key, wait) for key, wait in waits if wait > 0]
        if over:
            key, wait = max(over, key=lambda one: one[1])
            tells = now >= self._told_until.get(key, -math.inf)
            if tells:
                self._told_until[key] = now + wait
            return Admission(False, math.ceil(wait), tells)
        for key, step in buckets:
            self._full_at[key] = max(self._full_at.get(key, now), now) + step
        if len(self._full_at) > MOST_KEPT:
            self._forget(now)
        return ADMITTED

    def _forget(self, now: float) -> None:
        self._full_at = {key: full for key, full in self._full_at.items() if full > now}
        self._told_until = {key: until for key, until in self._told_until.items() if until > now}
