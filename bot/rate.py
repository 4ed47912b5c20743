"""How often somebody may ask: token buckets of users, chats and everybody, with the time passed in.

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

TYPING_TIMES_USER = 10
"""Somebody may be looked up for while typing so many times as often as they may ask, for a name has
as many letters."""

MOST_KEPT = 20_000
"""Buckets that are kept; of more, those that are full the soonest are forgotten."""

_SHORTEST_WAIT = 1e-6
"""Seconds; less is what the sums of floating point numbers are off by, and no wait."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many questions in so many seconds; that many at once are allowed."""

    count: int
    seconds: float


EVERYBODY = Rate(2_000, 10)
"""All users together, whatever one of them may: about what one process can answer, and more than
Discord's 50 calls or Telegram's 30 messages a second let out. Only a flood meets it, which then
can't pile up more than some seconds of work."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a question is answered; if not, after how many seconds the next one is.

    `tells` is true for the first refusal of a wait: that one is said, the others are silence.
    """

    is_admitted: bool
    wait: int = 0
    tells: bool = False


ADMITTED = Admission(True)

_Bucket = tuple[Hashable, float, float]
"""A bucket's key, the seconds in which it gains a token, and those in which it is filled."""


class RateLimits:
    """The buckets of users, chats and everybody. Without a rate everything is admitted."""

    def __init__(self, rate: Rate | None, most_kept: int = MOST_KEPT) -> None:
        """Take how often one user may ask, and how many buckets are kept at most."""
        self._rate = rate
        self._most_kept = most_kept
        self._now = -math.inf
        self._forget_at = -math.inf
        self._full_at: dict[Hashable, float] = {}
        self._told_until: dict[Hashable, float] = {}
        self._everybody_full_at = {"asking": -math.inf, "typing": -math.inf}

    def admit(self, user: Hashable, chat: Hashable, now: float) -> Admission:
        """Take a token of the user, of the chat and of everybody, or of none; `now` is in seconds.

        Time that goes backwards takes nothing and gives nothing: it stands still.
        """
        if self._rate is None:
            return ADMITTED
        interval, seconds = self._rate.seconds / self._rate.count, self._rate.seconds
        buckets: list[_Bucket] = [
            (("user", user), interval, seconds),
            (("chat", chat), interval / CHAT_TIMES_USER, seconds),
        ]
        return self._take("asking", buckets, now, self._rate)

    def admit_typing(self, user: Hashable, now: float) -> Admission:
        """Take a token for what is looked up while somebody types, apart from their questions."""
        if self._rate is None:
            return ADMITTED
        interval = self._rate.seconds / self._rate.count / TYPING_TIMES_USER
        return self._take(
            "typing", [(("typing", user), interval, self._rate.seconds)], now, self._rate
        )

    def _take(self, kind: str, buckets: list[_Bucket], now: float, rate: Rate) -> Admission:
        now = self._now = max(now, self._now)
        kept = max(len(self._full_at), len(self._told_until))
        if now >= self._forget_at or kept > self._most_kept:
            self._forget(now, rate)
        waits = [
            (key, _after(self._full_at.get(key), step, now) - seconds - now)
            for key, step, seconds in buckets
        ]
        everybody_full_at = _after(
            self._everybody_full_at[kind], EVERYBODY.seconds / EVERYBODY.count, now
        )
        # of a flood of many each chat is told once
        waits.append((buckets[-1][0], everybody_full_at - EVERYBODY.seconds - now))
        key, wait = max(waits, key=lambda one: one[1])
        if wait > _SHORTEST_WAIT:
            tells = now >= self._told_until.get(key, -math.inf)
            if tells:
                self._told_until[key] = now + wait - _SHORTEST_WAIT
            return Admission(False, math.ceil(wait - _SHORTEST_WAIT), tells)
        for key, step, _ in buckets:
            self._full_at[key] = _after(self._full_at.get(key), step, now)
        self._everybody_full_at[kind] = everybody_full_at
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


def _after(full_at: float | None, step: float, now: float) -> float:
    """Return when a bucket is full again if a token is taken now; one that isn't kept is full."""
    return max(now if full_at is None else full_at, now) + step
