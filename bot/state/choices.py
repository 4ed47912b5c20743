"""What a server or chat chose: its language, zone, order of numeric dates, and tone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.inserting import insert_into
from bot.state.places import current_chat
from bot.state.states import DateOrder, Platform, Tone
from bot.state.tables import choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choices of a server, or of a chat that belongs to none; none where nothing was chosen."""

    platform: Platform
    scope: int
    language: str | None = None
    zone: str | None = None
    date_order: DateOrder | None = None
    tone: Tone | None = None

    @classmethod
    def from_row(cls, row: Row[Any]) -> Self:
        """Return the choices of a row of its table."""
        return cls(
            platform=Platform(row.platform),
            scope=row.scope,
            language=row.language,
            zone=row.zone,
            date_order=DateOrder(row.date_order) if row.date_order else None,
            tone=Tone(row.tone) if row.tone else None,
        )


async def find_choices(connection: AsyncConnection, platform: Platform, scope: int) -> Chosen:
    """Return what a server or chat chose, also by the number that a chat had before."""
    scope = await current_chat(connection, platform, scope)
    found = await connection.execute(
        select(choice).where(choice.c.platform == platform, choice.c.scope == scope)
    )
    row = found.one_or_none()
    return Chosen.from_row(row) if row else Chosen(platform=platform, scope=scope)


async def keep_choices(connection: AsyncConnection, chosen: Chosen, now: datetime) -> None:
    """Write all choices of a server or chat."""
    row = {**asdict(chosen), "changed_at": now}
    insert = insert_into(connection, choice).values(row)
    await connection.execute(
        insert.on_conflict_do_update(
            index_elements=[choice.c.platform, choice.c.scope],
            set_={name: insert.excluded[name] for name in row if name not in ("platform", "scope")},
        )
    )


async def every_choice(connection: AsyncConnection) -> list[Chosen]:
    """Return the choices of all, for a cache at the start."""
    return [Chosen.from_row(row) for row in await connection.execute(select(choice))]
