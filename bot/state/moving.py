"""A group that becomes a supergroup gets another number: everything of it moves along, once.

Telegram tells it by an update, by a refusal, or by both, in any order and more than once
(https://core.telegram.org/bots/api#responseparameters, migrate_to_chat_id).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Table, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.inserting import insert_into
from bot.state.places import current_chat
from bot.state.states import Platform, PostState
from bot.state.tables import choice, moved, notice, own_date, place, post, subscription, told


async def move_chat(
    connection: AsyncConnection, platform: Platform, old: int, new: int, now: datetime
) -> bool:
    """Give a chat with its topics, choices and dates a new number; return whether that was news.

    The old number leads to the new one from then on. Where there is something under the new number
    already, both become one: of two subscriptions the one that was changed last stays, and a date
    that was posted under either number is not posted again.
    """
    if old == new or await current_chat(connection, platform, old) == new:
        return False
    await connection.execute(
        delete(moved).where(moved.c.platform == platform, moved.c.old_chat == new)
    )
    await connection.execute(
        update(moved)
        .where(moved.c.platform == platform, moved.c.new_chat == old, moved.c.old_chat != new)
        .values(new_chat=new)
    )
    await connection.execute(
        insert_into(connection, moved)
        .values(platform=platform, old_chat=old, new_chat=new, moved_at=now)
        .on_conflict_do_update(
            index_elements=[moved.c.platform, moved.c.old_chat],
            set_={"new_chat": new, "moved_at": now},
        )
    )
    await _move_places(connection, platform, old, new)
    for table in (choice, own_date):
        await _move_scope(connection, table, platform, old, new)
    await connection.execute(
        update(subscription)
        .where(
            subscription.c.set_where == old,
            subscription.c.place_id.in_(select(place.c.id).where(place.c.platform == platform)),
        )
        .values(set_where=new)
    )
    return True


async def _move_places(connection: AsyncConnection, platform: Platform, old: int, new: int) -> None:
    chats = select(place.c.id, place.c.topic).where(place.c.platform == platform)
    olds = (await connection.execute(chats.where(place.c.chat == old))).all()
    news = (await connection.execute(chats.where(place.c.chat == new))).all()
    there = {row.topic: row.id for row in news}
    for row in olds:
        if row.topic in there:
            await _merge(connection, row.id, there[row.topic])
        else:
            await connection.execute(update(place).where(place.c.id == row.id).values(chat=new))


async def _merge(connection: AsyncConnection, gone: int, kept: int) -> None:
    """Make two places one. What was posted under the old number counts first: it may be out."""
    await _merge_posts(connection, gone, kept)
    changed = {
        row.place_id: row.changed_at
        for row in await connection.execute(
            select(subscription.c.place_id, subscription.c.changed_at).where(
                subscription.c.place_id.in_([gone, kept])
            )
        )
    }
    if gone in changed and (kept not in changed or changed[gone] > changed[kept]):
        await connection.execute(delete(subscription).where(subscription.c.place_id == kept))
        await connection.execute(
            update(subscription).where(subscription.c.place_id == gone).values(place_id=kept)
        )
    known = select(told.c.event_key).where(told.c.place_id == kept)
    await connection.execute(
        update(told)
        .where(told.c.place_id == gone, told.c.event_key.not_in(known))
        .values(place_id=kept)
    )
    await connection.execute(update(notice).where(notice.c.place_id == gone).values(place_id=kept))
    await connection.execute(delete(place).where(place.c.id == gone))


async def _merge_posts(connection: AsyncConnection, gone: int, kept: int) -> None:
    """Bring rows of one place to another. A date of both keeps the rows of one: what may be out."""
    waits = [PostState.DUE, PostState.CLAIMED]
    out = select(post.c.local_date).where(post.c.place_id == gone, post.c.state.not_in(waits))
    await connection.execute(
        delete(post).where(
            post.c.place_id == kept,
            post.c.local_date.in_((await connection.execute(out)).scalars().all()),
            post.c.state.in_(waits),
        )
    )
    both = select(post.c.local_date).where(post.c.place_id == kept)
    await connection.execute(
        delete(post).where(
            post.c.place_id == gone,
            post.c.local_date.in_((await connection.execute(both)).scalars().all()),
        )
    )
    await connection.execute(update(post).where(post.c.place_id == gone).values(place_id=kept))


async def _move_scope(
    connection: AsyncConnection, table: Table, platform: Platform, old: int, new: int
) -> None:
    """Bring what belongs to a chat along; where both numbers have the same, the new one's stays."""
    keys = [one for one in table.primary_key.columns if one.name not in ("platform", "scope")]
    other = table.alias("other")
    same = [other.c[one.name] == one for one in keys]
    await connection.execute(
        delete(table).where(
            table.c.platform == platform,
            table.c.scope == old,
            exists().where(other.c.platform == platform, other.c.scope == new, *same),
        )
    )
    await connection.execute(
        update(table).where(table.c.platform == platform, table.c.scope == old).values(scope=new)
    )
