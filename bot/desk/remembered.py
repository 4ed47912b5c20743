"""What is looked up for every question: a place's zone and order of dates, and who has own dates.

All of it is read at the start and kept in memory, a few dozen bytes a place that chose something,
so that no question waits for the database. A change at the desk refreshes it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.delivery import Target
from bot.daily.zones import zone_named
from bot.desk.context import scope_of
from bot.desk.records import scopes_with_dates, zones_of_posts
from bot.errors import UserError
from bot.state.choices import every_choice, find_choices
from bot.state.database import Database
from bot.state.own_dates import count_own_dates
from bot.state.states import DateOrder, Platform
from knowledge.dates import Order

logger = logging.getLogger("daybook.desk")

FRESH_SECONDS = 300.0

_ORDERS = {DateOrder.DAY_FIRST: Order.DAY_FIRST, DateOrder.MONTH_FIRST: Order.MONTH_FIRST}

Key = tuple[str, int]
"""A platform's name, and a server's or chat's number."""


@dataclass(slots=True)
class _Kept:
    """What is kept of a server or chat: names of zones, for a zone itself is large."""

    zone: str | None = None
    order: Order | None = None


class Remembered:
    """The zones and orders of servers and chats, and which of them have own dates."""

    def __init__(self) -> None:
        """Begin with nothing; `load` reads all."""
        self._chosen: dict[Key, _Kept] = {}
        self._of_posts: dict[Key, str] = {}
        self._with_dates: set[Key] = set()

    async def load(self, database: Database) -> None:
        """Read all from the state database, in place of what is kept."""

        async def read(connection: AsyncConnection) -> None:
            chosen = {
                (one.platform.value, one.scope): _kept(one.zone, one.date_order)
                for one in await every_choice(connection)
            }
            of_posts: dict[Key, str] = {}
            with_dates: set[Key] = set()
            for platform in Platform:
                zones = await zones_of_posts(connection, platform)
                self._take_zones(of_posts, platform.value, zones)
                with_dates |= {
                    (platform.value, scope)
                    for scope in await scopes_with_dates(connection, platform)
                }
            self._chosen, self._of_posts, self._with_dates = chosen, of_posts, with_dates

        await database.look(read)

    async def refresh(self, database: Database, target: Target) -> None:
        """Read again what is kept of a place's server or chat, for something was changed there."""
        platform, scope = Platform(target.platform), scope_of(target)

        async def read(connection: AsyncConnection) -> None:
            chosen = await find_choices(connection, platform, scope)
            zones = await zones_of_posts(connection, platform, scope)
            number = await count_own_dates(connection, platform, scope)
            key = (target.platform, scope)
            self._chosen[key] = _kept(chosen.zone, chosen.date_order)
            if not chosen.zone and not chosen.date_order:
                del self._chosen[key]
            for numbered in (scope, target.chat):
                self._of_posts.pop((target.platform, numbered), None)
            self._take_zones(self._of_posts, target.platform, zones)
            (self._with_dates.add if number else self._with_dates.discard)(key)

        await database.look(read)

    async def keep_fresh(self, database: Database) -> None:
        """Read all again every few minutes, for other processes and sweeps change it, too."""
        while True:
            await asyncio.sleep(FRESH_SECONDS)
            try:
                await self.load(database)
            except Exception:
                logger.exception("what places chose could not be read again; it stays as it was")

    def moved(self, platform: str, old: int, new: int) -> None:
        """Let what is kept of a chat go along to its new number."""
        before, after = (platform, old), (platform, new)
        if (chosen := self._chosen.pop(before, None)) is not None:
            self._chosen.setdefault(after, chosen)
        if (zone := self._of_posts.pop(before, None)) is not None:
            self._of_posts.setdefault(after, zone)
        if before in self._with_dates:
            self._with_dates.remove(before)
            self._with_dates.add(after)

    @staticmethod
    def _take_zones(
        kept: dict[Key, str], platform: str, zones: Iterable[tuple[int, int | None, str]]
    ) -> None:
        for chat, server, zone in zones:
            for number in {chat, server} - {None}:
                kept.setdefault((platform, number or 0), sys.intern(zone))

    def zone(self, platform: str, scope: int, chat: int | None = None) -> ZoneInfo | None:
        """Return the zone that a server or chat chose, else that of its daily post.

        Of a server's posts the one of the very chat goes first. None where there is none.
        """
        kept = self._chosen.get((platform, scope))
        names = [
            kept.zone if kept else None,
            self._of_posts.get((platform, chat)) if chat is not None else None,
            self._of_posts.get((platform, scope)),
        ]
        for name in names:
            if name is not None:
                try:
                    return zone_named(name)
                except UserError:  # gone from the tz database; /settings and /daily say so
                    continue
        return None

    def order(self, platform: str, scope: int) -> Order | None:
        """Return how a server or chat has numeric dates read, none where it chose nothing."""
        kept = self._chosen.get((platform, scope))
        return kept.order if kept else None

    def has_own_dates(self, platform: str, scope: int) -> bool:
        """Whether a server or chat has dates of its own."""
        return (platform, scope) in self._with_dates


def _kept(zone: str | None, order: DateOrder | None) -> _Kept:
    return _Kept(sys.intern(zone) if zone else None, _ORDERS[order] if order else None)
