"""What the loop reads and writes when posts fall due: found by `wake_at`, frozen as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.own_dates import OwnDate
from bot.state.inserting import insert_into
from bot.state.notice_queue import add_notice
from bot.state.outbox import LATE, SUPERSEDED
from bot.state.places import Place
from bot.state.posts import NewPost, Occasion, add_due, add_ended
from bot.state.states import OPEN, SUBJECT, Platform, PostState, SubscriptionState
from bot.state.subscriptions import Subscription, subscriptions_of
from bot.state.tables import own_date, place, post, subscription, told
from bot.state.told import remember_told


@dataclass(frozen=True, slots=True)
class Ending:
    """How a date ends for which nothing is sent; `notice` where an admin must hear of it."""

    state: PostState
    reason: str
    code: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What is written when dates of a place have come.

    `missed` came too long ago. `occasion` is the newest: with `parts` to be sent and the keys of
    what they tell, or with its `ending`. `lacks_subject` where what the posts are to be about is
    not in the library any more: an admin hears of it once, until something is set anew.
    """

    place: Place
    subscription: Subscription
    wake_at: datetime
    missed: Sequence[Occasion] = ()
    occasion: Occasion | None = None
    parts: Sequence[NewPost] = ()
    told_keys: Sequence[str] = ()
    ending: Ending | None = None
    lacks_subject: bool = False


_IS_AWAKE = and_(subscription.c.state == SubscriptionState.ON, place.c.asleep_since.is_(None))


async def woken(
    connection: AsyncConnection, platform: Platform, now: datetime, limit: int
) -> list[int]:
    """Return the places whose time to be looked at has come, the longest waiting first.

    Where many wait for one minute this goes through all of them, so ask for many at once. The
    place is looked at for each subscription that is due: joined, SQLite would begin with all
    places of the platform.
    """
    is_here = exists().where(
        place.c.id == subscription.c.place_id,
        place.c.platform == platform,
        place.c.asleep_since.is_(None),
    )
    rows = await connection.scalars(
        select(subscription.c.place_id)
        .where(subscription.c.wake_at <= now, subscription.c.state == SubscriptionState.ON, is_here)
        .order_by(subscription.c.wake_at, subscription.c.place_id)
        .limit(limit)
    )
    return list(rows)


async def still_woken(
    connection: AsyncConnection, place_ids: Sequence[int], now: datetime
) -> list[tuple[Place, Subscription]]:
    """Return those of some places whose time has come and that were not seen to meanwhile."""
    rows = await connection.execute(
        select(place)
        .join(subscription, subscription.c.place_id == place.c.id)
        .where(subscription.c.place_id.in_(place_ids), subscription.c.wake_at <= now, _IS_AWAKE)
        .order_by(subscription.c.wake_at, subscription.c.place_id)
    )
    places = [Place.from_row(row) for row in rows]
    chosen = await subscriptions_of(connection, [one.id for one in places])
    return [(one, chosen[one.id]) for one in places if one.id in chosen]


async def own_dates_of_scopes(
    connection: AsyncConnection,
    platform: Platform,
    scopes: Iterable[int],
    days: Iterable[tuple[int, int]],
) -> dict[int, list[OwnDate]]:
    """Return the own dates of servers and chats on some days, each a month and a day."""
    found: dict[int, list[OwnDate]] = defaultdict(list)
    rows = await connection.execute(
        select(own_date)
        .where(
            own_date.c.platform == platform,
            own_date.c.scope.in_(set(scopes)),
            or_(*(and_(own_date.c.month == month, own_date.c.day == day) for month, day in days)),
        )
        .order_by(own_date.c.month, own_date.c.day, own_date.c.id)
    )
    for row in rows:
        found[row.scope].append(OwnDate(row.id, row.month, row.day, row.year, row.text))
    return found


async def freeze(connection: AsyncConnection, batch: Sequence[Frozen], now: datetime) -> None:
    """Write what the dates of some places bring; nothing where one was changed meanwhile.

    A date that has rows already keeps them. A batch is written by a few statements.
    """
    places = [one.subscription.place_id for one in batch]
    rows = await connection.execute(
        select(
            subscription.c.place_id,
            subscription.c.changed_at,
            subscription.c.wake_at,
            subscription.c.state,
        )
        .where(subscription.c.place_id.in_(places))
        .order_by(subscription.c.place_id)
        .with_for_update()
    )
    current = {row.place_id: (row.changed_at, row.wake_at, row.state) for row in rows}
    valid = [
        one
        for one in batch
        if current.get(one.subscription.place_id)
        == (one.subscription.changed_at, one.subscription.wake_at, SubscriptionState.ON)
    ]
    if not valid:
        return
    for one in valid:
        await _write_missed(connection, one, now)
        if one.lacks_subject:
            place_id = one.subscription.place_id
            key = f"{SUBJECT}:{place_id}:{one.subscription.changed_at:%Y%m%d%H%M%S%f}"
            await add_notice(connection, place_id, SUBJECT, key, now)
    await _give_up_earlier(connection, valid, now)
    for one in valid:
        if one.occasion is not None and (one.ending is not None or len(one.parts) > 1):
            await _write(connection, one, one.occasion, now)
    await _write_single_parts(connection, valid)
    await connection.execute(
        update(subscription)
        .where(subscription.c.place_id == bindparam("of_place"))
        .values(wake_at=bindparam("wakes")),
        [{"of_place": one.subscription.place_id, "wakes": one.wake_at} for one in valid],
    )


