"""A community's own dates, kept. What may stand in one is bot/daily/own_dates.py's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.own_dates import OwnDate
from bot.state.inserting import insert_into
from bot.state.states import Platform
from bot.state.tables import own_date


async def own_dates_of(
    connection: AsyncConnection, platform: Platform, scope: int
) -> list[OwnDate]:
    """Return all dates of a server or chat, through the year."""
    return await _dates(connection, _of(platform, scope))


async def count_own_dates(connection: AsyncConnection, platform: Platform, scope: int) -> int:
    """Return how many dates a server or chat has."""
    found = await connection.execute(
        select(func.count()).select_from(own_date).where(_of(platform, scope))
    )
    return int(found.scalar_one())


async def keep_own_dates(
    connection: AsyncConnection,
    platform: Platform,
    scope: int,
    dates: Iterable[OwnDate],
    *,
    added_by: int | None,
    now: datetime,
) -> None:
    """Write dates; one whose id is there already takes its place; who added it stays."""
    rows = [
        {
            "platform": platform,
            "scope": scope,
            "id": one.id,
            "month": one.month,
            "day": one.day,
            "year": one.year,
            "text": one.text,
            "added_by": added_by,
            "created_at": now,
        }
        for one in dates
    ]
    if not rows:
        return
    insert = insert_into(connection, own_date)
    await connection.execute(
        insert.on_conflict_do_update(
            index_elements=[own_date.c.platform, own_date.c.scope, own_date.c.id],
            set_={name: insert.excluded[name] for name in ("month", "day", "year", "text")},
        ),
        rows,
    )


async def remove_own_date(
    connection: AsyncConnection, platform: Platform, scope: int, date_id: str
) -> bool:
    """Remove a date by its id; return whether it was there."""
    done = await connection.execute(
        delete(own_date).where(_of(platform, scope), own_date.c.id == date_id)
    )
    return done.rowcount == 1


def _of(platform: Platform, scope: int) -> ColumnElement[bool]:
    return and_(own_date.c.platform == platform, own_date.c.scope == scope)


async def _dates(connection: AsyncConnection, which: ColumnElement[bool]) -> list[OwnDate]:
    found = await connection.execute(
        select(own_date).where(which).order_by(own_date.c.month, own_date.c.day, own_date.c.id)
    )
    return [OwnDate(row.id, row.month, row.day, row.year, row.text) for row in found]
