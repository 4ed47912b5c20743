"""Adapters kept running: outages, refusals, stops. The waits are noted, not waited."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from random import Random

import pytest

from bot import supervisor as module
from bot.adapter import PlatformUnreachableError, TokenRefusedError
from bot.metrics import Metrics
from bot.supervisor import (
    JITTER,
    LONGEST_WAIT,
    STEADY_SECONDS,
    NoPlatformLeftError,
    Phase,
    Supervisor,
)

PATIENCE = 5.0
NOW = datetime(2026, 8, 21, 12, tzinfo=UTC)

Act = Callable[["Played"], Awaitable[None]]


class Played:
    """An adapter that does at each run what the test says, and then runs until it is stopped."""

    def __init__(self, name: str, *acts: Act) -> None:
        self.name = name
        self.is_connected = False
        self.runs = 0
        self.stops = 0
        self._acts = list(acts)
        self.told = asyncio.Event()

    async def run(self) -> None:
        self.runs += 1
        if self._acts:
            await self._acts.pop(0)(self)
            return
        self.is_connected = True
        await self.told.wait()
        self.is_connected = False

    async def stop(self) -> None:
        self.stops += 1
        self.told.set()


def fails(error: BaseException) -> Act:
    async def act(_: Played) -> None:
        raise error

    return act


async def ends(_: Played) -> None:
    """Return from `run` without being told to."""


UNREACHABLE = PlatformUnreachableError("the server answered 503")
REFUSED = TokenRefusedError("The token is refused; copy it again.")


class Scene:
    """A supervisor whose waits are noted and over at once, on a clock that the test moves."""

    def __init__(self, *adapters: Played) -> None:
        self.waits: list[float] = []
        self.time = 0.0
        self.metrics = Metrics()
        self.supervisor = Supervisor(
            adapters,
            self.metrics,
            clock=lambda: self.time,
            now=lambda: NOW,
            sleep=self._sleep,
            chance=Random(7),
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0)

    async def run_until(self, holds: Callable[[], bool]) -> None:
        """Run until something holds, then stop; fails where the run ends with an error."""
        running = asyncio.create_task(self.supervisor.run())
        try:
            await self.until(lambda: holds() or running.done())
        finally:
            await self.supervisor.stop()
        async with asyncio.timeout(PATIENCE):
            await running


def around(seconds: float) -> object:
    return pytest.approx(seconds, rel=JITTER)


# -- outages --------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "act",
    [
        fails(UNREACHABLE),
        fails(RuntimeError("a bug")),
        fails(OSError("no route")),
        fails(TimeoutError()),
        fails(asyncio.CancelledError()),
        fails(ExceptionGroup("several", [ValueError("x")])),
        ends,
    ],
    ids=["unreachable", "bug", "socket", "time-out", "cancelled within", "group", "ended"],
)
async def test_whatever_ends_a_run_but_a_refusal_is_tried_again(act: Act) -> None:
    adapter = Played("discord", act)
    scene = Scene(adapter)
    await scene.run_until(lambda: adapter.is_connected)
    assert adapter.runs == 2


@pytest.mark.asyncio
async def test_each_wait_is_twice_the_one_before_up_to_a_minute() -> None:
    adapter = Played("discord", *[fails(UNREACHABLE)] * 9)
    scene = Scene(adapter)
    await scene.run_until(lambda: adapter.is_connected)
    assert scene.waits == [around(wait) for wait in (1, 2, 4, 8, 16, 32, 60, 60, 60)]


@pytest.mark.asyncio
async def test_waits_are_not_the_same_for_every_bot() -> None:
    adapter = Played("discord", *[fails(UNREACHABLE)] * 40)
    scene = Scene(adapter)
    await scene.run_until(lambda: adapter.is_connected)
    last = scene.waits[-20:]
    assert len(set(last)) == 20
    assert all(LONGEST_WAIT * (1 - JITTER) <= wait <= LONGEST_WAIT * (1 + JITTER) for wait in last)


def connected_for(scene: list[Scene], seconds: float) -> Act:
    async def act(adapter: Played) -> None:
        adapter.is_connected = True
        scene[0].supervisor.look()
        scene[0].time += seconds
        scene[0].supervisor.look()
        adapter.is_connected = False
        raise UNREACHABLE

    return act


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("seconds", "third"), [(STEADY_SECONDS, 1), (3600, 1), (STEADY_SECONDS - 1, 4), (0, 4)]
)
async def test_after_a_steady_connection_the_waits_begin_anew(seconds: float, third: int) -> None:
    scene: list[Scene] = []
    adapter = Played(
        "discord", fails(UNREACHABLE), fails(UNREACHABLE), connected_for(scene, seconds)
    )
    scene.append(Scene(adapter))
    await scene[0].run_until(lambda: adapter.is_connected and adapter.runs == 4)
    assert scene[0].waits == [around(1), around(2), around(third)]


@pytest.mark.asyncio
async def test_a_bug_is_logged_whole(caplog: pytest.LogCaptureFixture) -> None:
    adapter = Played("discord", fails(ZeroDivisionError("a bug")))
    scene = Scene(adapter)
    await scene.run_until(lambda: adapter.is_connected)
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


@pytest.mark.asyncio
async def test_an_unreachable_platform_is_one_line_without_a_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    adapter = Played("discord", fails(UNREACHABLE))
    scene = Scene(adapter)
    await scene.run_until(lambda: adapter.is_connected)
    records = [record for record in caplog.records if "answered 503" in record.getMessage()]
    assert [(record.levelno, record.exc_info) for record in records] == [(logging.WARNING, None)]


@pytest.mark.asyncio
async def test_an_outage_of_one_platform_leaves_the_other_alone() -> None:
    broken = Played("discord", *[fails(RuntimeError("a bug"))] * 30)
    well = Played("telegram")
    scene = Scene(broken, well)
    await scene.run_until(lambda: broken.is_connected)
    assert (broken.runs, well.runs, well.stops) == (31, 1, 1)


@pytest.mark.asyncio
async def test_restarts_are_counted() -> None:
    adapter = Played("discord", fails(UNREACHABLE), fails(UNREACHABLE))
    scene = Scene(adapter)
    await scene.run_until(lambda: adapter.is_connected)
    assert b'daybook_restarts_total{platform="discord"} 2.0' in scene.metrics.text()


# -- refusals -------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_refused_token_is_not_tried_again() -> None:
    refused, well = Played("discord", fails(REFUSED)), Played("telegram")
    scene = Scene(refused, well)
    await scene.run_until(lambda: well.is_connected)
    assert (refused.runs, refused.stops, scene.waits) == (1, 0, [])


@pytest.mark.asyncio
async def test_a_refused_token_is_one_line_of_the_log_while_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refused, well = Played("discord", fails(REFUSED)), Played("telegram")
    scene = Scene(refused, well)
    await scene.run_until(lambda: well.is_connected)
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert errors == [f"discord is over: {REFUSED}"]


@pytest.mark.asyncio
async def test_where_every_token_is_refused_the_run_ends_with_each_sentence() -> None:
    other = TokenRefusedError("Telegram says no.")
    scene = Scene(Played("discord", fails(REFUSED)), Played("telegram", fails(other)))
    with pytest.raises(NoPlatformLeftError, match=f"^{REFUSED} {other}$"):
        await asyncio.wait_for(scene.supervisor.run(), PATIENCE)


@pytest.mark.asyncio
async def test_a_token_that_is_refused_after_an_outage_ends_too() -> None:
    scene = Scene(Played("discord", fails(UNREACHABLE), fails(REFUSED)))
    with pytest.raises(NoPlatformLeftError):
        await asyncio.wait_for(scene.supervisor.run(), PATIENCE)
    assert len(scene.waits) == 1


# -- stopping -------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_all_adapters_are_stopped_at_once() -> None:
    order: list[str] = []

    class Slow(Played):
        async def stop(self) -> None:
            order.append(f"{self.name} begins")
            await asyncio.sleep(0.01)
            order.append(f"{self.name} ends")
            await super().stop()

    first, second = Slow("discord"), Slow("telegram")
    scene = Scene(first, second)
    await scene.run_until(lambda: first.is_connected and second.is_connected)
    assert order[:2] == ["discord begins", "telegram begins"]


@pytest.mark.asyncio
async def test_a_stop_ends_a_wait_at_once() -> None:
    adapter = Played("discord", fails(UNREACHABLE))
    waiting = asyncio.Event()

    async def for_ever(_: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    supervisor = Supervisor([adapter], Metrics(), sleep=for_ever)
    running = asyncio.create_task(supervisor.run())
    async with asyncio.timeout(PATIENCE):
        await waiting.wait()
        await supervisor.stop()
        await running
    assert (adapter.runs, adapter.stops) == (1, 0)


@pytest.mark.asyncio
async def test_what_does_not_stop_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.05)

    class Stuck(Played):
        async def stop(self) -> None:
            await asyncio.Event().wait()

    stuck, well = Stuck("discord"), Played("telegram")
    scene = Scene(stuck, well)
    await scene.run_until(lambda: stuck.is_connected and well.is_connected)
    assert well.told.is_set()


@pytest.mark.asyncio
async def test_what_ignores_even_a_cancellation_is_left_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 0.05)
    monkeypatch.setattr(module, "CANCEL_SECONDS", 0.05)
    release = asyncio.Event()

    class Deaf(Played):
        async def run(self) -> None:
            self.is_connected = True
            while not release.is_set():
                with suppress(asyncio.CancelledError):  # what a careless library does
                    await release.wait()

        async def stop(self) -> None:
            await release.wait()

    deaf = Deaf("discord")
    scene = Scene(deaf)
    running = asyncio.create_task(scene.supervisor.run())
    await scene.until(lambda: deaf.is_connected)
    async with asyncio.timeout(PATIENCE):
        await scene.supervisor.stop()
    assert not running.done()
    release.set()
    await asyncio.wait_for(running, PATIENCE)


@pytest.mark.asyncio
async def test_a_stop_that_fails_is_logged_and_the_others_stop(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Failing(Played):
        async def stop(self) -> None:
            self.told.set()
            raise RuntimeError("a bug")

    failing, well = Failing("discord"), Played("telegram")
    scene = Scene(failing, well)
    await scene.run_until(lambda: failing.is_connected and well.is_connected)
    assert well.stops == 1
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [RuntimeError]


@pytest.mark.asyncio
async def test_a_failure_while_stopping_is_no_outage() -> None:
    class Breaking(Played):
        async def run(self) -> None:
            self.is_connected = True
            await self.told.wait()
            raise RuntimeError("the connection was closed")

    adapter = Breaking("discord")
    scene = Scene(adapter)
    await scene.run_until(lambda: adapter.is_connected)
    assert scene.waits == []


# -- what it says of itself -----------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_state_says_since_when_a_platform_is_connected() -> None:
    adapter = Played("discord")
    scene = Scene(adapter)
    assert scene.supervisor.states()["discord"].phase is Phase.CONNECTING
    running = asyncio.create_task(scene.supervisor.run())
    await scene.until(lambda: adapter.is_connected)
    state = scene.supervisor.states()["discord"]
    assert (state.is_connected, state.phase, state.since) == (True, Phase.CONNECTED, NOW)
    await scene.supervisor.stop()
    await running
    assert scene.supervisor.states()["discord"].phase is Phase.STOPPED


@pytest.mark.asyncio
async def test_a_lost_connection_is_seen_while_the_adapter_runs_on() -> None:
    adapter = Played("discord")
    scene = Scene(adapter)
    running = asyncio.create_task(scene.supervisor.run())
    await scene.until(lambda: scene.supervisor.states()["discord"].is_connected)
    adapter.is_connected = False
    assert not scene.supervisor.states()["discord"].is_connected
    adapter.is_connected = True
    assert scene.supervisor.states()["discord"].is_connected
    await scene.supervisor.stop()
    await running


@pytest.mark.asyncio
async def test_a_refused_platform_says_so() -> None:
    refused, well = Played("discord", fails(REFUSED)), Played("telegram")
    scene = Scene(refused, well)
    await scene.run_until(lambda: well.is_connected)
    assert scene.supervisor.states()["discord"].phase is Phase.REFUSED


@pytest.mark.asyncio
async def test_an_adapter_that_cannot_say_whether_it_is_connected_is_not() -> None:
    class Mute(Played):
        is_asked = False

        @property
        def is_connected(self) -> bool:
            self.is_asked = True
            raise RuntimeError("a bug")

        @is_connected.setter
        def is_connected(self, value: bool) -> None:
            """Take what Played sets."""

    mute, well = Mute("discord"), Played("telegram")
    scene = Scene(mute, well)
    await scene.run_until(
        lambda: mute.is_asked and scene.supervisor.states()["telegram"].is_connected
    )
    assert mute.runs == 1


@pytest.mark.asyncio
async def test_the_gauge_follows_the_connection() -> None:
    adapter = Played("discord")
    scene = Scene(adapter)
    assert b'daybook_connected{platform="discord"} 0.0' in scene.metrics.text()
    running = asyncio.create_task(scene.supervisor.run())
    await scene.until(lambda: scene.supervisor.states()["discord"].is_connected)
    assert b'daybook_connected{platform="discord"} 1.0' in scene.metrics.text()
    await scene.supervisor.stop()
    await running
    assert b'daybook_connected{platform="discord"} 0.0' in scene.metrics.text()
