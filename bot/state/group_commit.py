"""Many small changes of a SQLite file in one transaction: whoever waits meanwhile shares a commit.

A commit waits for the disk, and only one connection writes; so the first that gets its turn does
what all the others that wait want, each under a savepoint of its own, and commits once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.transient import passes

Result = TypeVar("Result")
Change = Callable[[AsyncConnection], Awaitable[Result]]

MOST_TOGETHER = 64
"""Changes of one transaction, so that none waits long for the others."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    change: Change[Any]
    result: asyncio.Future[Any]


class GroupCommit:
    """Runs changes in transactions that `write` gives, several in one where they come together."""

    def __init__(self, write: Callable[[], AbstractAsyncContextManager[AsyncConnection]]) -> None:
        """Take what opens a transaction to write."""
        self._write = write
        self._waiting: deque[_Waiting] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def run(self, change: Change[Result]) -> Result:
        """Return what a change gives, once it is committed; its error undoes nobody else's.

        A task of its own does the work, so that nobody who is cancelled stops it halfway: what has
        not begun is left out then, what has begun is committed.
        """
        own = _Waiting(change, asyncio.get_running_loop().create_future())
        self._waiting.append(own)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        result: Result = await own.result
        return result

    async def finish(self) -> None:
        """Wait until nothing is being written any more."""
        if self._worker is not None:
            await asyncio.wait([self._worker])

    async def _work(self) -> None:
        while self._waiting:
            size = min(MOST_TOGETHER, len(self._waiting))
            taken = [self._waiting.popleft() for _ in range(size)]
            await self._write_group([one for one in taken if not one.result.done()])

    async def _write_group(self, group: list[_Waiting]) -> None:
        if not group:
            return
        try:
            outcomes = await self._together(group)
        except BaseException as error:
            for one in group:
                if not one.result.done():
                    one.result.set_exception(
                        error
                        if isinstance(error, Exception)
                        else ConnectionAbortedError("the bot stops, nothing was written")
                    )
            if not isinstance(error, Exception):
                raise
            return
        for one, (value, failure) in zip(group, outcomes, strict=True):
            if one.result.done():
                continue
            if failure:
                one.result.set_exception(failure)
            else:
                one.result.set_result(value)

    async def _together(self, group: list[_Waiting]) -> list[tuple[Any, Exception | None]]:
        async with self._write() as connection:
            if len(group) == 1:
                return [(await group[0].change(connection), None)]
            outcomes: list[tuple[Any, Exception | None]] = []
            for one in group:
                try:
                    async with connection.begin_nested():
                        outcomes.append((await one.change(connection), None))
                except Exception as error:
                    if passes(error):
                        raise
                    outcomes.append((None, error))
            return outcomes
