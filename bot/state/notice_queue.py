"""What admins must be told, each once, waiting to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.inserting import insert_into
from bot.state.states import NoticeState
from bot.state.tables import notice, place, post, subscription


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that waits, with where and to whom it goes."""

    id: int
    kind: str
    code: str | None
    attempts: int
    place_id: int
    post_id: int | None
    local_date: date | None
    platform: str
    chat: int
    topic: int
    server: int | None
    place_kind: str
    set_by: int | None
    set_where: int | None

    @classmethod
    def from_row(cls, row: Row[*tuple[Any, ...]]) -> Waiting:
        """Return the value of a row of `waiting`."""
        return cls(**row._mapping)


async def add_notice(
    connection: AsyncConnection,
    place_id: int,
    kind: str,
    dedupe_key: str,
    now: datetime,
    *,
    post_id: int | None = None,
    code: str | None = None,
) -> None:
    """Have an admin told something; a key that was used is not told again."""
    await connection.execute(
        insert_into(connection, notice)
        .values(
            place_id=place_id,
            post_id=post_id,
            kind=kind,
            state=NoticeState.WAITING,
            code=code,
            dedupe_key=dedupe_key,
            created_at=now,
            try_at=now,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
    )


async def waiting(
    connection: AsyncConnection, platforms: Sequence[str], now: datetime, limit: int
) -> list[Waiting]:
    """Return notices whose time has come."""
    rows = await connection.execute(
        select(
            notice.c.id,
            notice.c.kind,
            notice.c.code,
            notice.c.attempts,
            notice.c.place_id,
            notice.c.post_id,
            post.c.local_date,
            place.c.platform,
            place.c.chat,
            place.c.topic,
            place.c.server,
            place.c.kind.label("place_kind"),
            subscription.c.set_by,
            subscription.c.set_where,
        )
        .select_from(
            notice.join(place, place.c.id == notice.c.place_id)
            .outerjoin(subscription, subscription.c.place_id == notice.c.place_id)
            .outerjoin(post, post.c.id == notice.c.post_id)
        )
        .where(
            notice.c.state == NoticeState.WAITING,
            notice.c.try_at <= now,
            place.c.platform.in_(platforms),
        )
        .order_by(notice.c.try_at, notice.c.id)
        .limit(limit)
    )
    return [Waiting.from_row(row) for row in rows.all()]


async def end_notice(
    connection: AsyncConnection, id_: int, state: NoticeState, now: datetime
) -> None:
    """Note that an admin was told, or can't be."""
    await connection.execute(
        update(notice)
        .where(notice.c.id == id_, notice.c.state == NoticeState.WAITING)
        .values(state=state, ended_at=now, try_at=None, attempts=notice.c.attempts + 1)
    )


async def retry_notice(connection: AsyncConnection, id_: int, try_at: datetime) -> None:
    """Let a notice wait for another attempt."""
    await connection.execute(
        update(notice)
        .where(notice.c.id == id_, notice.c.state == NoticeState.WAITING)
        .values(try_at=try_at, attempts=notice.c.attempts + 1)
    )
