"""Keeps the platforms' adapters running: outages are waited out, a refused token ends one of them.

The supervisor knows nothing of a platform. It starts each adapter, starts it anew after an outage,
notes since when it is connected, and stops all of them together within seconds.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from random import Random

from bot.adapter import Adapter, PlatformUnreachableError, TokenRefusedError
from bot.metrics import Metrics

logger = logging.getLogger("daybook.supervisor")

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
"""Seconds between two tries: each wait is twice the one before."""
JITTER = 0.25
"""Share by which a wait is shorter or longer, lest many bots knock at the same moment."""
STEADY_SECONDS = 60.0
"""After so long a connection an outage is a new one, and begins with the first wait."""

LOOK_SECONDS = 1.0
"""Between two looks at who is connected."""

STOP_SECONDS = 8.0
"""For all adapters together to finish what is under way; the process promises 10."""
CANCEL_SECONDS = 0.5
"""For what is cancelled after that to give way."""


class Phase(StrEnum):
    """What an adapter is at, in words for the operator."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    WAITING = "waiting to try again after an outage"
    REFUSED = "the token was refused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PlatformState:
    """What a platform's adapter is at, and since when."""

    phase: Phase
    since: datetime

    @property
    def is_connected(self) -> bool:
        """Whether the platform can reach the bot."""
        return self.phase is Phase.CONNECTED


class NoPlatformLeftError(Exception):
    """Every token was refused; the message says for each what to do."""


Sleep = Callable[[float], Awaitable[None]]


