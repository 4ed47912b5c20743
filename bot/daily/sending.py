"""One platform's posts on their way: claimed, committed as sending, sent once, and ended.

`sending` is committed for as many rows as may be under way at once, before a byte of them is
written; what came back of others is committed with it. Whatever happens to the process, a row says
afterwards what is known of it:

- due, claimed: nothing was sent;
- sending: nobody knows. Discord is asked again by the same nonce, or the channel is looked
  through; Telegram has no means for that, so the row becomes `unknown` and an admin is told.

The rows' own steps are in bot/state/outbox.py; what may come back is in bot/daily/delivery.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.attempts import Attempts, Left, retry_wait
from bot.daily.clock import Clock, steady
from bot.daily.delivery import (
    Ambiguous,
    Delivery,
    Fatal,
    Moved,
    NotSent,
    Refused,
    Result,
    Scope,
    Sent,
)
from bot.daily.failpoints import reach
from bot.daily.limiter import Pace, Use
from bot.metrics import Metrics
from bot.state import outbox
from bot.state.database import Database
from bot.state.faults import CommitUnknownError
from bot.state.moving import move_chat
from bot.state.outbox import Claimed, Sending
from bot.state.states import Platform, PostState

logger = logging.getLogger("daybook.daily")

LEASE = timedelta(seconds=45)
"""How long a claim holds: another process takes over after it, within a minute of a crash."""
LEASE_MARGIN = 15.0
"""Seconds: a row whose claim was committed this long ago is not sent without looking again."""
RENEW_SECONDS = 10.0

BATCH = 64
"""Rows that are claimed together: about a second's work."""
POLL_SECONDS = 1.0
"""How often is looked for rows that nobody told this process of."""

GATHER_SECONDS = 0.03
"""From one turn to the next at least, so that several rows share a commit."""

AHEAD_SECONDS, AHEAD_UNSEEN = 0.06, 0.02
"""How long before its turn a row is committed as `sending`, so that the commit doesn't hold it up.
Where nobody can look whether it arrived it is a shorter time: a crash in it makes it `unknown`."""

START_SECONDS = 1.2
"""Before the first message of a process: the one before it may have used this second's share."""

MOST_ATTEMPTS = 30
"""After so many attempts that were proven unsent, for a reason of its own, a row is given up."""

PROBE_AFTER = timedelta(days=1)
"""After a refusal the place is looked at again once a day."""

TROUBLE_SECONDS = 2.0
"""Before a database that can't be written is tried again."""

DRAIN_SECONDS = 7.5
"""How long messages under way may take when the bot stops; the whole stop may take 10."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A row whose attempts have come to a result."""

    row: Sending
    result: Result | Left


