"""The attempts at one message, until it is known what became of it.

A message whose end nobody knows is sent again only where the platform recognises it: with its
nonce, while it is less than a minute old. Later the place's history is looked through for its
marker. One that is not there was never made, and may wait to be sent again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import timedelta
from enum import StrEnum

from bot.daily.clock import Clock, steady
from bot.daily.delivery import (
    Ambiguous,
    Delivery,
    Fatal,
    Look,
    Moved,
    NotSent,
    Payload,
    Refused,
    Result,
    Sent,
    Target,
)
from bot.daily.limiter import Pace, Use
from bot.state.database import Database
from bot.state.outbox import Sending

logger = logging.getLogger("daybook.daily")

NONCE_SECONDS = 60.0
"""For which Discord is relied on to recognise a nonce; its page says "the past few minutes"."""
NONCE_MARGIN = 5.0
"""Within which an attempt that begins before the end of those arrives."""

IN_FLIGHT_SECONDS = 5.0
"""After which a message whose answer was lost stands in the history, if it ever will."""

LONGEST_ATTEMPT = 30.0
"""Seconds after which an attempt counts as lost, however patient the adapter is."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds between attempts: doubled each time."""

LOOK_BACK = timedelta(minutes=2)
"""By so much a look into the history begins earlier than the sending: clocks differ."""
LONGEST_LOOK = 3600.0
"""Seconds after which a history that can't be had is given up: then nobody knows."""


class Left(StrEnum):
    """A row that is left as it is."""

    STOPPED = "stopped"
    """The process stops; the next one finds the row in `sending`, which is the truth."""


def retry_wait(attempts: int) -> float:
    """Return the seconds before another attempt, after so many."""
    return float(min(FIRST_WAIT * 2.0 ** max(0, min(attempts, 16)), LONGEST_WAIT))


def target_of(row: Sending) -> Target:
    """Return where a row goes."""
    options = {
        "ping_role": str(row.ping_role) if row.ping_role else "",
        "forum_title": row.forum_title or "",
        "forum_tags": row.forum_tags,
    }
    return Target(
        platform=row.platform,
        chat=row.chat,
        topic=row.topic,
        server=row.server,
        kind=row.kind,
        options={name: value for name, value in options.items() if value},
        first_message=row.first_message,
    )


class Attempts:
    """Makes the attempts of one platform."""

    def __init__(
        self,
        delivery: Delivery,
        pace: Pace,
        database: Database,
        clock: Clock,
        not_before: float = 0.0,
    ) -> None:
        """Take what sends, how fast, from when on, and whose clock says how old a message is."""
        self._not_before = not_before
        self._delivery = delivery
        self._pace = pace
        self._database = database
        self._clock = clock
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Let no further attempt begin."""
        self._stopping.set()

    async def first(self, row: Sending, use: Use, until: float) -> Result | Left:
        """Make the attempt for which `sending` was committed, at its turn; then whatever is right.

        `until` is when the claim may be somebody else's, by the steady clock: a process that was
        frozen that long sends nothing any more.
        """
        await asyncio.sleep(use.begun - steady())
        use.begun = steady()  # a busy loop wakes late, and the platform counts what arrives
        if steady() > until:
            use.answered = steady()
            return NotSent("the process was held up")
        began = steady()
        result = await self._once(row, use)
        return await self._until_known(row, result, began, 1)

    async def again(self, row: Sending) -> Result | Left:
        """Find out what became of a row that another process was sending."""
        async with self._database.read() as connection:
            now = await self._clock.now(connection)
        age = max(0.0, (now - row.sending_at).total_seconds())
        lost = Ambiguous("the process ended while it was under way")
        return await self._until_known(row, lost, steady() - age, 0)

    async def _until_known(
        self, row: Sending, result: Result, began: float, made: int
    ) -> Result | Left:
        """Go on until it is known; `began` is when the message was begun, by the steady clock."""
        target = target_of(row)
        refused: Refused | None = None
        repeats = self._delivery.recognises_repeats(target)
        wait = retry_wait(made) if made else 0.0
        until = began + NONCE_SECONDS - NONCE_MARGIN
        while isinstance(result, Ambiguous) and repeats and refused is None:
            if steady() + wait > until:
                break
            if not await self._pause(wait):
                return Left.STOPPED
            use = await self.use(row.chat)
            if steady() > until:
                use.answered = steady()
                break
            made += 1
            wait = retry_wait(made)
            # what is proven unsent now says nothing of the attempt before it
            match await self._once(row, use):
                case NotSent(_, retry_after):
                    wait = max(wait, retry_after)
                case Refused() as found:
                    refused = found
                case Fatal() | Moved():
                    return Left.STOPPED
                case known:
                    result = known
        if isinstance(result, Ambiguous) and self._delivery.can_look():
            if not repeats and not await self._pause(began + IN_FLIGHT_SECONDS - steady()):
                return Left.STOPPED
            seen = await self._look(row, target, result)
            return refused if refused and isinstance(seen, NotSent) else seen
        return result

    async def _look(self, row: Sending, target: Target, lost: Ambiguous) -> Result | Left:
        """Look for a message of which nobody knows whether it arrived."""
        begun, looks = steady(), 0
        while True:
            if self._stopping.is_set():
                return Left.STOPPED
            use = await self.use(row.chat)
            try:
                async with asyncio.timeout(LONGEST_ATTEMPT):
                    found = await self._delivery.find(
                        target, row.marker, row.sending_at - LOOK_BACK
                    )
            except TimeoutError:
                found = Look.NOT_NOW
            except Exception:
                logger.exception("a history could not be looked through")
                found = Look.NOT_NOW
            finally:
                use.answered = steady()
            match found:
                case Look.NOT_THERE:
                    return NotSent(f"not in the history ({lost.why})")
                case Look.UNREADABLE:
                    return Ambiguous(f"the history can't be read ({lost.why})")
                case Look.NOT_NOW:
                    looks += 1
                    if steady() - begun > LONGEST_LOOK:
                        return Ambiguous(f"the history can't be had ({lost.why})")
                    if not await self._pause(retry_wait(looks)):
                        return Left.STOPPED
                case message_id:
                    return Sent(message_id)

    async def _once(self, row: Sending, use: Use) -> Result:
        """Make one attempt; an error of ours in it is logged, and nobody knows how far it came."""
        payload: Payload = json.loads(row.payload)
        try:
            async with asyncio.timeout(LONGEST_ATTEMPT):
                return await self._delivery.send(target_of(row), payload, row.nonce)
        except TimeoutError:
            return Ambiguous("no answer in time")
        except Exception as error:
            logger.exception("an attempt failed by an error that it should not have had")
            return Ambiguous(f"error {type(error).__name__}")
        finally:
            use.answered = steady()

    async def use(self, chat: int) -> Use:
        """Wait until another call is within the rates, and count it."""
        while True:
            now = steady()
            wait = max(
                self._pace.wait(now), self._pace.chat_wait(chat, now), self._not_before - now
            )
            if wait <= 0:
                return self._pace.begin(chat, now)
            await asyncio.sleep(wait)

    async def _pause(self, seconds: float) -> bool:
        """Wait; return whether the process goes on."""
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._stopping.wait()
        except TimeoutError:
            return True
        return False
