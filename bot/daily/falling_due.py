"""Posts that fall due: found by `wake_at`, written by the content's own hand, frozen as rows.

What a place hears is made in the thread that answers questions, one place at a time, so that a
question waits for one post at most. A place whose post can't be made is told so; the others go on.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering import Answering
from bot.daily.choices import DailyChoices, EmptyChoice, ToneChoice
from bot.daily.clock import Clock
from bot.daily.content import DailyContent, daily_reply
from bot.daily.delivery import Delivery, Payload, Target, part_marker
from bot.daily.failpoints import reach
from bot.daily.own_dates import OwnDate
from bot.daily.schedule import LISTED_DATES, Due, next_due, wake_at, what_is_due
from bot.state.database import Database
from bot.state.falling_due import (
    LATER,
    Ending,
    Frozen,
    freeze,
    own_dates_of_scopes,
    put_off,
    still_woken,
    woken,
)
from bot.state.faults import CommitUnknownError, StateError
from bot.state.outbox import count_waiting
from bot.state.places import Place
from bot.state.posts import NewPost, Occasion, nonce_of, settled_dates
from bot.state.states import EMPTY, SUBJECT, Platform, PostState
from bot.state.subscriptions import Subscription, every_one_on, set_wakes
from bot.state.told import told_in_places

logger = logging.getLogger("daybook.daily")

BATCH = 16
"""Places that are worked out together, and committed together."""
READ_AT_ONCE = 2048
"""Places whose time has come that are read together, to be seen to one batch after another."""
PLENTY = 256
"""Rows that wait to be sent on a platform, above which no more are written: some seconds' work."""
POLL_SECONDS = 1.0
TROUBLE_SECONDS = 2.0
PAGE = 200
"""Subscriptions that are looked at together when a process begins."""

RENDER = "render"
"""The reason of a row whose post could not be made."""


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known of a place to make its post."""

    place: Place
    subscription: Subscription
    settled: Set[date]
    told: Mapping[str, date]
    own_dates: Sequence[OwnDate]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: how many of the places that waited were looked at, and which more wait."""

    now: datetime
    seen: int = 0
    more: Sequence[int] = ()
    known: Sequence[Known] = ()


