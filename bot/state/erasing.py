"""Erasing: a place, a chat, a server, everything of a person; and what has lain long enough.

A foreign key takes subscription, ledger, told facts and notices with their place. Afterwards
`scrub` makes sure that the file itself, its WAL included, holds nothing of it any more. Copies made
before a migration or restore go with `forget_copies` after 30 days, backups are the operator's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.places import current_chat
from bot.state.states import Platform, SubscriptionState
from bot.state.tables import choice, moved, own_date, place, subscription

STOPPED_KEPT = timedelta(days=30)
"""A subscription that was stopped keeps its row and its ledger for so long."""


async def erase_place(connection: AsyncConnection, place_id: int) -> bool:
    """Erase a place with all that hangs on it; return whether there was one."""
    done = await connection.execute(delete(place).where(place.c.id == place_id))
    return done.rowcount == 1


async def erase_chat(connection: AsyncConnection, platform: Platform, chat: int) -> int:
    """Erase a chat with its topics, choices, dates and former numbers; return how many places."""
    chat = await current_chat(connection, platform, chat)
    done = await connection.execute(
        delete(place).where(place.c.platform == platform, place.c.chat == chat)
    )
    await connection.execute(
        delete(moved).where(
            moved.c.platform == platform, or_(moved.c.new_chat == chat, moved.c.old_chat == chat)
        )
    )
    await _erase_scope(connection, platform, chat)
    return done.rowcount


async def erase_server(connection: AsyncConnection, platform: Platform, server: int) -> int:
    """Erase a server's places, choices and dates; return how many places there were."""
    done = await connection.execute(
        delete(place).where(place.c.platform == platform, place.c.server == server)
    )
    await _erase_scope(connection, platform, server)
    return done.rowcount


async def erase_person(connection: AsyncConnection, platform: Platform, user: int) -> None:
    """Erase everything of a person: their private chat, and their number wherever it stands.

    What they set for a community stays the community's, with nobody's number on it. On Telegram a
    private chat has its person's number.
    """
    if platform is Platform.TELEGRAM:
        await erase_chat(connection, platform, user)
    theirs = select(place.c.id).where(place.c.platform == platform)
    await connection.execute(
        update(subscription)
        .where(subscription.c.set_by == user, subscription.c.place_id.in_(theirs))
        .values(set_by=None, set_where=None)
    )
    await connection.execute(
        update(subscription)
        .where(subscription.c.set_where == user, subscription.c.place_id.in_(theirs))
        .values(set_where=None)
    )
    await connection.execute(
        update(own_date)
        .where(own_date.c.platform == platform, own_date.c.added_by == user)
        .values(added_by=None)
    )


async def erase_what_is_due(connection: AsyncConnection, now: datetime) -> int:
    """Erase what was removed or stopped 30 days ago; return how many places that were.

    With the last place of a server or chat that slept, its choices and dates go, too.
    """
    slept = (await connection.execute(select(place).where(place.c.erase_at <= now))).all()
    for row in slept:
        await erase_place(connection, row.id)
        scope = row.chat if row.server is None else row.server
        whole = place.c.server == scope if row.server is not None else place.c.chat == scope
        left = await connection.execute(
            select(place.c.id).where(place.c.platform == row.platform, whole).limit(1)
        )
        if left.one_or_none() is None:
            erase = erase_chat if row.server is None else erase_server
            await erase(connection, Platform(row.platform), scope)
    stopped = select(subscription.c.place_id).where(
        and_(
            subscription.c.state == SubscriptionState.STOPPED,
            subscription.c.changed_at <= now - STOPPED_KEPT,
        )
    )
    done = await connection.execute(delete(place).where(place.c.id.in_(stopped)))
    return len(slept) + done.rowcount


async def _erase_scope(connection: AsyncConnection, platform: Platform, scope: int) -> None:
    for table in (choice, own_date):
        await connection.execute(
            delete(table).where(table.c.platform == platform, table.c.scope == scope)
        )
