"""Which time counts: the database's where several processes share it, else the machine's.

Decisions go by it, waiting goes by a clock that nobody sets (FAULTS.md, D32 and P10).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection


class Clock:
    """Tells the time of a transaction's database; of `host` where one is given."""

    def __init__(self, host: Callable[[], datetime] | None = None) -> None:
        """Take another clock than the usual one, for tests."""
        self._host = host

    async def now(self, connection: AsyncConnection) -> datetime:
        """Return the time, in UTC."""
        if self._host is not None:
            return self._host()
        if connection.dialect.name != "postgresql":
            return datetime.now(UTC)
        found: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
        return found.astimezone(UTC)


def steady() -> float:
    """Return seconds of a clock that nobody sets and that goes on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
