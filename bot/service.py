"""What every adapter is given: the answers, the limits, the counters, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from bot.answering import Answering
from bot.metrics import Metrics
from bot.rate import RateLimits


def utc_now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Service:
    """One for a process, shared by its adapters. `zone` is that of chats that have none."""

    answering: Answering
    rate: RateLimits
    metrics: Metrics
    zone: tzinfo = UTC
    clock: Callable[[], datetime] = utc_now

    def today(self) -> date:
        """Return the day in the zone of a chat that has none of its own."""
        return self.clock().astimezone(self.zone).date()
