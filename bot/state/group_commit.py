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
        self._turn = asyncio.Lock()
        self._waiting: deque[_Waiting] = deque()

    async def run(self, change: Change[Result]) -> Result:
        """Return what a change gives, once it is committed; its error undoes nobody else's."""
        own = _Waiting(change, asyncio.get_running_loop().create_future())
        self._waiting.append(own)
        try:
            async with self._turn:
                while not own.result.done():
                    await self._next_group()
        except BaseException:
            # Nobody will ask for it: what has not begun is left out, an error is taken as known.
            if own.result.done() and not own.result.cancelled():
                own.result.exception()
            own.result.cancel()
            raise
        result: Result = own.result.result()
        return result

    async def _next_group(self) -> None:
        size = min(MOST_TOGETHER, len(self._waiting))
        taken = [self._waiting.popleft() for _ in range(size)]
        group = [one for one in taken if not one.result.done()]
        try:
            outcomes = await self._together(group)
        except Exception as error:
            for one in group:
                if not one.result.done():
                    one.result.set_exception(error)
        except BaseException:
            # Only whoever does the work is cancelled; the others get their turn.
            self._waiting.extendleft(reversed(group))
            raise
        else:
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
