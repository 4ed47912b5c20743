"""What becomes of places when a platform says that something changed there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
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


async def mend(
    connection: AsyncConnection,
    platform: Platform,
    now: datetime,
    *,
    chat: int | None = None,
    server: int | None = None,
) -> list[int]:
    """Let broken subscriptions go on; return the places whose next date must be worked out."""
    which = _whole_of(platform, chat, server)
    found = (
        select(place.c.id)
        .join(subscription, subscription.c.place_id == place.c.id)
        .where(
            *which,
            place.c.asleep_since.is_(None),
            subscription.c.state == SubscriptionState.BROKEN,
        )
    )
    broken = list(await connection.scalars(found))
    if broken:
        await mend_places(connection, broken, now)
    return broken


async def mend_places(connection: AsyncConnection, place_ids: Sequence[int], now: datetime) -> None:
    """Let the broken subscriptions of some places go on, from now on."""
    await connection.execute(
        update(subscription)
        .where(
            subscription.c.place_id.in_(place_ids),
            subscription.c.state == SubscriptionState.BROKEN,
        )
        .values(state=SubscriptionState.ON, broken_code=None, broken_told_at=None, probe_at=None)
    )
    await count_from_now(connection, place_ids, now)


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
