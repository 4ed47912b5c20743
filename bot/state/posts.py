"""The ledger's rows: written when a date falls due, read by whoever asks why, asked for again.

What happens to a row between claim and end is outbox.py's.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.inserting import insert_into
from bot.state.states import FINAL, OPEN, PART_BEFORE, Platform, PostState
from bot.state.tables import PARTS, post

_BYTES_OF_NONCE = 15
"""120 bits, 24 characters in base32."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A message to be sent: its payload, the platform's call as JSON, never changes any more.

    `late_at` is when it is too late for it.
    """

    part: int
    payload: str
    nonce: str
    marker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A place's post of a local date: due at an instant, missed after another."""

    place_id: int
    platform: Platform
    local_date: date
    due_at: datetime
    late_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A row of the ledger."""

    id: int
    place_id: int
    platform: Platform
    local_date: date
    part: int
    state: PostState
    due_at: datetime
    late_at: datetime
    try_at: datetime | None
    payload: str | None
    nonce: str | None
    marker: str | None
    owner: str | None
    epoch: int
    lease_until: datetime | None
    attempts: int
    sending_at: datetime | None
    ended_at: datetime | None
    code: str | None
    reason: str | None
    message_id: int | None
    is_late: bool
    again_of: int | None

    @classmethod
    def from_row(cls, row: Row[Any]) -> Self:
        """Return the post of a row of its table."""
        values = dict(row._mapping)
        values["platform"] = Platform(row.platform)
        values["state"] = PostState(row.state)
        return cls(**values)

    @property
    def word(self) -> str:
        """What `/daily why` and `daybook status` call its state: a late one counts apart."""
        return "late" if self.state is PostState.SENT and self.is_late else self.state.value


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a platform are in each state; `due` is every one that has no end yet."""

    due: int = 0
    sent: int = 0
    late: int = 0
    missed: int = 0
    rejected: int = 0
    unknown: int = 0
    cancelled: int = 0
    oldest_due: datetime | None = None


def nonce_of(platform: Platform, chat: int, topic: int, local_date: date, part: int) -> str:
    """Return what tells a message from every other: 24 characters, the same in every process.

    A row that was lost with a restored backup gets the same one again, so that Discord knows it.
    """
    name = f"{platform}/{chat}/{topic}/{local_date.isoformat()}/{part}"
    digest = hashlib.blake2b(name.encode(), digest_size=_BYTES_OF_NONCE).digest()
    return base64.b32encode(digest).decode().lower()


# -- written when a date falls due ----------------------------------------------------------------


async def add_due(
    connection: AsyncConnection, occasion: Occasion, parts: Sequence[NewPost]
) -> bool:
    """Write a date's messages; return false, and write nothing, if the date has a row already.

    The first may be claimed when it is due, each other once the one before it was sent.
    """
    rows = [
        {
            "place_id": occasion.place_id,
            "platform": occasion.platform,
            "local_date": occasion.local_date,
            "due_at": occasion.due_at,
            "late_at": occasion.late_at,
            "part": one.part,
            "state": PostState.DUE,
            "try_at": None if one.part else occasion.due_at,
            "payload": one.payload,
            "nonce": one.nonce,
            "marker": one.marker,
        }
        for one in sorted(parts, key=lambda one: one.part)
    ]
    if [row["part"] for row in rows] != list(range(len(rows))) or not rows:
        raise ValueError("a date's parts are numbered from 0 without a gap")
    if not await _add_first(connection, rows[0]):
        return False
    if rows[1:]:
        await connection.execute(insert_into(connection, post), rows[1:])
    return True


async def add_ended(
    connection: AsyncConnection,
    occasion: Occasion,
    state: PostState,
    now: datetime,
    *,
    reason: str | None = None,
    code: str | None = None,
) -> int | None:
    """Write the one row of a date for which nothing is sent; return its number.

    Return None, and write nothing, if the date has a row already.
    """
    if state not in FINAL or state is PostState.SENT:
        raise ValueError(f"nothing ends as {state} without having been sent")
    return await _add_first(
        connection,
        {
            "place_id": occasion.place_id,
            "platform": occasion.platform,
            "local_date": occasion.local_date,
            "due_at": occasion.due_at,
            "late_at": occasion.late_at,
            "part": 0,
            "state": state,
            "ended_at": now,
            "reason": reason,
            "code": code,
        },
    )


async def _add_first(connection: AsyncConnection, row: dict[str, Any]) -> int | None:
    """Write part 0; another process that writes the same date is waited for, and wins."""
    added = await connection.execute(
        insert_into(connection, post)
        .values(row)
        .on_conflict_do_nothing(index_elements=[post.c.place_id, post.c.local_date, post.c.part])
        .returning(post.c.id)
    )
    number: int | None = added.scalar_one_or_none()
    return number


async def settled_dates(
    connection: AsyncConnection, place_ids: Iterable[int], since: date
) -> dict[int, set[date]]:
    """Return the dates that places have a row for: those since a date, and the newest of all.

    That is what schedule.what_is_due asks for; a place without any has an empty set.
    """
    numbers = list(place_ids)
    dates: dict[int, set[date]] = {number: set() for number in numbers}
    recent = select(post.c.place_id, post.c.local_date).where(
        post.c.place_id.in_(numbers), post.c.local_date >= since
    )
    newest = (
        select(post.c.place_id, func.max(post.c.local_date).label("local_date"))
        .where(post.c.place_id.in_(numbers))
        .group_by(post.c.place_id)
    )
    for question in (recent, newest):
        for row in await connection.execute(question):
            dates[row.place_id].add(row.local_date)
    return dates


