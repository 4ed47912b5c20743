"""The ledger's rows on their way: claimed, sending, ended; each step checks the epoch of the claim.

A claim is a committed change before anything is sent; `begin` commits `sending` before a byte is
written. Whoever lost a row meanwhile (its lease ended, another process took it) can't end it any
more: every step names the epoch of its claim. https://www.postgresql.org/docs/current/sql-select.html,
"The Locking Clause", says why the claim is an update of one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, case, exists, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.notice_queue import add_notice
from bot.state.states import PART_BEFORE, Platform, PostState, SubscriptionState
from bot.state.tables import PARTS, place, post, subscription

ALREADY_GONE = "gone"
"""The reason of a row whose place sleeps: the bot was removed from it."""
LATE = "late"
"""The reason of a row whose time had passed before it could be sent."""
SUPERSEDED = "superseded"
"""The reason of a row that was still waiting when the next date's post fell due."""
CRASH = "crash"
"""The code of a row of which nobody knows whether it arrived, for the process ended meanwhile."""

LATE_AFTER = timedelta(minutes=10)
"""CONTRACTS.md, status: what was sent later than this counts as late."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this process has claimed."""

    id: int
    epoch: int
    chat: int


@dataclass(frozen=True, slots=True)
class Sending:
    """A row that is being sent, with all that a platform needs for it."""

    id: int
    epoch: int
    place_id: int
    local_date: date
    part: int
    due_at: datetime
    late_at: datetime
    payload: str
    nonce: str
    marker: str
    attempts: int
    sending_at: datetime
    platform: str
    chat: int
    topic: int
    server: int | None
    kind: str
    ping_role: int | None
    forum_title: str | None
    forum_tags: str
    first_message: int | None
    has_next: bool

    @classmethod
    def from_row(cls, row: Row[Any]) -> Sending:
        """Return the value of a row of `_whole`."""
        return cls(
            id=row.id,
            epoch=row.epoch,
            place_id=row.place_id,
            local_date=row.local_date,
            part=row.part,
            due_at=row.due_at,
            late_at=row.late_at,
            payload=row.payload,
            nonce=row.nonce,
            marker=row.marker or row.nonce,
            attempts=row.attempts,
            sending_at=row.sending_at or row.due_at,
            platform=row.platform,
            chat=row.chat,
            topic=row.topic,
            server=row.server,
            kind=row.kind,
            ping_role=row.ping_role,
            forum_title=row.forum_title,
            forum_tags=row.forum_tags or "",
            first_message=row.first_message,
            has_next=bool(row.has_next),
        )


_first = post.alias("first")
_FIRST_MESSAGE = (
    select(_first.c.message_id)
    .where(
        _first.c.place_id == post.c.place_id,
        _first.c.local_date == post.c.local_date,
        _first.c.part < post.c.part,
        _first.c.message_id.is_not(None),
    )
    .order_by(_first.c.part)
    .limit(1)
    .correlate(post)
    .scalar_subquery()
    .label("first_message")
)


_next = post.alias("next")
_HAS_NEXT = (
    exists()
    .where(
        _next.c.place_id == post.c.place_id,
        _next.c.local_date == post.c.local_date,
        _next.c.part == post.c.part + 1,
    )
    .correlate(post)
    .label("has_next")
)


def _whole() -> Select[Any]:
    return select(
        post.c.id,
        post.c.epoch,
        post.c.place_id,
        post.c.local_date,
        post.c.part,
        post.c.due_at,
        post.c.late_at,
        post.c.payload,
        post.c.nonce,
        post.c.marker,
        post.c.attempts,
        post.c.sending_at,
        post.c.again_of,
        place.c.platform,
        place.c.chat,
        place.c.topic,
        place.c.server,
        place.c.kind,
        place.c.asleep_since,
        subscription.c.state.label("subscription_state"),
        subscription.c.ping_role,
        subscription.c.forum_title,
        subscription.c.forum_tags,
        _FIRST_MESSAGE,
        _HAS_NEXT,
    ).select_from(
        post.join(place, place.c.id == post.c.place_id).outerjoin(
            subscription, subscription.c.place_id == post.c.place_id
        )
    )


