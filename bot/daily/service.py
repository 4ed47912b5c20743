"""The daily posts at work beside the adapters: what falls due, what is sent, who is told.

It needs of a platform only its REST side, so that posts go on while a gateway is down. Adapters
tell `Daily.places` what changes; `Daily.check_*` are for the port of health.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapter import Adapter
from bot.answering import Answering
from bot.daily.clock import Clock
from bot.daily.delivery import Delivers, Delivery
from bot.daily.falling_due import FallingDue, target_of
from bot.daily.place_news import PlaceNews
from bot.daily.sending import PROBE_AFTER, Sender
from bot.daily.telling import Telling
from bot.metrics import Metrics
from bot.state.database import Database
from bot.state.erasing import erase_what_is_due
from bot.state.falling_due import oldest_due
from bot.state.faults import StateError
from bot.state.file_copies import forget_copies
from bot.state.place_events import mend_places
from bot.state.places import Place
from bot.state.posts import forget_payloads, nonce_of, post_of_id, send_again
from bot.state.states import Platform
from bot.state.subscriptions import Subscription, put_off_probe, to_probe

logger = logging.getLogger("daybook.daily")

RECOVER_SECONDS = 10.0
"""How often is looked for what other processes left."""
PROBE_SECONDS = 30.0
"""How often is looked for places to probe."""
PROBES = 10
"""Places that are probed together: a refused probe counts towards a ban."""
SWEEP_SECONDS = 3600.0
PAYLOADS_KEPT = timedelta(days=30)

LATE_SECONDS = 300
"""CONTRACTS.md, HTTP: no row is over 5 minutes late."""

AGAIN_LATE = timedelta(hours=1)
"""How late a post that an admin had sent again may be."""


def daily_posts(
    database: Database, answering: Answering, adapters: Iterable[Adapter], metrics: Metrics
) -> Daily:
    """Return the daily posts of the adapters that can deliver, which tell it of their places."""
    delivering = [adapter for adapter in adapters if isinstance(adapter, Delivers)]
    daily = Daily(database, answering, [one.delivery for one in delivering], metrics)
    for one in delivering:
        one.listen(daily.places)
    return daily


class Daily:
    """The daily posts of one process, between `run` and `stop`."""

    def __init__(
        self,
        database: Database,
        answering: Answering,
        deliveries: Iterable[Delivery],
        metrics: Metrics,
        clock: Clock | None = None,
    ) -> None:
        """Take the open database, what answers, and each platform's way to deliver."""
        self._database = database
        self._clock = clock or Clock()
        self._deliveries = {Platform(one.platform): one for one in deliveries}
        owner = f"{os.getpid()}-{uuid.uuid4().hex[:16]}"
        self._senders = {
            platform: Sender(database, delivery, owner, metrics, self._clock)
            for platform, delivery in self._deliveries.items()
        }
        self._falling = FallingDue(
            database,
            answering,
            self._deliveries,
            {platform: sender.wake for platform, sender in self._senders.items()},
            self._clock,
        )
        self._telling = Telling(
            database,
            self._deliveries,
            {platform: sender.turn for platform, sender in self._senders.items()},
            self._clock,
        )
        self._probing = asyncio.Event()
        self.places = PlaceNews(database, self._probing.set, self._clock)
        """Whom the adapters tell what changes at places."""
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Work until `stop` has ended."""
        self._tasks = [
            asyncio.create_task(sender.run(), name=f"send on {platform}")
            for platform, sender in self._senders.items()
        ]
        beside = [
            asyncio.create_task(self._every(RECOVER_SECONDS, self._recover), name="recover"),
            asyncio.create_task(self._falling.run(), name="fall due"),
            asyncio.create_task(self._telling.run(), name="tell admins"),
            asyncio.create_task(self.places.run(), name="place news"),
            asyncio.create_task(self._probe_again_and_again(), name="probe"),
            asyncio.create_task(self._every(SWEEP_SECONDS, self._sweep), name="sweep"),
            asyncio.create_task(self._once(self._falling.read_zones_again), name="zones"),
        ]
        try:
            await asyncio.gather(*self._tasks)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    @property
    def checks(self) -> Mapping[str, Callable[[], Awaitable[str | None]]]:
        """What must be well, for the port of health, by its name."""
        return {
            "posts": self.check_late,
            "state": self.check_writable,
            "delivery": self.check_tokens,
        }

    async def close(self) -> None:
        """Close the platforms' connections."""
        for delivery in self._deliveries.values():
            await delivery.close()

    async def stop(self) -> None:
        """Begin nothing new, and wait for what is under way; within some 8 seconds."""
        self._stopping.set()
        self._falling.stop()
        self._telling.stop()
        await asyncio.gather(*(sender.stop() for sender in self._senders.values()))
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2.0)

    # -- what admins ask --------------------------------------------------------------------------

    async def send_again(self, post_id: int) -> bool:
        """Send a post of unknown end once more, once; return whether this call did it."""

        async def change(connection: AsyncConnection) -> int | None:
            before = await post_of_id(connection, post_id)
            if before is None:
                return None
            # a number of its own, so that Discord doesn't take it for the lost one
            nonce = nonce_of(before.platform, -post_id, 0, before.local_date, before.part)
            now = await self._clock.now(connection)
            return await send_again(connection, post_id, nonce, now, AGAIN_LATE)

        made = await self._database.run(change)
        if made is not None:
            for sender in self._senders.values():
                sender.wake()
        return made is not None

    # -- health -----------------------------------------------------------------------------------

    async def check_late(self) -> str | None:
        """Say so where a post has waited for more than five minutes."""

        async def question(connection: AsyncConnection) -> str | None:
            now = await self._clock.now(connection)
            oldest = await oldest_due(connection, list(self._deliveries))
            late = (now - oldest).total_seconds() if oldest else 0.0
            return f"a post is {late / 60:.0f} minutes late" if late > LATE_SECONDS else None

        return await self._database.look(question)

    async def check_writable(self) -> str | None:
        """Say so where the state database can't be written."""
        troubles = [sender.trouble for sender in self._senders.values()] + [self._falling.trouble]
        found = next(filter(None, troubles), "")
        if not found:
            try:
                await self._database.run(_nothing)
            except StateError as error:
                found = str(error)
        return f"the state database can't be written: {found}" if found else None

    async def check_tokens(self) -> str | None:
        """Say so where nothing can be sent on a platform any more."""
        found = [
            f"{platform}: {sender.stopped_by}"
            for platform, sender in self._senders.items()
            if sender.stopped_by
        ]
        return "; ".join(found) or None

    # -- now and then -----------------------------------------------------------------------------

    async def _recover(self) -> None:
        for sender in self._senders.values():
            await sender.recover()

    async def _probe_again_and_again(self) -> None:
        while not self._stopping.is_set():
            self._probing.clear()
            await self._once(self._probe)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._probing.wait(), PROBE_SECONDS)

    async def _probe(self) -> None:
        """Look whether refused places can be posted to again: once a day, or when told to."""

        async def question(connection: AsyncConnection) -> list[tuple[Place, Subscription]]:
            return await to_probe(connection, await self._clock.now(connection), PROBES)

        found = await self._database.look(question)
        for place, of in found:
            delivery = self._deliveries.get(place.platform)
            missing = (
                ["its token"] if delivery is None else await delivery.missing(target_of(place, of))
            )
            await self._database.run(partial(self._note_probe, place.id, not missing))
        if len(found) == PROBES:
            self._probing.set()

    async def _note_probe(self, place_id: int, is_well: bool, connection: AsyncConnection) -> None:
        now = await self._clock.now(connection)
        if is_well:
            await mend_places(connection, [place_id], now)
        else:
            await put_off_probe(connection, place_id, now + PROBE_AFTER)

    async def _sweep(self) -> None:
        """Erase what has slept long enough, and forget what was sent, or copied, long ago."""
        erased = 0

        async def change(connection: AsyncConnection) -> None:
            nonlocal erased
            now = await self._clock.now(connection)
            erased = await erase_what_is_due(connection, now)
            await forget_payloads(connection, now - PAYLOADS_KEPT)

        await self._database.run(change)
        if erased:
            logger.info("%d places that removed the bot 30 days ago were erased", erased)
            await self._database.scrub()
        if self._database.file is not None:
            await asyncio.to_thread(forget_copies, self._database.file, datetime.now(UTC))

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            await self._once(work)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _once(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception:
            logger.exception("a part of the daily posts failed; it is tried again")


async def _nothing(connection: AsyncConnection) -> None:
    """Change nothing: a commit by itself shows that the database can be written."""
