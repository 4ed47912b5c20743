"""What runs now: finished before the bot stops, or given up where it is told to end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class UnderWay:
    """The answers under way."""

    def __init__(self) -> None:
        """Begin with none."""
        self._tasks: set[asyncio.Task[Any]] = set()
        self.is_draining = False
        """Whether nothing new is to be begun."""

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count what the current task does in this block."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("work is done in a task")
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def drain(self, seconds: float) -> None:
        """Let nothing new begin, and wait so long at most for what is under way."""
        self.is_draining = True
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)


async def unless(ended: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do something until it is done, which may raise, or until the event, which cancels it."""
    task = asyncio.create_task(work)
    ending = asyncio.create_task(ended.wait())
    try:
        await asyncio.wait({task, ending}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task
    finally:
        task.cancel()
        ending.cancel()
        await asyncio.gather(task, ending, return_exceptions=True)