async def cancel_due(
    connection: AsyncConnection, place_ids: Iterable[int], reason: str, now: datetime
) -> int:
    """Cancel what is not being sent yet at places; return how many rows.

    Whoever has claimed such a row finds it gone when it is to be sent.
    """
    done = await connection.execute(
        update(post)
        .where(
            post.c.place_id.in_(list(place_ids)),
            post.c.state.in_([PostState.DUE, PostState.CLAIMED]),
        )
        .values(
            state=PostState.CANCELLED,
            reason=reason,
            ended_at=now,
            try_at=None,
            owner=None,
            lease_until=None,
        )
    )
    return done.rowcount


# -- read -----------------------------------------------------------------------------------------


async def post_of_id(connection: AsyncConnection, post_id: int) -> Post | None:
    """Return a row by its number: what to do after a CommitUnknownError is read from it."""
    row = (await connection.execute(select(post).where(post.c.id == post_id))).one_or_none()
    return Post.from_row(row) if row else None


async def last_days(connection: AsyncConnection, place_id: int, since: date) -> list[Post]:
    """Return a place's rows of the dates since one, the newest date first, its parts in order."""
    found = await connection.execute(
        select(post)
        .where(post.c.place_id == place_id, post.c.local_date >= since)
        .order_by(post.c.local_date.desc(), post.c.part)
    )
    return [Post.from_row(row) for row in found]


async def counts(connection: AsyncConnection) -> dict[Platform, Counts]:
    """Return how every row stands, by platform; a platform without rows has zeros."""
    found = await connection.execute(
        select(
            post.c.platform,
            post.c.state,
            post.c.is_late,
            func.count().label("rows"),
            func.min(post.c.due_at).label("oldest"),
        ).group_by(post.c.platform, post.c.state, post.c.is_late)
    )
    tables: dict[Platform, dict[str, Any]] = {platform: {} for platform in Platform}
    for row in found:
        numbers = tables[Platform(row.platform)]
        state = PostState(row.state)
        word = "due" if state in OPEN else state.value
        word = "late" if state is PostState.SENT and row.is_late else word
        numbers[word] = numbers.get(word, 0) + row.rows
        if state in OPEN:
            numbers["oldest_due"] = min(row.oldest, numbers.get("oldest_due") or row.oldest)
    return {platform: Counts(**numbers) for platform, numbers in tables.items()}


# -- sent again, forgotten ------------------------------------------------------------------------


async def send_again(
    connection: AsyncConnection, post_id: int, nonce: str, now: datetime, late: timedelta
) -> int | None:
    """Write one more attempt at a row whose end is unknown; return its number.

    The same bytes are sent. Parts that were given up behind it follow, each with the nonce and its
    part. Return None, and write nothing, if the row is not unknown, its payload is forgotten, or
    that was asked for before, by whomever.
    """
    found = await connection.execute(select(post).where(post.c.id == post_id).with_for_update())
    row = found.one_or_none()
    before = Post.from_row(row) if row else None
    if before is None or before.state is not PostState.UNKNOWN or before.payload is None:
        return None
    first = await _add_again(connection, before, nonce, now, late, now)
    if first is None:
        return None
    behind = await connection.execute(
        select(post)
        .where(
            post.c.place_id == before.place_id,
            post.c.local_date == before.local_date,
            post.c.part > before.part,
            post.c.part < (before.part // PARTS + 1) * PARTS,
            post.c.state == PostState.CANCELLED,
            post.c.reason == PART_BEFORE,
            post.c.payload.is_not(None),
        )
        .order_by(post.c.part)
    )
    for row in behind.all():
        one = Post.from_row(row)
        own = hashlib.blake2b(f"{nonce}/{one.part}".encode(), digest_size=_BYTES_OF_NONCE).digest()
        own_nonce = base64.b32encode(own).decode().lower()
        await _add_again(connection, one, own_nonce, now, late, None)
    return first


async def _add_again(
    connection: AsyncConnection,
    before: Post,
    nonce: str,
    now: datetime,
    late: timedelta,
    try_at: datetime | None,
) -> int | None:
    added = await connection.execute(
        insert_into(connection, post)
        .values(
            place_id=before.place_id,
            platform=before.platform,
            local_date=before.local_date,
            part=before.part + PARTS,
            state=PostState.DUE,
            due_at=now,
            late_at=now + late,
            try_at=try_at,
            payload=before.payload,
            nonce=nonce,
            marker=before.marker,
            again_of=before.id,
        )
        .on_conflict_do_nothing()
        .returning(post.c.id)
    )
    number: int | None = added.scalar_one_or_none()
    return number


async def forget_payloads(connection: AsyncConnection, before: datetime) -> int:
    """Forget what was sent by rows that ended before an instant; return how many rows."""
    done = await connection.execute(
        update(post)
        .where(post.c.ended_at < before, post.c.payload.is_not(None))
        .values(payload=None)
    )
    return done.rowcount