async def _sleep(seconds: float) -> None:
    await asyncio.sleep(seconds)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Supervisor:
    """Runs adapters until `stop`. `clock`, `now`, `sleep` and `chance` are given by tests."""

    def __init__(
        self,
        adapters: Sequence[Adapter],
        metrics: Metrics,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
        sleep: Sleep = _sleep,
        chance: Random | None = None,
    ) -> None:
        """Take adapters of different names, and where their connections are counted."""
        self._metrics = metrics
        self._clock = clock
        self._now = now
        self._sleep = sleep
        self._chance = chance or Random()  # noqa: S311 - no secret
        self._kept = {adapter.name: _Kept(adapter, now()) for adapter in adapters}
        self._stopping = asyncio.Event()
        for name in self._kept:
            metrics.connected(name, is_connected=False)

    async def run(self) -> None:
        """Run every adapter until `stop` has ended; raises NoPlatformLeftError."""
        for kept in self._kept.values():
            kept.task = asyncio.create_task(self._keep(kept), name=f"keep {kept.adapter.name}")
        looking = asyncio.create_task(self._look_again_and_again())
        try:
            await asyncio.wait([kept.task for kept in self._kept.values() if kept.task])
        finally:
            looking.cancel()
        if all(kept.refusal for kept in self._kept.values()):
            raise NoPlatformLeftError(" ".join(kept.refusal for kept in self._kept.values()))

    def states(self) -> Mapping[str, PlatformState]:
        """Return what every adapter is at now, by its name."""
        self.look()
        return {name: kept.state for name, kept in self._kept.items()}

    def look(self) -> None:
        """Note who is connected and who is no longer."""
        for kept in self._kept.values():
            if kept.state.phase not in (Phase.CONNECTING, Phase.CONNECTED):
                continue
            is_connected = _is_connected(kept.adapter)
            if is_connected and kept.connected_at is None:
                kept.connected_at = self._clock()
                self._enter(kept, Phase.CONNECTED)
                logger.info("%s: connected", kept.adapter.name)
            elif not is_connected and kept.connected_at is not None:
                self._note_steadiness(kept)
                self._enter(kept, Phase.CONNECTING)
                logger.warning("%s: the connection is lost", kept.adapter.name)

    async def stop(self) -> None:
        """Stop all adapters at once; what takes more than 8 seconds is cancelled."""
        self._stopping.set()
        running = [kept for kept in self._kept.values() if kept.is_running]
        stops = {asyncio.create_task(self._stop(kept.adapter)) for kept in running}
        tasks = {kept.task for kept in self._kept.values() if kept.task}
        if not tasks:
            return
        _, late = await asyncio.wait(stops | tasks, timeout=STOP_SECONDS)
        if not late:
            return
        names = sorted(k.adapter.name for k in self._kept.values() if k.task in late)
        logger.warning("not finished in time, cancelled: %s", ", ".join(names) or "a stop")
        for task in late:
            task.cancel()
        await asyncio.wait(late, timeout=CANCEL_SECONDS)

    # -- one adapter ------------------------------------------------------------------------------

    async def _keep(self, kept: _Kept) -> None:
        while not self._stopping.is_set():
            self._enter(kept, Phase.CONNECTING)
            try:
                await self._run_once(kept)
            except TokenRefusedError as error:
                self._refuse(kept, str(error))
                return
            if self._stopping.is_set():
                break
            self._note_steadiness(kept)
            wait = self._next_wait(kept)
            self._enter(kept, Phase.WAITING)
            logger.warning("%s: trying again in %.0f s", kept.adapter.name, wait)
            await self._pause(wait)
            if not self._stopping.is_set():
                self._metrics.restarted(kept.adapter.name)
        self._enter(kept, Phase.STOPPED)

    async def _run_once(self, kept: _Kept) -> None:
        """Run an adapter until it ends; whatever it ends with but a refusal is an outage."""
        name = kept.adapter.name
        kept.is_running = True
        try:
            await kept.adapter.run()
        except TokenRefusedError:
            raise
        except PlatformUnreachableError as error:
            logger.warning("%s: %s", name, error)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():  # by us: it took too long to stop
                raise
            logger.warning("%s: was cancelled from within", name)
        except Exception:
            logger.exception("%s: ended by an error that it should not have had", name)
        else:
            if not self._stopping.is_set():
                logger.warning("%s: ended without being told to", name)
        finally:
            kept.is_running = False

    async def _stop(self, adapter: Adapter) -> None:
        try:
            await adapter.stop()
        except Exception:
            logger.exception("%s: could not be stopped in order", adapter.name)

    async def _pause(self, seconds: float) -> None:
        """Wait, but not longer than until everything is stopped."""
        waits = {
            asyncio.ensure_future(self._sleep(seconds)),
            asyncio.ensure_future(self._stopping.wait()),
        }
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def _refuse(self, kept: _Kept, sentence: str) -> None:
        kept.refusal = sentence
        self._enter(kept, Phase.REFUSED)
        if any(not other.refusal for other in self._kept.values()):
            logger.error("%s is over: %s", kept.adapter.name, sentence)

    def _next_wait(self, kept: _Kept) -> float:
        wait = min(FIRST_WAIT * 2.0**kept.outages, LONGEST_WAIT)
        kept.outages = min(kept.outages + 1, 16)
        return wait * self._chance.uniform(1 - JITTER, 1 + JITTER)

    def _note_steadiness(self, kept: _Kept) -> None:
        """Forget earlier outages if the connection that is over has lasted."""
        if kept.connected_at is not None and self._clock() - kept.connected_at >= STEADY_SECONDS:
            kept.outages = 0
        kept.connected_at = None

    def _enter(self, kept: _Kept, phase: Phase) -> None:
        if kept.state.phase is not phase:
            kept.state = PlatformState(phase, self._now())
            self._metrics.connected(kept.adapter.name, is_connected=phase is Phase.CONNECTED)

    async def _look_again_and_again(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(LOOK_SECONDS)


def _is_connected(adapter: Adapter) -> bool:
    try:
        return adapter.is_connected
    except Exception:
        logger.exception("%s: can't say whether it is connected", adapter.name)
        return False


class _Kept:
    """An adapter, and what the supervisor remembers of it."""

    def __init__(self, adapter: Adapter, now: datetime) -> None:
        self.adapter = adapter
        self.state = PlatformState(Phase.CONNECTING, now)
        self.task: asyncio.Task[None] | None = None
        self.is_running = False
        self.connected_at: float | None = None
        self.outages = 0
        self.refusal = ""
