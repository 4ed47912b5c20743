"""What every adapter is given: the answers, the limits, the counters, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING

from bot.answering import Answering
from bot.metrics import Metrics
from bot.rate import RateLimits

if TYPE_CHECKING:  # it brings the database along, which a bot that keeps nothing does without
    from bot.desk.desk import Desk


def utc_now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Service:
    """One for a process, shared by its adapters. `zone` is that of chats that have none.

    Without a `desk` nothing is kept, and the commands that would say so. It is there before an
    adapter runs, but after the adapters are made, whose ways to deliver it knows.
    """

    answering: Answering
    rate: RateLimits
    metrics: Metrics
    zone: tzinfo = UTC
    clock: Callable[[], datetime] = utc_now
    desk: Desk | None = None

    def today(self, zone: tzinfo | None = None) -> date:
        """Return the day in a chat's zone, or in that of a chat that has none of its own."""
        return self.clock().astimezone(zone or self.zone).date()
