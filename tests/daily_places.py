"""Subscriptions for tests, written into the state database before or beside the bot.

places = Places(settings)           # opened and closed at each call: for a bot that does not run
due = places.subscribe("discord", chat, server=guild)
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.settings import StateSettings
from bot.state.database import Database, open_database
from bot.state.places import keep_place
from bot.state.posts import Post
from bot.state.states import Platform
from bot.state.subscriptions import Subscription, keep_subscription
from bot.state.tables import notice, post

Result = TypeVar("Result")

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Wanted:
    """A subscription to be: where, and how long ago today's post was due."""

    platform: str
    chat: int
    topic: int = 0
    server: int | None = None
    kind: str = "text"
    ago: timedelta = timedelta(0)
    counts_from_ago: timedelta | None = None
    late: timedelta = timedelta(hours=6)
    set_by: int | None = None
    options: tuple[tuple[str, object], ...] = ()


async def subscribe(connection: AsyncConnection, one: Wanted, now: datetime) -> int:
    """Write a subscription whose post of the local date was due `ago`; return its place."""
    place = await keep_place(
        connection,
        Platform(one.platform),
        one.chat,
        one.topic,
        kind=one.kind,
        server=one.server,
    )
    due = now - one.ago
    counts_from = now - (one.counts_from_ago or one.ago + 2 * MINUTE)
    more = dict(one.options)
    await keep_subscription(
        connection,
        Subscription(
            place_id=place.id,
            wall_time=time(due.hour, due.minute),
            zone="UTC",
            late=one.late,
            set_by=one.set_by,
            counts_from=counts_from,
            changed_at=counts_from,
            wake_at=now,
            **more,  # type: ignore[arg-type]
        ),
    )
    return place.id


async def all_posts(connection: AsyncConnection) -> list[Post]:
    """Return the whole ledger."""
    rows = await connection.execute(select(post).order_by(post.c.id))
    return [Post.from_row(row) for row in rows]


async def states(connection: AsyncConnection) -> dict[tuple[str, str], int]:
    """Return how many rows there are by platform and state."""
    rows = await connection.execute(
        select(post.c.platform, post.c.state, func.count()).group_by(post.c.platform, post.c.state)
    )
    return {(row[0], row[1]): row[2] for row in rows}


async def notices(connection: AsyncConnection) -> list[tuple[str, str, int | None]]:
    """Return what admins are or were to be told: kind, state, the row."""
    rows = await connection.execute(
        select(notice.c.kind, notice.c.state, notice.c.post_id).order_by(notice.c.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


class Places:
    """The state database seen from a test without an event loop."""

    def __init__(self, settings: StateSettings) -> None:
        """Take where it is."""
        self.settings = settings

    def subscribe(self, *wanted: Wanted) -> list[int]:
        """Write subscriptions while no bot has the database; return their places."""

        async def change(connection: AsyncConnection) -> list[int]:
            now = datetime.now(UTC)
            return [await subscribe(connection, one, now) for one in wanted]

        return self.write(change)

    def write(self, change: Callable[[AsyncConnection], Awaitable[Result]]) -> Result:
        """Do something in a transaction while no bot has the database."""

        async def work() -> Result:
            async with await open_database(self.settings) as database:
                return await database.run(change)

        return asyncio.run(work())

    def read(self, question: Callable[[AsyncConnection], Awaitable[Result]]) -> Result:
        """Read something, also while a bot works."""

        async def work() -> Result:
            async with await open_database(self.settings, read_only=True) as database:
                return await database.look(question)

        return asyncio.run(work())

    def posts(self) -> list[Post]:
        """Return the whole ledger."""
        return self.read(all_posts)

    def states(self) -> dict[tuple[str, str], int]:
        """Return how many rows there are by platform and state."""
        return self.read(states)


def today() -> date:
    """Return the local date of subscriptions of now."""
    return datetime.now(UTC).date()


async def subscribe_all(database: Database, wanted: Sequence[Wanted], now: datetime) -> list[int]:
    """Write subscriptions into an open database; return their places."""

    async def change(connection: AsyncConnection) -> list[int]:
        return [await subscribe(connection, one, now) for one in wanted]

    return await database.run(change)
