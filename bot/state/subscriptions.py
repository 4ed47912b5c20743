"""Subscriptions: what a place gets and when, whether it does, and which are to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.schedule import DEFAULT_LATE, Schedule
from bot.state.inserting import insert_into
from bot.state.places import Place
from bot.state.states import Empty, Platform, SubscriptionState, Tone
from bot.state.tables import place, subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What an admin chose for a place, and how it stands.

    `counts_from`: schedule.py says what it means. `changed_at` tells a writer whether the row is
    still the one it read. `set_where` is the chat where notices go, none for the place itself.
    """

    place_id: int
    wall_time: time
    zone: str
    late: timedelta = DEFAULT_LATE
    kinds: tuple[str, ...] = ()
    about: str = ""
    tone: Tone = Tone.BALANCED
    empty: Empty = Empty.MONTH
    language: str | None = None
    ping_role: int | None = None
    forum_title: str | None = None
    forum_tags: tuple[int, ...] = ()
    state: SubscriptionState = SubscriptionState.ON
    broken_code: str | None = None
    broken_told_at: datetime | None = None
    probe_at: datetime | None = None
    set_by: int | None = None
    set_where: int | None = None
    counts_from: datetime
    changed_at: datetime
    wake_at: datetime | None = None

    @property
    def schedule(self) -> Schedule:
        """When posts are due; raises KeyError where the zone is gone from the system's rules."""
        return Schedule(self.wall_time, ZoneInfo(self.zone), self.late)

    @classmethod
    def from_row(cls, row: Row[Any]) -> Self:
        """Return the subscription of a row of its table."""
        return cls(
            place_id=row.place_id,
            wall_time=time.fromisoformat(row.wall_time),
            zone=row.zone,
            late=timedelta(seconds=row.late_seconds),
            kinds=tuple(filter(None, row.kinds.split(","))),
            about=row.about,
            tone=Tone(row.tone),
            empty=Empty(row.empty),
            language=row.language,
            ping_role=row.ping_role,
            forum_title=row.forum_title,
            forum_tags=tuple(int(tag) for tag in row.forum_tags.split(",") if tag),
            state=SubscriptionState(row.state),
            broken_code=row.broken_code,
            broken_told_at=row.broken_told_at,
            probe_at=row.probe_at,
            set_by=row.set_by,
            set_where=row.set_where,
            counts_from=row.counts_from,
            changed_at=row.changed_at,
            wake_at=row.wake_at,
        )

    def to_row(self) -> dict[str, Any]:
        """Return what the table keeps, by its columns."""
        row = {one.name: getattr(self, one.name) for one in fields(self)}
        row["wall_time"] = f"{self.wall_time:%H:%M}"
        row["late_seconds"] = int(row.pop("late").total_seconds())
        row["kinds"] = ",".join(self.kinds)
        row["forum_tags"] = ",".join(map(str, self.forum_tags))
        return row


async def find_subscription(connection: AsyncConnection, place_id: int) -> Subscription | None:
    """Return a place's subscription in whatever state."""
    found = await connection.execute(
        select(subscription).where(subscription.c.place_id == place_id)
    )
    row = found.one_or_none()
    return Subscription.from_row(row) if row else None


async def keep_subscription(connection: AsyncConnection, chosen: Subscription) -> None:
    """Write a place's subscription, whether there is one or not."""
    row = chosen.to_row()
    insert = insert_into(connection, subscription).values(row)
    await connection.execute(
        insert.on_conflict_do_update(
            index_elements=[subscription.c.place_id],
            set_={name: insert.excluded[name] for name in row if name != "place_id"},
        )
    )


async def pause(connection: AsyncConnection, place_id: int, now: datetime) -> bool:
    """Make a subscription wait until it is resumed; return whether there is one."""
    return await _halt(connection, place_id, SubscriptionState.PAUSED, now)


async def stop(connection: AsyncConnection, place_id: int, now: datetime) -> bool:
    """End a subscription; its row and ledger are kept for 30 days. Return whether there is one."""
    return await _halt(connection, place_id, SubscriptionState.STOPPED, now)


async def resume(
    connection: AsyncConnection, place_id: int, now: datetime, wake_at: datetime
) -> bool:
    """Let a subscription go on, counting from now; return whether there is one."""
    done = await connection.execute(
        update(subscription)
        .where(subscription.c.place_id == place_id)
        .values(
            state=SubscriptionState.ON,
            broken_code=None,
            broken_told_at=None,
            probe_at=None,
            counts_from=now,
            changed_at=now,
            wake_at=wake_at,
        )
    )
    return done.rowcount == 1


async def mark_broken_told(connection: AsyncConnection, place_id: int, now: datetime) -> None:
    """Remember that an admin knows of the refusal."""
    await connection.execute(
        update(subscription)
        .where(
            subscription.c.place_id == place_id,
            subscription.c.state == SubscriptionState.BROKEN,
        )
        .values(broken_told_at=now)
    )


