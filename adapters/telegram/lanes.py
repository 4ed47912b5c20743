"""Work done in order within a lane, and at once among lanes: a lane is a chat.

A chat that has to wait holds up no other one. What waits is bounded: a chat that floods loses what
is too much, and whoever brings work can see that there is plenty.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable

logger = logging.getLogger("daybook")

MOST_IN_A_LANE = 50
MOST_AT_ONCE = 1_000

Work = Callable[[], Awaitable[None]]


class Lanes:
    """The lanes of one connection."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: dict[Hashable, deque[Work]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0
        self._room = asyncio.Event()
        self._room.set()

    @property
    def is_full(self) -> bool:
        """Whether so much waits that no more should be brought."""
        return not self._room.is_set()

    async def wait_for_room(self) -> None:
        """Wait until there is room for more."""
        await self._room.wait()

    def put(self, lane: Hashable, work: Work) -> None:
        """Do this after all else of its lane."""
        waiting = self._waiting.get(lane)
        if waiting is not None and len(waiting) >= MOST_IN_A_LANE:
            logger.warning("a chat sends more than can be answered; one of its messages is dropped")
            return
        self._count += 1
        if self._count >= MOST_AT_ONCE:
            self._room.clear()
        if waiting is not None:
            waiting.append(work)
            return
        self._waiting[lane] = deque([work])
        task = asyncio.create_task(self._go(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> int:
        """Finish what was brought, for so long at most; return how much was given up."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        left = self._count
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=1)
        return left

    async def _go(self, lane: Hashable) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                work = waiting.popleft()
                try:
                    await work()
                except Exception:
                    logger.exception("an update could not be handled")
                finally:
                    self._done()
        finally:
            del self._waiting[lane]

    def _done(self) -> None:
        self._count -= 1
        if self._count < MOST_AT_ONCE:
            self._room.set()
