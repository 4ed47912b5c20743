"""What a place has heard, and when last, so that it does not hear it again while there is more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.inserting import insert_into
from bot.state.tables import told


async def told_in(connection: AsyncConnection, place_id: int) -> dict[str, date]:
    """Return by the key of each fact the last local date on which a place heard it."""
    found = await connection.execute(
        select(told.c.event_key, told.c.local_date).where(told.c.place_id == place_id)
    )
    return {row.event_key: row.local_date for row in found}


async def told_in_places(
    connection: AsyncConnection, place_ids: Iterable[int]
) -> dict[int, dict[str, date]]:
    """Return the same for many places at once."""
    numbers = list(place_ids)
    found = await connection.execute(select(told).where(told.c.place_id.in_(numbers)))
    heard: dict[int, dict[str, date]] = {number: {} for number in numbers}
    for row in found:
        heard[row.place_id][row.event_key] = row.local_date
    return heard


async def remember_told(
    connection: AsyncConnection, place_id: int, keys: Iterable[str], local_date: date
) -> None:
    """Remember that a place hears facts on a date, whether it did before or not."""
    rows = [
        {"place_id": place_id, "event_key": key, "local_date": local_date}
        for key in dict.fromkeys(keys)
    ]
    if not rows:
        return
    insert = insert_into(connection, told)
    await connection.execute(
        insert.on_conflict_do_update(
            index_elements=[told.c.place_id, told.c.event_key],
            set_={"local_date": insert.excluded.local_date},
        ),
        rows,
    )
