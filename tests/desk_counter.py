"""A desk with a state database of its own, people who come to it, and what it has stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from desk_cases import CHANNEL, NOW
from sqlalchemy import text
from state_stores import opened

from bot.answering import Answering
from bot.command import Invocation, Request
from bot.daily.delivery import Target
from bot.desk.context import AttachedFile, Context
from bot.desk.desk import Desk
from bot.desk.remembered import Remembered
from bot.errors import UserError
from bot.reply import Reply
from bot.settings import StateSettings
from bot.state.database import Database
from bot.state.places import find_place
from bot.state.posts import NewPost, Occasion, add_due, last_days
from bot.state.states import Platform, PostState
from bot.state.subscriptions import find_subscription
from bot.state.tables import metadata, post

ADMIN, MEMBER = 1, 2

THREAD = replace(CHANNEL, chat=101, kind="public_thread")
OTHER_SERVER = replace(CHANNEL, chat=200, server=80008)
PRIVATE = Target("telegram", ADMIN, 0, None, "private")

NINE = {"time": "09:00", "zone": "Europe/Berlin"}
"""Options of /daily set."""


class Delivering:
    """A platform on which some permissions are missing."""

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.lacks: list[str] = []

    async def missing(self, target: Target) -> list[str]:
        return self.lacks

    def explain(self, code: str) -> str:
        return f"Mend {code}."


@dataclass
class Counter:
    """A desk, and people who come to it; who is an admin may change at any moment."""

    desk: Desk
    admins: set[int] = field(default_factory=lambda: {ADMIN})
    now: datetime = NOW

    def context(
        self,
        user: int = ADMIN,
        target: Target = CHANNEL,
        place: Target | None = None,
        files: Mapping[str, AttachedFile] | None = None,
        *,
        is_private: bool = False,
    ) -> Context:
        """Return who comes, and from where."""

        async def is_admin(wanted: Target) -> bool:
            return user in self.admins and wanted.server != OTHER_SERVER.server

        async def find(name: str) -> Target:
            if place is None:
                raise UserError("no such place")
            return place

        return Context(target, user, is_admin, is_private, find, files or {})

    async def ask(
        self,
        command: str,
        action: str = "",
        options: Mapping[str, str] | None = None,
        context: Context | None = None,
    ) -> Reply:
        """Ask for a command as the context's person."""
        invocation = Invocation(command, options or {}, action=action)
        request = Request(self.now.date(), command=command, action=action, options=options or {})
        return await self.desk.answer(invocation, request, context or self.context())


@asynccontextmanager
async def opened_desk(settings: StateSettings, answering: Answering) -> AsyncIterator[Counter]:
    """Open a desk on a database while the block runs."""
    async with opened(settings) as database:
        remembered = Remembered()
        await remembered.load(database)
        deliveries = {name: Delivering(name) for name in ("discord", "telegram")}
        counter: Counter

        def clock() -> datetime:
            return counter.now

        desk = Desk(database, answering, remembered, clock, UTC, deliveries)  # type: ignore[arg-type]
        counter = Counter(desk)
        yield counter


async def rows_of(database: Database) -> dict[str, int]:
    """Return how many rows each table has."""
    async with database.read() as connection:
        return {
            table.name: (
                await connection.execute(text(f'SELECT count(*) FROM "{table.name}"'))  # noqa: S608 - names of ours
            ).scalar_one()
            for table in metadata.sorted_tables
        }


async def subscription_of(counter: Counter, target: Target = CHANNEL) -> object:
    """Return what is set in a place, if anything is."""
    async with counter.desk.database.read() as connection:
        place = await find_place(connection, Platform(target.platform), target.chat, target.topic)
        return await find_subscription(connection, place.id) if place else None


async def a_row(counter: Counter, state: PostState = PostState.DUE) -> int:
    """Write today's row of the channel, and return its number."""
    async with counter.desk.database.write() as connection:
        place = await find_place(connection, Platform.DISCORD, CHANNEL.chat)
        assert place is not None
        day = Occasion(
            place_id=place.id,
            platform=Platform.DISCORD,
            local_date=date(2026, 8, 21),
            due_at=NOW,
            late_at=NOW + timedelta(hours=6),
        )
        await add_due(connection, day, [NewPost(part=0, payload="{}", nonce="nonce")])
        if state is not PostState.DUE:
            await connection.execute(
                post.update().values(state=state, ended_at=NOW, try_at=None, sending_at=NOW)
            )
        (row,) = await last_days(connection, place.id, date(2026, 8, 1))
        return row.id