class FallingDue:
    """Writes what falls due on some platforms, until it is cancelled between two batches."""

    def __init__(
        self,
        database: Database,
        answering: Answering,
        deliveries: Mapping[Platform, Delivery],
        wrote: Mapping[Platform, Callable[[], None]] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Take the ledger, who asks the library, what renders; `wrote` is called after a batch."""
        self.trouble = ""
        """Why the ledger can't be written now, where that is so."""
        self._database = database
        self._answering = answering
        self._deliveries = deliveries
        self._wrote = wrote or {}
        self._clock = clock or Clock()
        self._stopping = asyncio.Event()
        self._woken: dict[Platform, deque[int]] = {platform: deque() for platform in deliveries}

    def stop(self) -> None:
        """Let `run` return after the batch under way."""
        self._stopping.set()

    async def run(self) -> None:
        """Write what falls due until `stop`; a ledger that can't be written is tried again."""
        while not self._stopping.is_set():
            try:
                is_busy = await self.turn()
                self.trouble = ""
                wait = 0.0 if is_busy else POLL_SECONDS
            except Exception as error:
                if not self.trouble:
                    logger.exception("what falls due can't be written")
                self.trouble = str(error)[:200] or type(error).__name__
                wait = TROUBLE_SECONDS
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait or 0.001)

    async def turn(self) -> bool:
        """Write one batch for each platform; return whether there may be more now."""
        is_busy = False
        for platform in self._deliveries:
            if self._stopping.is_set():
                return False
            is_busy = await self._write_batch(platform) or is_busy
        return is_busy

    async def _write_batch(self, platform: Platform) -> bool:
        waiting = self._woken[platform]
        ids = list(islice(waiting, BATCH))
        read = await self._database.look(partial(self._read, platform=platform, ids=ids))
        waiting.extend(read.more)
        for _ in range(read.seen):
            waiting.popleft()
        if not read.known:
            return read.seen > 0
        frozen = [await self._freeze(known, read.now) for known in read.known]
        ready = [one for one in frozen if one is not None]
        try:
            await self._database.run(lambda connection: self._write(connection, ready))
        except (StateError, CommitUnknownError):
            raise  # it is no row's fault; all of them are looked at again
        except Exception:
            logger.warning("several posts could not be written together; now one by one")
            await self._write_one_by_one(ready)
        reach("after freeze commit")
        if tell := self._wrote.get(platform):
            tell()
        return True

    async def _write(self, connection: AsyncConnection, ready: Sequence[Frozen]) -> None:
        now = await self._clock.now(connection)
        await freeze(connection, ready, now)
        reach("before freeze commit")

    async def _write_one_by_one(self, ready: Sequence[Frozen]) -> None:
        """Let one row that the database refuses hold up no other."""
        for one in ready:
            try:
                await self._database.run(partial(self._write, ready=[one]))
            except (StateError, CommitUnknownError):
                raise
            except Exception:
                logger.exception("a post could not be written; its place is looked at again")
                of, later = one.subscription, one.wake_at
                at = min(later, (of.wake_at or later) + LATER)
                await self._database.run(partial(put_off, of=of, wake_at=at))

    # -- what is known ----------------------------------------------------------------------------

    async def _read(
        self, connection: AsyncConnection, platform: Platform, ids: Sequence[int]
    ) -> Read:
        """Read what is known of the next places; of more places where these have run out."""
        now = await self._clock.now(connection)
        if await count_waiting(connection, platform, now, PLENTY) >= PLENTY:
            return Read(now)
        more: Sequence[int] = ()
        if not ids:
            more = await woken(connection, platform, now, READ_AT_ONCE)
            ids = more[:BATCH]
        found = await still_woken(connection, ids, now) if ids else []
        if not found:
            return Read(now, len(ids), more)
        numbers = [place.id for place, _ in found]
        settled = await settled_dates(connection, numbers, _first_listed(now))
        told = await told_in_places(connection, numbers)
        scopes = [place.scope for place, _ in found]
        own = await own_dates_of_scopes(connection, platform, scopes, _days_around(now))
        known = [
            Known(place, of, settled[place.id], told[place.id], own.get(place.scope, ()))
            for place, of in found
        ]
        return Read(now, len(ids), more, known)

    # -- what it brings ---------------------------------------------------------------------------

    async def _freeze(self, known: Known, now: datetime) -> Frozen | None:
        """Return what a place's dates bring; nothing where even that can't be worked out."""
        try:
            return await self._work_out(known, now)
        except Exception:
            logger.exception("a subscription can't be read; it is looked at again in a minute")
            of = known.subscription
            await self._database.run(lambda connection: put_off(connection, of, now + LATER))
            return None

    async def _work_out(self, known: Known, now: datetime) -> Frozen:
        of = known.subscription
        schedule = of.schedule
        found = what_is_due(schedule, of.counts_from, known.settled, now)
        if found.missed_earlier:
            logger.warning("%d posts of a place were missed before those", found.missed_earlier)
        dates = {due.local_date for due in found.missed}
        if found.due:
            dates.add(found.due.local_date)
        settled = known.settled | dates
        missed = tuple(_occasion(known, due) for due in found.missed)
        wake = wake_at(schedule, of.counts_from, settled, now)
        if wake <= now:
            # nothing of it is left to tell, whatever older dates say
            wake = next_due(schedule, max(now, of.counts_from), settled).at
        bare = Frozen(place=known.place, subscription=of, wake_at=wake, missed=missed)
        if found.due is None:
            return bare
        occasion = _occasion(known, found.due)
        try:
            content, parts = await self._answering.ask(lambda: self._make(known, occasion))
        except Exception:
            logger.exception("the post of a place could not be made")
            ending = Ending(PostState.REJECTED, RENDER, notice=RENDER)
            return replace(bare, occasion=occasion, ending=ending)
        lacks_subject = bool(content.complaint)
        due = replace(bare, occasion=occasion, lacks_subject=lacks_subject)
        if not parts:
            reason = SUBJECT if lacks_subject else EMPTY
            return replace(due, ending=Ending(PostState.CANCELLED, reason))
        return replace(due, parts=parts, told_keys=content.keys)

    def _make(self, known: Known, occasion: Occasion) -> tuple[DailyContent, list[NewPost]]:
        """Return a place's post and its messages; none for silence. In the answering thread."""
        place, of = known.place, known.subscription
        content = daily_reply(
            self._answering.answerer.store,
            occasion.local_date,
            choices_of(of),
            {key: day for key, day in known.told.items() if day < occasion.local_date},
            known.own_dates,
            place=f"{place.platform}/{place.chat}/{place.topic}",
            language=of.language or "en",
        )
        if content.reply is None:
            return content, []
        marker = nonce_of(place.platform, place.chat, place.topic, occasion.local_date, 0)
        delivery = self._deliveries[place.platform]
        payloads = delivery.render(content.reply, target_of(place, of), marker)
        if not payloads:
            raise ValueError("a reply was rendered to no message")
        return content, [
            NewPost(
                part=part,
                payload=_json(payload),
                nonce=nonce_of(place.platform, place.chat, place.topic, occasion.local_date, part),
                marker=part_marker(marker, part),
            )
            for part, payload in enumerate(payloads)
        ]

    # -- when a process begins --------------------------------------------------------------------

    async def read_zones_again(self) -> None:
        """Work out every `wake_at` again: the rules of zones may be new with this start (T09)."""
        after = 0
        while not self._stopping.is_set():
            page = await self._database.look(partial(self._sleepers, after=after))
            if not page:
                return
            now, found, settled = page
            after = found[-1].place_id
            wakes = {}
            for of in found:
                try:
                    at = wake_at(of.schedule, of.counts_from, settled[of.place_id], now)
                except Exception:
                    logger.exception("a subscription's time can't be worked out")
                    continue
                if at != of.wake_at:
                    wakes[of.place_id] = (of.changed_at, at)
            if wakes:
                await self._database.run(partial(set_wakes, wakes=wakes))
            await asyncio.sleep(0)

    async def _sleepers(
        self, connection: AsyncConnection, after: int
    ) -> tuple[datetime, list[Subscription], dict[int, set[date]]] | None:
        now = await self._clock.now(connection)
        found = await every_one_on(connection, after, PAGE)
        if not found:
            return None
        ids = [one.place_id for one in found]
        return now, found, await settled_dates(connection, ids, _first_listed(now))


