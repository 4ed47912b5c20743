"""Rows for tests of the state database: a place, its subscription, a date's messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.places import Place, keep_place
from bot.state.posts import NewPost, Occasion, add_due, nonce_of
from bot.state.states import Platform
from bot.state.subscriptions import Subscription, keep_subscription

NOW = datetime(2027, 5, 1, 7, 0, tzinfo=UTC)
"""A Saturday; nine o'clock in Berlin."""
TODAY = date(2027, 5, 1)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


async def a_place(
    connection: AsyncConnection,
    chat: int = 10,
    topic: int = 0,
    *,
    platform: Platform = Platform.TELEGRAM,
    server: int | None = None,
) -> Place:
    return await keep_place(connection, platform, chat, topic, kind="group", server=server)


def chosen(place_id: int, **more: Any) -> Subscription:  # noqa: ANN401 - any of its fields
    """Return nine o'clock in Berlin, made a day ago, to be looked at now."""
    made = Subscription(
        place_id=place_id,
        wall_time=time(9),
        zone="Europe/Berlin",
        counts_from=NOW - DAY,
        changed_at=NOW - DAY,
        wake_at=NOW,
    )
    return replace(made, **more)


async def a_subscription(connection: AsyncConnection, chat: int = 10, **more: Any) -> Subscription:  # noqa: ANN401 - any of its fields
    made = chosen((await a_place(connection, chat)).id, **more)
    await keep_subscription(connection, made)
    return made


def occasion(place: Place, local_date: date = TODAY, due_at: datetime = NOW) -> Occasion:
    return Occasion(
        place_id=place.id,
        platform=place.platform,
        local_date=local_date,
        due_at=due_at,
        late_at=due_at + 6 * HOUR,
    )


def messages(place: Place, count: int = 1, local_date: date = TODAY) -> list[NewPost]:
    return [
        NewPost(
            part=part,
            payload=f'{{"text": "part {part}"}}',
            nonce=nonce_of(place.platform, place.chat, place.topic, local_date, part),
        )
        for part in range(count)
    ]


async def a_due_date(
    connection: AsyncConnection, place: Place, count: int = 1, local_date: date = TODAY
) -> bool:
    return await add_due(
        connection, occasion(place, local_date), messages(place, count, local_date)
    )