async def _write_missed(connection: AsyncConnection, frozen: Frozen, now: datetime) -> None:
    if not frozen.missed:
        return
    for occasion in frozen.missed:
        await add_ended(connection, occasion, PostState.MISSED, now, reason=LATE)
    place_id = frozen.subscription.place_id
    key = f"missed:{place_id}:{frozen.missed[-1].local_date}"
    count = str(len(frozen.missed))
    await add_notice(connection, place_id, "missed", key, now, code=count)


async def _give_up_earlier(
    connection: AsyncConnection, valid: Sequence[Frozen], now: datetime
) -> None:
    """Give up what still waits of earlier dates: there is never more than one late post."""
    newest = {one.place.id: one.occasion.local_date for one in valid if one.occasion is not None}
    if not newest:
        return
    waiting = await connection.execute(
        select(post.c.id, post.c.place_id, post.c.local_date).where(
            post.c.place_id.in_(newest), post.c.state == PostState.DUE, post.c.again_of.is_(None)
        )
    )
    earlier = [row.id for row in waiting if row.local_date < newest[row.place_id]]
    if earlier:
        await connection.execute(
            update(post)
            .where(post.c.id.in_(earlier), post.c.state == PostState.DUE)
            .values(state=PostState.MISSED, ended_at=now, try_at=None, reason=SUPERSEDED)
        )


async def _write_single_parts(connection: AsyncConnection, valid: Sequence[Frozen]) -> None:
    """Write the dates that bring one message each, which are most, together."""
    rows, keys = [], {}
    for one in valid:
        occasion = one.occasion
        if occasion is None or one.ending is not None or len(one.parts) != 1:
            continue
        (part,) = one.parts
        rows.append(
            {
                "place_id": occasion.place_id,
                "platform": occasion.platform,
                "local_date": occasion.local_date,
                "due_at": occasion.due_at,
                "late_at": occasion.late_at,
                "part": part.part,
                "state": PostState.DUE,
                "try_at": occasion.due_at,
                "payload": part.payload,
                "nonce": part.nonce,
                "marker": part.marker,
            }
        )
        keys[occasion.place_id] = (one.told_keys, occasion.local_date)
    if not rows:
        return
    written = await connection.scalars(
        insert_into(connection, post)
        .on_conflict_do_nothing(index_elements=[post.c.place_id, post.c.local_date, post.c.part])
        .returning(post.c.place_id),
        rows,
    )
    told_rows = [
        {"place_id": place_id, "event_key": key, "local_date": keys[place_id][1]}
        for place_id in written
        for key in dict.fromkeys(keys[place_id][0])
    ]
    if told_rows:
        insert = insert_into(connection, told)
        await connection.execute(
            insert.on_conflict_do_update(
                index_elements=[told.c.place_id, told.c.event_key],
                set_={"local_date": insert.excluded.local_date},
            ),
            told_rows,
        )


async def _write(
    connection: AsyncConnection, frozen: Frozen, occasion: Occasion, now: datetime
) -> None:
    ending = frozen.ending
    if ending is None:
        if await add_due(connection, occasion, frozen.parts):
            await remember_told(
                connection, occasion.place_id, frozen.told_keys, occasion.local_date
            )
        return
    number = await add_ended(
        connection, occasion, ending.state, now, reason=ending.reason, code=ending.code
    )
    if number is not None and ending.notice:
        key = f"{ending.notice}:{occasion.place_id}:{occasion.local_date}"
        await add_notice(
            connection,
            occasion.place_id,
            ending.notice,
            key,
            now,
            post_id=number,
            code=ending.code,
        )


async def put_off(connection: AsyncConnection, of: Subscription, wake_at: datetime) -> None:
    """Look at a subscription later, whose date can't be worked out now, unless it was changed."""
    await connection.execute(
        update(subscription)
        .where(
            subscription.c.place_id == of.place_id,
            subscription.c.changed_at == of.changed_at,
            subscription.c.state == SubscriptionState.ON,
        )
        .values(wake_at=wake_at)
    )


_IS_OPEN = post.c.state.in_(bindparam("open", OPEN, expanding=True, literal_execute=True))
"""Written out in the statement, as SQLite must see it to use the index of open rows alone."""


async def oldest_due(connection: AsyncConnection, platforms: Sequence[str]) -> datetime | None:
    """Return since when the oldest post waits that has come due: as a row, or not even that.

    Each question takes the first entry of an index: the port of health asks again and again.
    """
    questions = []
    for platform in platforms:
        is_here = exists().where(
            place.c.id == subscription.c.place_id,
            place.c.platform == platform,
            place.c.asleep_since.is_(None),
        )
        questions += [
            select(post.c.due_at)
            .where(post.c.platform == platform, _IS_OPEN)
            .order_by(post.c.due_at)
            .limit(1),
            select(subscription.c.wake_at)
            .where(
                subscription.c.wake_at.is_not(None),
                subscription.c.state == SubscriptionState.ON,
                is_here,
            )
            .order_by(subscription.c.wake_at)
            .limit(1),
        ]
    found = [await connection.scalar(question) for question in questions]
    return min((at for at in found if at is not None), default=None)


LATER = timedelta(minutes=1)
"""When a subscription that could not be worked out is looked at again."""
