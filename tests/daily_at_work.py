"""The daily posts at work in a test's own process, on platforms made up for it.

telegram = MadeUpPlatform("telegram")
telegram.script(chat, lost_after)            # the first attempt there; the next ones go well
async with at_work(database, library, telegram) as daily:
    await until_ended(database)
assert telegram.there(chat) == 1
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from daily_places import all_posts
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering import Answering
from bot.daily.clock import Clock
from bot.daily.delivery import (
    Ambiguous,
    Delivery,
    Look,
    Payload,
    Refused,
    Result,
    Sent,
    Target,
    part_marker,
)
from bot.daily.limiter import Rates
from bot.daily.service import Daily
from bot.metrics import Metrics
from bot.reply import Reply
from bot.state.database import Database
from bot.state.posts import Post

T = TypeVar("T")

PATIENCE = 20.0
"""Longest wait for anything, in seconds."""


@dataclass
class Attempt:
    """An attempt that the platform saw."""

    chat: int
    body: str
    nonce: str
    at: float


Doing = Callable[["MadeUpPlatform", Target, Payload, str], Awaitable[Result]]


@dataclass
class MadeUpPlatform:
    """A platform that does what a test says; `nonces` makes it recognise repeats, as Discord."""

    platform: str
    nonces: bool = False
    parts: int = 1
    most_at_once: int = 4
    rates: Rates = field(default_factory=lambda: Rates(1000))
    looks: Look | None = None
    """What a look says where it is not simply done."""
    tells: bool = True
    attempts: list[Attempt] = field(default_factory=list)
    messages: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The nonces of what stands in a chat: what really happened."""
    told: list[tuple[int, str]] = field(default_factory=list)
    missing_there: dict[int, list[str]] = field(default_factory=dict)
    scripts: dict[int, list[Doing]] = field(default_factory=lambda: defaultdict(list))

    def script(self, chat: int, *doings: Doing) -> None:
        """Say what the next attempts in a chat come to."""
        self.scripts[chat] += doings

    def there(self, chat: int) -> int:
        """Return how many messages stand in a chat."""
        return len(self.messages[chat])

    def post(self, target: Target, nonce: str) -> int:
        """Let a message stand in a chat, once for a nonce where that is recognised."""
        known = self.messages[target.chat]
        if not (self.nonces and nonce in known):
            known.append(nonce)
        return known.index(nonce) + 1

    # -- Delivery

    def can_look(self) -> bool:
        return self.nonces

    def recognises_repeats(self, target: Target) -> bool:
        return self.nonces

    def explain(self, code: str) -> str:
        return f"It says {code}."

    async def close(self) -> None:
        pass

    def render(self, reply: Reply, target: Target, marker: str) -> list[Payload]:
        if reply.title is None:
            raise ValueError("no title")
        return [
            {"text": reply.title, "part": part, "marker": part_marker(marker, part)}
            for part in range(self.parts)
        ]

    async def send(self, target: Target, payload: Payload, nonce: str) -> Result:
        self.attempts.append(Attempt(target.chat, json.dumps(payload), nonce, time.monotonic()))
        if self.scripts[target.chat]:
            return await self.scripts[target.chat].pop(0)(self, target, payload, nonce)
        return Sent(self.post(target, nonce))

    async def find(self, target: Target, marker: str, since: datetime) -> int | Look:
        if self.looks is not None:
            return self.looks
        return 1 if self.messages[target.chat] else Look.NOT_THERE

    async def missing(self, target: Target) -> list[str]:
        return self.missing_there.get(target.chat, [])

    async def tell(self, user: int, target: Target, reply: Reply) -> bool:
        if self.tells:
            words = " ".join(str(getattr(part, "text", part)) for part in reply.parts)
            self.told.append((target.chat, words))
        return self.tells


def gives(result: Result) -> Doing:
    """Return what answers an attempt so, with nothing posted."""

    async def doing(_: MadeUpPlatform, __: Target, ___: Payload, ____: str) -> Result:
        return result

    return doing


async def lost_after(made: MadeUpPlatform, target: Target, _: Payload, nonce: str) -> Result:
    """Post the message, and lose the answer."""
    made.post(target, nonce)
    return Ambiguous("reset")


lost_before = gives(Ambiguous("reset"))
"""Post nothing, and lose the answer."""


async def raises(*_: object) -> Result:
    """Fail by a bug."""
    raise RuntimeError("poison")


def refuses(code: str) -> Doing:
    """Return what refuses with a code."""
    return gives(Refused(code, f"It says {code}."))


@asynccontextmanager
async def at_work(
    database: Database,
    answering: Answering,
    *platforms: MadeUpPlatform | Delivery,
    clock: Clock | None = None,
    metrics: Metrics | None = None,
) -> AsyncIterator[Daily]:
    """Let the daily posts work while the block runs."""
    metrics = metrics or Metrics()
    daily = Daily(database, answering, platforms, metrics, clock)  # type: ignore[arg-type]
    running = asyncio.create_task(daily.run())
    try:
        yield daily
    finally:
        await daily.stop()
        await asyncio.wait_for(running, PATIENCE)


async def until(holds: Callable[[], Awaitable[T]], what: str, seconds: float = PATIENCE) -> T:
    """Wait until something is true, and return it."""
    end = time.monotonic() + seconds
    while True:
        if found := await holds():
            return found
        assert time.monotonic() < end, f"never {what}"
        await asyncio.sleep(0.02)


async def ledger(database: Database) -> list[Post]:
    """Return all rows."""
    return await database.look(all_posts)


async def until_ended(database: Database, rows: int = 1, seconds: float = PATIENCE) -> list[Post]:
    """Wait until there are so many rows and each has ended; return them."""

    async def holds() -> list[Post]:
        found = await ledger(database)
        is_over = len(found) >= rows and all(post.state.is_final for post in found)
        return found if is_over else []

    return await until(holds, f"{rows} rows at their end", seconds)


def words(posts: Sequence[Post]) -> list[str]:
    """Return the states' words, as /daily why has them."""
    return [post.word for post in posts]


async def change(
    database: Database, work: Callable[[AsyncConnection, datetime], Awaitable[T]]
) -> T:
    """Write something now, as a command of an admin does."""
    return await database.run(lambda connection: work(connection, datetime.now(UTC)))
