"""Places and their subscriptions after something changed there: probed, mended, awake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.states import Platform, SubscriptionState
from bot.state.tables import place, subscription


def _whole_of(
    platform: Platform, chat: int | None, server: int | None
) -> list[ColumnElement[bool]]:
    """Return what picks a chat with all its topics, or a server with all its channels."""
    if (chat is None) == (server is None):
        raise ValueError("a chat or a server, not both")
    which = place.c.chat == chat if chat is not None else place.c.server == server
    return [place.c.platform == platform, which]


async def has_asleep(
    connection: AsyncConnection,
    platform: Platform,
    *,
    chat: int | None = None,
    server: int | None = None,
) -> bool:
    """Return whether a place of a chat or server sleeps."""
    asleep = exists().where(*_whole_of(platform, chat, server), place.c.asleep_since.is_not(None))
    return bool(await connection.scalar(select(asleep)))


async def probe_now(
    connection: AsyncConnection,
    platform: Platform,
    now: datetime,
    *,
    chat: int | None = None,
    server: int | None = None,
) -> bool:
    """Have the broken subscriptions of a chat or server probed now; return whether any is."""
    which = select(place.c.id).where(*_whole_of(platform, chat, server))
    done = await connection.execute(
        update(subscription)
        .where(subscription.c.place_id.in_(which), subscription.c.state == SubscriptionState.BROKEN)
        .values(probe_at=now)
    )
    return bool(done.rowcount)


async def mend_places(connection: AsyncConnection, place_ids: Sequence[int], now: datetime) -> None:
    """Let the broken subscriptions of some places go on, from now on."""
    broken = list(
        await connection.scalars(
            update(subscription)
            .where(
                subscription.c.place_id.in_(place_ids),
                subscription.c.state == SubscriptionState.BROKEN,
            )
            .values(
                state=SubscriptionState.ON, broken_code=None, broken_told_at=None, probe_at=None
            )
            .returning(subscription.c.place_id)
        )
    )
    await count_from_now(connection, broken, now)


async def count_from_now(
    connection: AsyncConnection, place_ids: Sequence[int], now: datetime
) -> None:
    """Let no date count that came due before now; the loop works out the next one."""
    await connection.execute(
        update(subscription)
        .where(
            subscription.c.place_id.in_(place_ids),
            subscription.c.state == SubscriptionState.ON,
        )
        .values(counts_from=now, changed_at=now, wake_at=now)
    )
