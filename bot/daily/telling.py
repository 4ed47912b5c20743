"""What admins are told of their daily posts: each thing once, within a minute, with what to do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.clock import Clock, steady
from bot.daily.delivery import Delivery, Target
from bot.daily.limiter import Use
from bot.reply import Choice, Choices, Note, Outcome, Part, Reply
from bot.state.database import Database
from bot.state.notice_queue import Waiting, end_notice, retry_notice, waiting
from bot.state.outbox import CRASH
from bot.state.states import NoticeState, Platform
from bot.state.subscriptions import mark_broken_told

logger = logging.getLogger("daybook.daily")

BATCH = 20
POLL_SECONDS = 2.0
TROUBLE_SECONDS = 5.0

MOST_TRIES = 6
FIRST_WAIT = timedelta(seconds=20)
"""Before another attempt at telling; doubled each time."""

Turn = Callable[[int], Awaitable[Use]]
"""Waits until a call in a chat is within the platform's rates."""

AGAIN = "daily again {}"
"""What the button under a post of unknown end asks, with the row's number."""


class Telling:
    """Tells admins what waits to be told, until it is stopped."""

    def __init__(
        self,
        database: Database,
        deliveries: Mapping[Platform, Delivery],
        turns: Mapping[Platform, Turn] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Take the ledger, what reaches admins on each platform, and what keeps to its rates."""
        self._turns = turns or {}
        self._database = database
        self._deliveries = deliveries
        self._clock = clock or Clock()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Let `run` return after the notice under way."""
        self._stopping.set()

    async def run(self) -> None:
        """Tell until `stop`."""
        while not self._stopping.is_set():
            try:
                found = await self._database.look(self._read)
                wait = 0.001 if len(found) == BATCH else POLL_SECONDS
                for one in found:
                    if self._stopping.is_set():
                        return
                    await self._tell(one)
            except Exception:
                logger.exception("notices can't be read or written")
                wait = TROUBLE_SECONDS
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)

    async def _read(self, connection: AsyncConnection) -> list[Waiting]:
        now = await self._clock.now(connection)
        return await waiting(connection, list(self._deliveries), now, BATCH)

    async def _tell(self, one: Waiting) -> None:
        delivery = self._deliveries[Platform(one.platform)]
        target = Target(one.platform, one.chat, one.topic, one.server, one.place_kind)
        logger.warning(
            "an admin is told of a daily post", extra={"notice": one.kind, "code": one.code}
        )
        uses = []
        if turn := self._turns.get(Platform(one.platform)):
            # in private, and in the place where that can't be had
            uses = [await turn(chat) for chat in (one.set_by, one.chat) if chat]
        try:
            is_told = await delivery.tell(one.set_by or 0, target, notice_reply(one, delivery))
        except Exception:
            logger.exception("an admin could not be told")
            is_told = False
        for use in uses:
            use.answered = steady()

        async def note(connection: AsyncConnection) -> None:
            now = await self._clock.now(connection)
            if is_told:
                await end_notice(connection, one.id, NoticeState.TOLD, now)
                if one.kind == "broken":
                    await mark_broken_told(connection, one.place_id, now)
            elif one.attempts + 1 >= MOST_TRIES:
                await end_notice(connection, one.id, NoticeState.DROPPED, now)
            else:
                await retry_notice(connection, one.id, now + FIRST_WAIT * 2**one.attempts)

        await self._database.run(note)


def notice_reply(one: Waiting, delivery: Delivery) -> Reply:
    """Return what an admin is told."""
    day = f" of {one.local_date.day} {one.local_date:%B %Y}" if one.local_date else ""
    parts: list[Part] = []
    match one.kind:
        case "unknown":
            why = (
                "I was stopped while it was on its way"
                if one.code == CRASH
                else "the answer to it was lost"
            )
            parts.append(
                Note(
                    f"The daily post{day} may not have arrived: {why}, and a second one might"
                    " double it. Look at the place; if it is not there, have it sent again."
                )
            )
            parts.append(Choices((Choice(AGAIN.format(one.post_id)),), lead="Send it again:"))
        case "broken":
            parts.append(
                Note(
                    f"The daily post stopped: {delivery.explain(one.code or '')} I look again once"
                    " a day and go on by myself; /daily resume goes on at once."
                )
            )
        case "missed":
            count = int(one.code) if one.code and one.code.isdigit() else 1
            what = "The daily post" + day if count == 1 else f"{count} daily posts"
            verb = "was" if count == 1 else "were"
            parts.append(
                Note(
                    f"{what} {verb} not made: the time for it had passed when I could have sent it."
                    " /daily why tells more; late: of /daily set says how late a post may be."
                )
            )
        case "subject":
            parts.append(
                Note(
                    "What the daily post here is to be about is not in my library any more, so"
                    " nothing of it is posted. /daily set about: names another subject;"
                    " about:all takes everything."
                )
            )
        case _:
            parts.append(
                Note(
                    f"The daily post{day} could not be made: something is broken in me or in my"
                    " library, and it has been logged. Tomorrow's is tried as usual."
                )
            )
    return Reply(Outcome.INVALID, "daily", tuple(parts), names_sources=False)
