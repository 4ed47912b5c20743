"""After a backup was restored: what fell due since it was made may be out, and nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.schedule import LISTED_DATES, Due, wake_at, what_is_due
from bot.state.inserting import insert_into
from bot.state.places import place_of_id
from bot.state.posts import Occasion, add_ended, settled_dates
from bot.state.states import OPEN, RESTORED, NoticeState, PostState
from bot.state.subscriptions import Subscription, every_one_on, set_wakes
from bot.state.tables import notice, post

SUBSCRIPTIONS_AT_ONCE = 500


async def settle_restored(connection: AsyncConnection, now: datetime) -> int:
    """Make unknown, never due, whatever was or fell due by now; return how many rows that are.

    An admin of each place is told. What falls due later is posted as ever.
    """
    settled = await _settle_open(connection, now)
    after = 0
    while page := await every_one_on(connection, after, SUBSCRIPTIONS_AT_ONCE):
        settled += await _settle_page(connection, page, now)
        after = page[-1].place_id
    return settled


async def _settle_open(connection: AsyncConnection, now: datetime) -> int:
    open_ones = (
        await connection.execute(
            select(post.c.id, post.c.place_id).where(post.c.state.in_(list(OPEN)))
        )
    ).all()
    await connection.execute(
        update(post)
        .where(post.c.state.in_(list(OPEN)))
        .values(
            state=PostState.UNKNOWN,
            reason=RESTORED,
            ended_at=now,
            try_at=None,
            owner=None,
            lease_until=None,
            epoch=post.c.epoch + 1,
        )
    )
    for row in open_ones:
        await _tell(connection, row.place_id, row.id, now)
    return len(open_ones)


async def _settle_page(
    connection: AsyncConnection, page: Iterable[Subscription], now: datetime
) -> int:
    page = list(page)
    since = (now - timedelta(days=LISTED_DATES + 2)).date()
    dates = await settled_dates(connection, [one.place_id for one in page], since)
    wakes: dict[int, tuple[datetime, datetime]] = {}
    settled = 0
    for one in page:
        try:
            schedule = one.schedule
        except KeyError:  # its zone is in this machine's rules no more: the loop tells of it
            continue
        known = dates[one.place_id]
        found = what_is_due(schedule, one.counts_from, known, now)
        come = (*found.missed, *filter(None, [found.due]))
        settled += await _write(connection, one, come, now)
        known |= {due.local_date for due in come}
        wakes[one.place_id] = (
            one.changed_at,
            wake_at(schedule, one.counts_from, known, now),
        )
    await set_wakes(connection, wakes)
    return settled


async def _write(
    connection: AsyncConnection, one: Subscription, come: Iterable[Due], now: datetime
) -> int:
    place = await place_of_id(connection, one.place_id)
    if place is None:  # a foreign key forbids it
        raise LookupError(f"a subscription has no place {one.place_id}")
    written = 0
    for due in come:
        number = await add_ended(
            connection,
            Occasion(
                place_id=place.id,
                platform=place.platform,
                local_date=due.local_date,
                due_at=due.at,
                late_at=due.at + one.late,
            ),
            PostState.UNKNOWN,
            now,
            reason=RESTORED,
        )
        if number is not None:
            await _tell(connection, place.id, number, now)
            written += 1
    return written


async def _tell(connection: AsyncConnection, place_id: int, post_id: int, now: datetime) -> None:
    await connection.execute(
        insert_into(connection, notice)
        .values(
            place_id=place_id,
            post_id=post_id,
            kind=PostState.UNKNOWN,
            state=NoticeState.WAITING,
            code=RESTORED,
            dedupe_key=f"{PostState.UNKNOWN}:{post_id}",
            created_at=now,
            try_at=now,
        )
        .on_conflict_do_nothing()
    )