async def claim(
    connection: AsyncConnection,
    platform: Platform,
    owner: str,
    now: datetime,
    lease_until: datetime,
    limit: int,
) -> list[Claimed]:
    """Claim the rows that have waited longest for their time, at most `limit`."""
    waiting = (
        select(post.c.id)
        .where(post.c.platform == platform, post.c.state == PostState.DUE, post.c.try_at <= now)
        .order_by(post.c.try_at, post.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        # As a plain subquery PostgreSQL may run it once for each row that it looks at, and then
        # more than `limit` are claimed. A WITH that locks rows is run once.
        .cte("waiting")
    )
    rows = await connection.execute(
        update(post)
        .where(post.c.id.in_(select(waiting.c.id)), post.c.state == PostState.DUE)
        .values(
            state=PostState.CLAIMED,
            owner=owner,
            epoch=post.c.epoch + 1,
            lease_until=lease_until,
            try_at=None,
        )
        .returning(post.c.id, post.c.epoch, post.c.place_id)
    )
    claimed = {row.id: (row.epoch, row.place_id) for row in rows}
    if not claimed:
        return []
    places = {place_id for _, place_id in claimed.values()}
    found = await connection.execute(select(place.c.id, place.c.chat).where(place.c.id.in_(places)))
    chats = {row.id: row.chat for row in found}
    return [
        Claimed(id_, epoch, chats[place_id]) for id_, (epoch, place_id) in sorted(claimed.items())
    ]


async def count_waiting(
    connection: AsyncConnection, platform: Platform, now: datetime, most: int
) -> int:
    """Return how many rows could be claimed now, counted up to `most`."""
    some = (
        select(post.c.id)
        .where(post.c.platform == platform, post.c.state == PostState.DUE, post.c.try_at <= now)
        .limit(most)
        .subquery()
    )
    return int(await connection.scalar(select(func.count()).select_from(some)) or 0)


async def begin(
    connection: AsyncConnection,
    claimed: Sequence[Claimed],
    owner: str,
    now: datetime,
    lease_until: datetime,
) -> list[Sending]:
    """Turn claimed rows into `sending`, or end those that must not be sent any more.

    Once this is committed, each returned row may be sent once.
    """
    if not claimed:
        return []
    rows = (
        await connection.execute(
            _whole().where(
                post.c.state == PostState.CLAIMED,
                post.c.owner == owner,
                tuple_(post.c.id, post.c.epoch).in_([(one.id, one.epoch) for one in claimed]),
            )
        )
    ).all()
    begun: list[Sending] = []
    for row in rows:
        why_not = _why_not(row, now)
        if why_not is not None:
            state, reason = why_not
            await finish(connection, row.id, row.epoch, state, now, reason=reason)
        else:
            one = Sending.from_row(row)
            begun.append(replace(one, attempts=one.attempts + 1, sending_at=now))
    if begun:
        await connection.execute(
            update(post)
            .where(post.c.id.in_([one.id for one in begun]))
            .values(
                state=PostState.SENDING,
                sending_at=now,
                attempts=post.c.attempts + 1,
                lease_until=lease_until,
            )
        )
    order = {one.id: number for number, one in enumerate(claimed)}
    return sorted(begun, key=lambda one: order[one.id])


def _why_not(row: Row[Any], now: datetime) -> tuple[PostState, str] | None:
    if row.asleep_since is not None:
        return PostState.CANCELLED, ALREADY_GONE
    # what an admin asks for by a button is not hindered by what is chosen for later days
    if row.again_of is None and row.subscription_state != SubscriptionState.ON:
        return PostState.CANCELLED, row.subscription_state or SubscriptionState.STOPPED
    if now > row.late_at:
        return PostState.MISSED, LATE
    return None


async def finish(
    connection: AsyncConnection,
    id_: int,
    epoch: int,
    state: PostState,
    now: datetime,
    *,
    code: str | None = None,
    reason: str | None = None,
    message_id: int | None = None,
    has_next: bool = True,
) -> bool:
    """End a claimed or sending row; return whether it was still this claim's.

    `has_next` says whether a part may follow it.

    What comes after it is opened where it was sent, else given up; the admin is told where it was
    missed or nobody knows.
    """
    ended = (
        await connection.execute(
            update(post)
            .where(
                post.c.id == id_,
                post.c.epoch == epoch,
                post.c.state.in_((PostState.CLAIMED, PostState.SENDING)),
            )
            .values(
                state=state,
                ended_at=now,
                owner=None,
                lease_until=None,
                code=code,
                reason=reason,
                message_id=message_id,
                is_late=post.c.due_at < now - LATE_AFTER if state is PostState.SENT else False,
            )
            .returning(post.c.place_id, post.c.local_date, post.c.part)
        )
    ).one_or_none()
    if ended is None:
        return False
    after = and_(
        post.c.place_id == ended.place_id,
        post.c.local_date == ended.local_date,
        post.c.part > ended.part,
        post.c.part < (ended.part // PARTS + 1) * PARTS,
        post.c.state == PostState.DUE,
    )
    if state is PostState.SENT:
        if has_next:
            await connection.execute(
                update(post)
                .where(after, post.c.part == ended.part + 1, post.c.try_at.is_(None))
                .values(try_at=now)
            )
        return True
    await connection.execute(
        update(post)
        .where(after)
        .values(state=PostState.CANCELLED, ended_at=now, try_at=None, reason=PART_BEFORE)
    )
    if state in (PostState.UNKNOWN, PostState.MISSED):
        await add_notice(
            connection, ended.place_id, state.value, f"{state}:{id_}", now, post_id=id_, code=code
        )
    return True


async def finish_sent(
    connection: AsyncConnection, rows: Sequence[tuple[int, int, int | None]], now: datetime
) -> None:
    """End rows that were sent and that no part follows: their ids, epochs and messages' numbers.

    One that is no longer this claim's is left as it is.
    """
    await connection.execute(
        update(post)
        .where(
            post.c.id == bindparam("of_id"),
            post.c.epoch == bindparam("of_epoch"),
            or_(post.c.state == PostState.CLAIMED, post.c.state == PostState.SENDING),
        )
        .values(
            state=PostState.SENT,
            ended_at=now,
            owner=None,
            lease_until=None,
            code=None,
            reason=None,
            message_id=bindparam("of_message"),
            is_late=post.c.due_at < now - LATE_AFTER,
        ),
        [{"of_id": id_, "of_epoch": epoch, "of_message": number} for id_, epoch, number in rows],
    )


async def put_back(
    connection: AsyncConnection,
    id_: int,
    epoch: int,
    try_at: datetime,
    *,
    code: str | None = None,
    was_tried: bool = True,
) -> bool:
    """Let a claimed or sending row that is proven unsent wait again; whether it was still ours."""
    values: dict[str, Any] = {} if was_tried else {"attempts": _one_less()}
    done = await connection.execute(
        update(post)
        .where(
            post.c.id == id_,
            post.c.epoch == epoch,
            post.c.state.in_((PostState.CLAIMED, PostState.SENDING)),
        )
        .values(
            state=PostState.DUE, owner=None, lease_until=None, try_at=try_at, code=code, **values
        )
    )
    return bool(done.rowcount)


def _one_less() -> Any:  # noqa: ANN401 - an SQL expression
    return case((post.c.attempts > 0, post.c.attempts - 1), else_=0)


async def renew(
    connection: AsyncConnection, platform: Platform, owner: str, lease_until: datetime
) -> None:
    """Keep what this process has claimed."""
    await connection.execute(
        update(post)
        .where(
            post.c.platform == platform,
            post.c.state.in_((PostState.CLAIMED, PostState.SENDING)),
            post.c.owner == owner,
        )
        .values(lease_until=lease_until)
    )


async def give_back(
    connection: AsyncConnection, platform: Platform, owner: str, now: datetime
) -> None:
    """Let everything wait again that this process has claimed and not begun to send."""
    await connection.execute(
        update(post)
        .where(
            post.c.platform == platform,
            post.c.state == PostState.CLAIMED,
            post.c.owner == owner,
        )
        .values(state=PostState.DUE, owner=None, lease_until=None, try_at=now)
    )


async def release_claims_of_gone(
    connection: AsyncConnection, platform: Platform, owner: str, now: datetime, *, alone: bool
) -> int:
    """Let wait again what a process that is gone had claimed; return how many rows.

    `alone` says that no other process can have this database, so that every other owner is gone.
    """
    done = await connection.execute(
        update(post)
        .where(
            post.c.platform == platform,
            post.c.state == PostState.CLAIMED,
            _is_gone(owner, now, alone=alone),
        )
        .values(state=PostState.DUE, owner=None, lease_until=None, try_at=now)
    )
    return int(done.rowcount)


async def adopt_sending_of_gone(
    connection: AsyncConnection,
    platform: Platform,
    owner: str,
    now: datetime,
    lease_until: datetime,
    *,
    alone: bool,
) -> list[Sending]:
    """Take over what a process that is gone was sending: nobody knows whether it arrived."""
    taken = [
        row.id
        for row in await connection.execute(
            update(post)
            .where(
                post.c.platform == platform,
                post.c.state == PostState.SENDING,
                _is_gone(owner, now, alone=alone),
            )
            .values(owner=owner, epoch=post.c.epoch + 1, lease_until=lease_until)
            .returning(post.c.id)
        )
    ]
    if not taken:
        return []
    rows = await connection.execute(_whole().where(post.c.id.in_(taken)).order_by(post.c.id))
    return [Sending.from_row(row) for row in rows]


def _is_gone(owner: str, now: datetime, *, alone: bool) -> Any:  # noqa: ANN401 - an SQL expression
    if alone:
        return or_(post.c.owner.is_(None), post.c.owner != owner)
    return and_(post.c.owner != owner, post.c.lease_until < now)


async def break_subscription(
    connection: AsyncConnection, place_id: int, code: str, now: datetime, probe_at: datetime
) -> None:
    """Stop a place's posts until somebody changes something there, and have one admin told once."""
    broken = await connection.execute(
        update(subscription)
        .where(subscription.c.place_id == place_id, subscription.c.state == SubscriptionState.ON)
        .values(
            state=SubscriptionState.BROKEN,
            broken_code=code[:64],
            broken_told_at=None,
            probe_at=probe_at,
            wake_at=None,
        )
    )
    if broken.rowcount:
        key = f"broken:{place_id}:{now:%Y%m%d%H%M%S%f}"
        await add_notice(connection, place_id, "broken", key, now, code=code)