class Sender:
    """Sends what is due on one platform, until `stop`."""

    def __init__(
        self,
        database: Database,
        delivery: Delivery,
        owner: str,
        metrics: Metrics,
        clock: Clock | None = None,
    ) -> None:
        """Take the ledger, the platform, and the name that this process claims rows under."""
        self.platform = Platform(delivery.platform)
        self.stopped_by = ""
        """Why nothing can be sent on this platform any more, where that is so."""
        self.trouble = ""
        """Why the ledger can't be written now, where that is so."""
        self._database = database
        self._delivery = delivery
        self._owner = owner
        self._metrics = metrics
        self._clock = clock or Clock()
        self._pace = Pace(delivery.rates)
        self._ahead = AHEAD_SECONDS if delivery.can_look() else AHEAD_UNSEEN
        self._paused_until = steady() + START_SECONDS
        self._attempts = Attempts(
            delivery, self._pace, self._database, self._clock, self._paused_until
        )
        self._queue: deque[Claimed] = deque()
        self._ended: list[Ended] = []
        self._unclear: list[Claimed] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self._something = asyncio.Event()
        self._stopping = False
        self._look_at = 0.0
        self._renew_at = 0.0
        self._pauses = 0

    def wake(self) -> None:
        """Look for rows at once."""
        self._look_at = 0.0
        self._something.set()

    async def turn(self, chat: int) -> Use:
        """Wait until a call beside the posts is within the rates, and count it."""
        return await self._attempts.use(chat)

    async def run(self) -> None:
        """Send until `stop` has ended; a ledger that can't be written is tried again."""
        while not self._stopping or self._under_way or self._ended:
            try:
                await self._turn()
                self.trouble = ""
            except asyncio.CancelledError:
                raise
            except Exception as error:
                self._tell_trouble(error)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._until_stopped(), TROUBLE_SECONDS)
                if self._stopping:
                    return
                continue
            if not self._stopping:
                await asyncio.sleep(GATHER_SECONDS)
            if not self._ended:
                await self._wait()
        await self._give_back()

    async def stop(self) -> None:
        """Claim nothing more, and let `run` return once what is under way has ended."""
        self._stopping = True
        self._attempts.stop()
        self._something.set()
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=DRAIN_SECONDS)
        for task in self._under_way:
            task.cancel()  # their rows stay `sending`, which is what is known of them

    # -- one turn ---------------------------------------------------------------------------------

    async def _turn(self) -> None:
        """Commit what has ended and what begins, then begin it."""
        ended, self._ended = self._ended, []
        begins = [] if self._stopping else self._next_rows()
        unclear, self._unclear = self._unclear, []
        wants_more = self._wants_more()
        if not (ended or begins or unclear or wants_more or steady() >= self._renew_at):
            return
        asked_at = steady()
        try:
            begun, claimed = await self._database.run(
                lambda connection: self._change(connection, ended, begins, unclear, wants_more)
            )
            _reach_after(ended, begun, claimed)
        except BaseException as error:
            self._ended = ended + self._ended
            if isinstance(error, CommitUnknownError):
                # perhaps they are `sending` now: nothing was sent, so they go back by their epoch
                self._unclear = [*unclear, *begins]
            else:
                self._unclear = unclear
                self._queue.extendleft(reversed(begins))
            raise
        for row in begun:
            self._begin(row, asked_at)
        self._queue.extend(claimed)
        if wants_more:
            self._look_at = steady() + (0.0 if len(claimed) == BATCH else POLL_SECONDS)

    async def _change(
        self,
        connection: AsyncConnection,
        ended: Sequence[Ended],
        begins: list[Claimed],
        unclear: Iterable[Claimed],
        wants_more: bool,
    ) -> tuple[list[Sending], list[Claimed]]:
        now = await self._clock.now(connection)
        lease_until = now + LEASE
        sent = [one for one in ended if _is_plainly_sent(one)]
        if sent:
            await outbox.finish_sent(
                connection,
                [
                    (one.row.id, one.row.epoch, one.result.message_id)
                    for one in sent
                    if isinstance(one.result, Sent)
                ],
                now,
            )
            self._metrics.posts_ended(self.platform, PostState.SENT, len(sent))
            self._pauses = 0
        for one in ended:
            if one not in sent:
                await self._end(connection, one, now)
        if sent or ended:
            reach("before end commit")
        for claimed in unclear:
            await outbox.put_back(connection, claimed.id, claimed.epoch, now, was_tried=False)
        if steady() >= self._renew_at:
            await outbox.renew(connection, self.platform, self._owner, lease_until)
            self._renew_at = steady() + RENEW_SECONDS
        begun = await outbox.begin(connection, begins, self._owner, now, lease_until)
        if begun:
            reach("before sending commit")
        more: list[Claimed] = []
        if wants_more:
            more = await outbox.claim(
                connection, self.platform, self._owner, now, lease_until, BATCH
            )
            if more:
                reach("before claim commit")
        return begun, more

    def _next_rows(self) -> list[Claimed]:
        """Take from the queue what may be sent now: within the rates, and what is free."""
        now = steady()
        if self.stopped_by or now < self._paused_until:
            return []
        soon = now + self._ahead
        free = min(self._delivery.most_at_once - len(self._under_way), self._pace.free(soon))
        if self._pauses:
            free = min(free, 1 - len(self._under_way))  # one alone shows whether it works again
        taken: list[Claimed] = []
        chats: set[int] = set()
        for _ in range(len(self._queue)):
            if len(taken) >= free:
                break
            one = self._queue.popleft()
            if one.chat in chats or self._pace.chat_wait(one.chat, soon) > 0:
                self._queue.append(one)  # its chat must wait; the others need not
            else:
                taken.append(one)
                chats.add(one.chat)
        return taken

    def _wants_more(self) -> bool:
        return (
            not self._stopping
            and not self.stopped_by
            and steady() >= max(self._look_at, self._paused_until)
            and len(self._queue) < BATCH
        )

    def _begin(self, row: Sending, asked_at: float) -> None:
        now = steady()
        wait = max(self._pace.wait(now), self._pace.chat_wait(row.chat, now))
        use = self._pace.begin(row.chat, now, wait)
        self._spawn(self._send(row, self._attempts.first(row, use, asked_at + LEASE_MARGIN)))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._something.set()
        if not task.cancelled() and (error := task.exception()):
            logger.error("sending ended by an error that it should not have had", exc_info=error)

    async def _send(self, row: Sending, work: Coroutine[Any, Any, Result | Left]) -> None:
        result = await work
        reach("after answer")
        self._ended.append(Ended(row, result))

    async def _wait(self) -> None:
        """Wait until something ends, may begin, or is to be looked for."""
        now = steady()
        waits = [self._look_at - now, self._renew_at - now]
        if self._paused_until > now:
            waits = [self._paused_until - now, self._renew_at - now]
        elif self._queue and len(self._under_way) < self._delivery.most_at_once:
            chats = (self._pace.chat_wait(one.chat, now) for one in self._queue)
            waits.append(max(self._pace.wait(now), min(chats)) - self._ahead)
        elif len(self._queue) >= BATCH:
            waits = [self._renew_at - now]
        seconds = min(max(min(waits), 0.001), POLL_SECONDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._something.wait(), seconds)
        self._something.clear()

    async def _until_stopped(self) -> None:
        while not self._stopping:
            self._something.clear()
            await self._something.wait()

    # -- what came back ---------------------------------------------------------------------------

    async def _end(self, connection: AsyncConnection, ended: Ended, now: datetime) -> None:
        row, result = ended.row, ended.result
        if isinstance(result, Left):
            return
        finish = outbox.finish
        match result:
            case Sent(message_id, is_deleted):
                self._pauses = 0
                reason = "deleted" if is_deleted else None
                await finish(
                    connection,
                    row.id,
                    row.epoch,
                    PostState.SENT,
                    now,
                    reason=reason,
                    message_id=message_id,
                    has_next=row.has_next,
                )
                self._metrics.posts_ended(self.platform, PostState.SENT)
            case Refused(code, sentence):
                self._pauses = 0
                logger.warning("a post was refused (%s): %s", code, sentence)
                self._metrics.call_failed(self.platform, f"refused {code}")
                self._metrics.posts_ended(self.platform, PostState.REJECTED)
                is_ours = await finish(
                    connection, row.id, row.epoch, PostState.REJECTED, now, code=code[:64]
                )
                if is_ours:
                    await outbox.break_subscription(
                        connection, row.place_id, code, now, now + PROBE_AFTER
                    )
            case Moved(chat):
                await move_chat(connection, self.platform, row.chat, chat, now)
                await outbox.put_back(connection, row.id, row.epoch, now, was_tried=False)
            case Ambiguous(why):
                logger.warning("nobody knows whether a post arrived: %s", why)
                self._metrics.posts_ended(self.platform, PostState.UNKNOWN)
                await finish(connection, row.id, row.epoch, PostState.UNKNOWN, now, code=why[:64])
            case Fatal(why):
                self._stop_platform(why)
                await outbox.put_back(connection, row.id, row.epoch, now, was_tried=False)
            case NotSent():
                await self._put_back(connection, row, result, now)

    async def _put_back(
        self, connection: AsyncConnection, row: Sending, result: NotSent, now: datetime
    ) -> None:
        """Let a row wait that is proven unsent; not beyond its time, nor without end."""
        is_of_platform = result.scope is Scope.PLATFORM
        wait = result.retry_after
        if is_of_platform:
            wait = max(wait, retry_wait(self._pauses + 1))
            self._pause(wait)
        elif not wait:
            wait = retry_wait(row.attempts)
        self._metrics.call_failed(self.platform, "not sent")
        try_at = now + timedelta(seconds=wait)
        code = result.why[:64]
        state, reason = None, None
        if not is_of_platform and row.attempts >= MOST_ATTEMPTS:
            state, reason = PostState.REJECTED, "attempts"
            logger.error("a post was given up after %d attempts: %s", row.attempts, result.why)
        elif try_at > row.late_at:
            state, reason = PostState.MISSED, outbox.LATE
        if state is not None:
            await outbox.finish(connection, row.id, row.epoch, state, now, code=code, reason=reason)
            self._metrics.posts_ended(self.platform, state)
            return
        await outbox.put_back(
            connection,
            row.id,
            row.epoch,
            now if is_of_platform else try_at,
            code=code,
            was_tried=not is_of_platform,
        )

    def _pause(self, seconds: float) -> None:
        """Let the whole platform rest; several that fail together are one failure."""
        if steady() < self._paused_until:
            self._paused_until = max(self._paused_until, steady() + min(seconds, 3600.0))
            return
        self._pauses += 1
        self._paused_until = steady() + seconds
        logger.warning("%s: posts wait for %.1f s", self.platform, seconds)

    def _stop_platform(self, why: str) -> None:
        if not self.stopped_by:
            self.stopped_by = why
            logger.critical("%s: nothing is sent any more: %s", self.platform, why)

    # -- begin and end of this process ------------------------------------------------------------

    async def recover(self) -> None:
        """See to what processes that are gone have left; raises what the database raises."""
        alone = self._database.is_sqlite

        async def change(connection: AsyncConnection) -> tuple[int, list[Sending]]:
            now = await self._clock.now(connection)
            released = await outbox.release_claims_of_gone(
                connection, self.platform, self._owner, now, alone=alone
            )
            left = await outbox.adopt_sending_of_gone(
                connection, self.platform, self._owner, now, now + LEASE, alone=alone
            )
            if not self._delivery.can_look():
                for row in left:
                    await outbox.finish(
                        connection,
                        row.id,
                        row.epoch,
                        PostState.UNKNOWN,
                        now,
                        code=outbox.CRASH,
                    )
                    self._metrics.posts_ended(self.platform, PostState.UNKNOWN)
            if released or left:
                reach("before recovery commit")
            return released, left

        released, left = await self._database.run(change)
        if released or left:
            reach("after recovery commit")
            logger.warning(
                "%s: a process ended before its posts: %d not begun, %d under way",
                self.platform,
                released,
                len(left),
            )
        if self._delivery.can_look():
            for row in left:
                self._spawn(self._send(row, self._attempts.again(row)))
        if released:
            self.wake()

    async def _give_back(self) -> None:
        """Let wait again what is claimed and not begun."""

        async def change(connection: AsyncConnection) -> None:
            now = await self._clock.now(connection)
            await outbox.give_back(connection, self.platform, self._owner, now)

        self._queue.clear()
        try:
            await self._database.run(change)
        except Exception as error:
            self._tell_trouble(error)  # the next start finds them

    def _tell_trouble(self, error: Exception) -> None:
        if not self.trouble:
            logger.error("%s: the ledger can't be written: %s", self.platform, error)
            logger.debug("the ledger's trouble", exc_info=error)
        self.trouble = str(error)[:200] or type(error).__name__


def _is_plainly_sent(ended: Ended) -> bool:
    """Whether a row was sent and nothing follows it, so that it is ended with others."""
    result = ended.result
    return isinstance(result, Sent) and not result.is_deleted and not ended.row.has_next


def _reach_after(ended: list[Ended], begun: list[Sending], claimed: list[Claimed]) -> None:
    if claimed:
        reach("after claim commit")
    if begun:
        reach("after sending commit")
    if ended:
        reach("after end commit")
