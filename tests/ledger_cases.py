"""What tests of the ledger share: subscriptions that are due, and platforms made up for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from daily_at_work import MadeUpPlatform
from daily_places import Wanted, notices, subscribe_all

from bot.state.database import Database

HOUR = timedelta(hours=1)
CHAT = -100
QUIET = 0.5
"""Seconds in which the loops look several times, and nothing more must come."""


async def subscribe(database: Database, *wanted: Wanted) -> list[int]:
    """Set posts that are due now, and return their places."""
    return await subscribe_all(database, wanted, datetime.now(UTC))


def telegram(**more: Any) -> MadeUpPlatform:  # noqa: ANN401 - fields of it
    """Return a platform that doesn't recognise repeats."""
    return MadeUpPlatform("telegram", **more)


def discord(**more: Any) -> MadeUpPlatform:  # noqa: ANN401 - fields of it
    """Return a platform that recognises repeats by their nonce."""
    return MadeUpPlatform("discord", nonces=True, **more)


async def told_notices(database: Database) -> list[str]:
    """Return the kinds of what admins are or were to be told."""
    return [kind for kind, _, _ in await database.look(notices)]
