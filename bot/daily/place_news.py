"""What platforms tell of places: the bot was removed, is back, a chat moved, permissions changed.

Adapters say it and go on; it is written in its order, and again where the database can't be written
for a moment, since a platform tells such a thing once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.clock import Clock
from bot.state.database import Database
from bot.state.moving import move_chat
from bot.state.place_events import count_from_now, has_asleep, mend_places, probe_now
from bot.state.places import sleep_chat, sleep_server, wake_chat, wake_server
from bot.state.states import Platform

logger = logging.getLogger("daybook.daily")

RETRY_SECONDS = 5.0

News = Callable[[AsyncConnection], Awaitable[bool]]
"""Writes something; returns whether there are places to be probed now."""


class PlaceNews:
    """Writes what adapters tell."""

    def __init__(
        self, database: Database, probe: Callable[[], None], clock: Clock | None = None
    ) -> None:
        """Take the database, and what has places probed at once."""
        self._database = database
        self._probe = probe
        self._clock = clock or Clock()
        self._news: asyncio.Queue[News] = asyncio.Queue()

    async def run(self) -> None:
        """Write what is told, until it is cancelled."""
        while True:
            news = await self._news.get()
            while True:
                try:
                    if await self._database.run(news):
                        self._probe()
                    break
                except Exception:
                    logger.exception("what changed at a place can't be written yet")
                    await asyncio.sleep(RETRY_SECONDS)
            self._news.task_done()

    async def written(self) -> None:
        """Wait until everything told so far is written."""
        await self._news.join()

    def removed(self, platform: str, *, chat: int | None = None, server: int | None = None) -> None:
        """Put a chat's or server's places to sleep."""
        self._news.put_nowait(partial(self._removed, Platform(platform), chat, server))

    def returned(
        self, platform: str, *, chat: int | None = None, server: int | None = None
    ) -> None:
        """Wake a chat's or server's places, if they sleep; they post from now on."""
        self._news.put_nowait(partial(self._returned, Platform(platform), chat, server))

    def look_again(
        self, platform: str, *, chat: int | None = None, server: int | None = None
    ) -> None:
        """Have broken subscriptions of a chat or server probed."""
        self._news.put_nowait(partial(self._look_again, Platform(platform), chat, server))

    def moved(self, platform: str, old: int, new: int) -> None:
        """Give a chat its new number, wherever it is kept."""
        self._news.put_nowait(partial(self._moved, Platform(platform), old, new))

    async def _removed(
        self, platform: Platform, chat: int | None, server: int | None, connection: AsyncConnection
    ) -> bool:
        now = await self._clock.now(connection)
        if server is not None:
            await sleep_server(connection, platform, server, now)
        if chat is not None:
            await sleep_chat(connection, platform, chat, now)
        return False

    async def _returned(
        self, platform: Platform, chat: int | None, server: int | None, connection: AsyncConnection
    ) -> bool:
        if not await has_asleep(connection, platform, chat=chat, server=server):
            return False
        now = await self._clock.now(connection)
        woken: list[int] = []
        if server is not None:
            woken += await wake_server(connection, platform, server, now)
        if chat is not None:
            woken += await wake_chat(connection, platform, chat, now)
        await mend_places(connection, woken, now)
        await count_from_now(connection, woken, now)
        return False

    async def _look_again(
        self, platform: Platform, chat: int | None, server: int | None, connection: AsyncConnection
    ) -> bool:
        now = await self._clock.now(connection)
        return await probe_now(connection, platform, now, chat=chat, server=server)

    async def _moved(
        self, platform: Platform, old: int, new: int, connection: AsyncConnection
    ) -> bool:
        await move_chat(connection, platform, old, new, await self._clock.now(connection))
        return False