async def put_off_probe(connection: AsyncConnection, place_id: int, probe_at: datetime) -> None:
    """Probe a broken subscription at another time: later, or at once when permissions change."""
    await connection.execute(
        update(subscription)
        .where(
            subscription.c.place_id == place_id,
            subscription.c.state == SubscriptionState.BROKEN,
        )
        .values(probe_at=probe_at)
    )


async def to_probe(
    connection: AsyncConnection, now: datetime, limit: int
) -> list[tuple[Place, Subscription]]:
    """Return the broken ones whose time to be probed has come."""
    return await _with_places(connection, subscription.c.probe_at, now, limit)


async def every_one_on(
    connection: AsyncConnection, after_place: int, limit: int
) -> list[Subscription]:
    """Return subscriptions that are on, of places awake, by place, behind a place: page by page.

    For the start, at which `wake_at` is computed again since the rules of zones may be new.
    """
    found = await connection.execute(
        select(subscription)
        .join(place)
        .where(
            subscription.c.place_id > after_place,
            subscription.c.state == SubscriptionState.ON,
            place.c.asleep_since.is_(None),
        )
        .order_by(subscription.c.place_id)
        .limit(limit)
    )
    return [Subscription.from_row(row) for row in found]


async def set_wakes(
    connection: AsyncConnection, wakes: Mapping[int, tuple[datetime, datetime]]
) -> None:
    """Write when places are looked at next: place -> (the `changed_at` that was read, when).

    One that was changed since keeps what the change wrote.
    """
    if not wakes:
        return
    await connection.execute(
        update(subscription)
        .where(
            subscription.c.place_id == bindparam("of_place"),
            subscription.c.changed_at == bindparam("read_at"),
            subscription.c.state == SubscriptionState.ON,
        )
        .values(wake_at=bindparam("wakes")),
        [
            {"of_place": place_id, "read_at": changed_at, "wakes": wake_at}
            for place_id, (changed_at, wake_at) in sorted(wakes.items())
        ],
    )


async def subscriptions_of(
    connection: AsyncConnection, place_ids: Iterable[int]
) -> dict[int, Subscription]:
    """Return the subscriptions of places, by place."""
    found = await connection.execute(
        select(subscription).where(subscription.c.place_id.in_(list(place_ids)))
    )
    return {row.place_id: Subscription.from_row(row) for row in found}


async def subscriptions_set_by(
    connection: AsyncConnection, platform: Platform, user: int
) -> list[tuple[Place, Subscription]]:
    """Return what a person set, for an export."""
    found = await connection.execute(
        select(place.c.id)
        .join(subscription)
        .where(place.c.platform == platform, subscription.c.set_by == user)
    )
    return await _read_both(connection, [row.id for row in found])


async def count_in_server(connection: AsyncConnection, platform: Platform, server: int) -> int:
    """Return how many places of a server have a subscription that is not stopped."""
    return await _count(connection, platform, place.c.server == server)


async def count_in_chat(connection: AsyncConnection, platform: Platform, chat: int) -> int:
    """Return how many topics of a chat, and itself, have a subscription that is not stopped."""
    return await _count(connection, platform, place.c.chat == chat)


async def _count(
    connection: AsyncConnection, platform: Platform, which: ColumnElement[bool]
) -> int:
    found = await connection.execute(
        select(func.count())
        .select_from(subscription.join(place))
        .where(
            place.c.platform == platform, which, subscription.c.state != SubscriptionState.STOPPED
        )
    )
    return int(found.scalar_one())


async def _halt(
    connection: AsyncConnection, place_id: int, state: SubscriptionState, now: datetime
) -> bool:
    done = await connection.execute(
        update(subscription)
        .where(subscription.c.place_id == place_id)
        .values(
            state=state,
            broken_code=None,
            broken_told_at=None,
            probe_at=None,
            changed_at=now,
            wake_at=None,
        )
    )
    return done.rowcount == 1


async def _with_places(
    connection: AsyncConnection,
    at: ColumnElement[datetime],
    now: datetime,
    limit: int,
) -> list[tuple[Place, Subscription]]:
    found = await connection.execute(
        select(subscription.c.place_id).where(at <= now).order_by(at).limit(limit)
    )
    return await _read_both(connection, [row.place_id for row in found])


async def _read_both(
    connection: AsyncConnection, place_ids: list[int]
) -> list[tuple[Place, Subscription]]:
    """Return places with their subscriptions in the order of their numbers here."""
    found = await connection.execute(select(place).where(place.c.id.in_(place_ids)))
    places = {row.id: Place.from_row(row) for row in found}
    chosen = await subscriptions_of(connection, place_ids)
    return [(places[number], chosen[number]) for number in place_ids if number in chosen]
