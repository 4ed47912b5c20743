"""Answers for code that must not wait: computed in one thread, the latest ones kept.

The platforms' event loops have deadlines (Discord's is 3 seconds), so that a slow answer must not
stop them. One thread is enough, since Python computes in one at a time, and it alone touches the
store. An answer is a pure function of its request but for what is drawn by chance.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.answer import Answerer, broken
from bot.command import Request
from bot.reply import Reply
from knowledge.store import Store

logger = logging.getLogger("daybook")

KEPT_REPLIES = 256
"""Answers that are kept: a chat turns the pages of the latest ones, and asks for today."""

KEPT_PARTS = 20_000
"""Parts of all kept answers together, some 10 MiB; the timeline of a century has thousands."""

Result = TypeVar("Result")


class Answering:
    """Answers requests from one library, which may be exchanged while it answers."""

    def __init__(self, store: Store) -> None:
        """Take an open store; it is closed here."""
        self._answerer = Answerer(store)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="answering")
        self._kept: OrderedDict[Hashable, Reply] = OrderedDict()
        self._kept_parts = 0

    @property
    def answerer(self) -> Answerer:
        """The commands and the library of now; its store is asked with `ask` only."""
        return self._answerer

    async def reply(self, request: Request) -> Reply:
        """Return the reply to a request; a bug is logged whole and said to be one."""
        key = _key_of(request)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        answerer = self._answerer
        try:
            reply = await self.ask(lambda: answerer.answer(request))
        except Exception:
            logger.exception("a question could not be answered")
            return broken()
        if answerer is self._answerer and not answerer.is_by_chance(reply):
            self._keep(key, reply)
        return reply

    async def ask(self, question: Callable[[], Result]) -> Result:
        """Return what a function gives that asks the store, run in its thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    async def swap(self, store: Store) -> None:
        """Answer from another library from now on; the old one is closed when it is idle."""
        new = await self.ask(lambda: Answerer(store))
        old, self._answerer = self._answerer, new
        self._kept.clear()
        self._kept_parts = 0
        self._thread.submit(old.store.close)

    def close(self) -> None:
        """Close the library after the answer that is under way, and wait for that."""
        self._thread.submit(self._answerer.store.close)
        self._thread.shutdown()

    def _keep(self, key: Hashable, reply: Reply) -> None:
        if key in self._kept:  # asked twice at once
            return
        self._kept[key] = reply
        self._kept_parts += len(reply.parts)
        while len(self._kept) > KEPT_REPLIES or self._kept_parts > KEPT_PARTS:
            _, oldest = self._kept.popitem(last=False)
            self._kept_parts -= len(oldest.parts)


def _key_of(request: Request) -> Hashable:
    return (
        request.text,
        request.command,
        request.action,
        tuple(request.options.items()),
        request.today,
        request.order,
        request.language,
    )
