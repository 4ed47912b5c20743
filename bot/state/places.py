"""Places: where posts go. Found by their number, kept, put to sleep, woken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Row, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.inserting import insert_into
from bot.state.states import Platform
from bot.state.tables import moved, place, subscription

KEPT_ASLEEP = timedelta(days=30)
"""After the bot was removed, all of a place is kept for so long, in case it comes back."""


@dataclass(frozen=True, slots=True)
class Place:
    """A Discord channel, thread or forum, a Telegram chat, channel or topic (0: none)."""

    id: int
    platform: Platform
    chat: int
    topic: int
    server: int | None
    kind: str
    asleep_since: datetime | None = None
    erase_at: datetime | None = None

    @classmethod
    def from_row(cls, row: Row[Any]) -> Self:
        """Return the place of a row of its table."""
        return cls(
            id=row.id,
            platform=Platform(row.platform),
            chat=row.chat,
            topic=row.topic,
            server=row.server,
            kind=row.kind,
            asleep_since=row.asleep_since,
            erase_at=row.erase_at,
        )

    @property
    def scope(self) -> int:
        """What choices and own dates belong to: the server, or the chat where there is none."""
        return self.chat if self.server is None else self.server


async def find_place(
    connection: AsyncConnection, platform: Platform, chat: int, topic: int = 0
) -> Place | None:
    """Return the place of a chat and topic, also by the number that the chat had before."""
    chat = await current_chat(connection, platform, chat)
    found = await connection.execute(
        select(place).where(
            place.c.platform == platform, place.c.chat == chat, place.c.topic == topic
        )
    )
    row = found.one_or_none()
    return Place.from_row(row) if row else None


async def place_of_id(connection: AsyncConnection, place_id: int) -> Place | None:
    """Return a place by its own number."""
    row = (await connection.execute(select(place).where(place.c.id == place_id))).one_or_none()
    return Place.from_row(row) if row else None


async def places_of_server(
    connection: AsyncConnection, platform: Platform, server: int
) -> list[Place]:
    """Return all places of a server."""
    return await _places(connection, _in_server(platform, server))


async def places_of_chat(connection: AsyncConnection, platform: Platform, chat: int) -> list[Place]:
    """Return a chat and its topics."""
    chat = await current_chat(connection, platform, chat)
    return await _places(connection, _in_chat(platform, chat))


async def keep_place(
    connection: AsyncConnection,
    platform: Platform,
    chat: int,
    topic: int = 0,
    *,
    kind: str,
    server: int | None = None,
) -> Place:
    """Return a place, made if there is none; its kind and server are what is given here."""
    chat = await current_chat(connection, platform, chat)
    insert = insert_into(connection, place).values(
        platform=platform, chat=chat, topic=topic, kind=kind, server=server
    )
    kept = await connection.execute(
        insert.on_conflict_do_update(
            index_elements=[place.c.platform, place.c.chat, place.c.topic],
            set_={"kind": insert.excluded.kind, "server": insert.excluded.server},
        ).returning(place)
    )
    return Place.from_row(kept.one())


async def sleep_server(
    connection: AsyncConnection, platform: Platform, server: int, now: datetime
) -> list[int]:
    """Put a server's places to sleep, as the bot was removed; return their numbers."""
    return await _sleep(connection, _in_server(platform, server), now)


async def sleep_chat(
    connection: AsyncConnection, platform: Platform, chat: int, now: datetime
) -> list[int]:
    """Put a chat and its topics to sleep, as the bot was removed; return their numbers."""
    chat = await current_chat(connection, platform, chat)
    return await _sleep(connection, _in_chat(platform, chat), now)


async def wake_server(
    connection: AsyncConnection, platform: Platform, server: int, now: datetime
) -> list[int]:
    """Wake a server's places whose time has not run out, as the bot is back; return their numbers.

    Their subscriptions need `subscriptions.resume` or `set_wakes` to be looked at again.
    """
    return await _wake(connection, _in_server(platform, server), now)


async def wake_chat(
    connection: AsyncConnection, platform: Platform, chat: int, now: datetime
) -> list[int]:
    """Wake a chat and its topics as `wake_server` does."""
    chat = await current_chat(connection, platform, chat)
    return await _wake(connection, _in_chat(platform, chat), now)


async def current_chat(connection: AsyncConnection, platform: Platform, chat: int) -> int:
    """Return the number that a chat has now, which is another one if it was moved."""
    found = await connection.execute(
        select(moved.c.new_chat).where(moved.c.platform == platform, moved.c.old_chat == chat)
    )
    moved_to: int | None = found.scalar_one_or_none()
    return chat if moved_to is None else moved_to


def _in_server(platform: Platform, server: int) -> ColumnElement[bool]:
    return and_(place.c.platform == platform, place.c.server == server)


def _in_chat(platform: Platform, chat: int) -> ColumnElement[bool]:
    return and_(place.c.platform == platform, place.c.chat == chat)


async def _places(connection: AsyncConnection, which: ColumnElement[bool]) -> list[Place]:
    found = await connection.execute(select(place).where(which).order_by(place.c.id))
    return [Place.from_row(row) for row in found]


async def _sleep(
    connection: AsyncConnection, which: ColumnElement[bool], now: datetime
) -> list[int]:
    fallen = await connection.execute(
        update(place)
        .where(which, place.c.asleep_since.is_(None))
        .values(asleep_since=now, erase_at=now + KEPT_ASLEEP)
        .returning(place.c.id)
    )
    ids = _numbers(fallen.all())
    await connection.execute(
        update(subscription)
        .where(subscription.c.place_id.in_(ids))
        .values(wake_at=None, probe_at=None)
    )
    return ids


async def _wake(
    connection: AsyncConnection, which: ColumnElement[bool], now: datetime
) -> list[int]:
    woken = await connection.execute(
        update(place)
        .where(which, place.c.erase_at > now)
        .values(asleep_since=None, erase_at=None)
        .returning(place.c.id)
    )
    return _numbers(woken.all())


def _numbers(rows: Sequence[Row[Any]]) -> list[int]:
    return sorted(row.id for row in rows)