def choices_of(of: Subscription) -> DailyChoices:
    """Return what a subscription chose, as the content takes it."""
    return DailyChoices(of.kinds, of.about, ToneChoice(of.tone), EmptyChoice(of.empty))


def target_of(place: Place, of: Subscription | None = None) -> Target:
    """Return where a place's messages go."""
    options: dict[str, str] = {}
    if of is not None:
        options = {
            "ping_role": str(of.ping_role) if of.ping_role else "",
            "forum_title": of.forum_title or "",
            "forum_tags": ",".join(map(str, of.forum_tags)),
        }
    return Target(
        platform=place.platform,
        chat=place.chat,
        topic=place.topic,
        server=place.server,
        kind=place.kind,
        options={name: value for name, value in options.items() if value},
    )


def _occasion(known: Known, due: Due) -> Occasion:
    return Occasion(
        place_id=known.place.id,
        platform=known.place.platform,
        local_date=due.local_date,
        due_at=due.at,
        late_at=due.at + known.subscription.late,
    )


def _first_listed(now: datetime) -> date:
    return (now - timedelta(days=LISTED_DATES + 2)).date()


def _days_around(now: datetime) -> list[tuple[int, int]]:
    """Return the days that may be a local date now, and 29 February, which is kept beside one."""
    days = [(now + timedelta(days=offset)).date() for offset in (-2, -1, 0, 1)]
    return list(dict.fromkeys([*((day.month, day.day) for day in days), (2, 29)]))


def _json(payload: Payload) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
