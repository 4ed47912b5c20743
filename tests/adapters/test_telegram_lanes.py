"""Lanes: in order within a chat, at once among chats, and bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from adapters.telegram import lanes as module
from adapters.telegram.lanes import MOST_IN_A_LANE, Lanes


def noted(notes: list[str], name: str, after: asyncio.Event | None = None) -> module.Work:
    async def work() -> None:
        if after is not None:
            await after.wait()
        notes.append(name)

    return work


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def go() -> None:
        async with asyncio.timeout(10):
            await test()

    asyncio.run(go())


def test_work_of_a_lane_is_done_in_order_though_the_first_is_slow() -> None:
    async def test() -> None:
        lanes, notes, go = Lanes(), list[str](), asyncio.Event()
        lanes.put("a", noted(notes, "first", go))
        lanes.put("a", noted(notes, "second"))
        await asyncio.sleep(0.01)
        assert notes == []
        go.set()
        assert await lanes.drain(5) == 0
        assert notes == ["first", "second"]

    run(test)


def test_a_lane_that_waits_holds_up_no_other() -> None:
    async def test() -> None:
        lanes, notes, go = Lanes(), list[str](), asyncio.Event()
        lanes.put("a", noted(notes, "slow", go))
        lanes.put("b", noted(notes, "fast"))
        await asyncio.sleep(0.01)
        assert notes == ["fast"]
        go.set()
        await lanes.drain(5)

    run(test)


def test_work_that_fails_is_logged_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise RuntimeError("broken")

    async def test() -> None:
        lanes, notes = Lanes(), list[str]()
        lanes.put("a", fail)
        lanes.put("a", noted(notes, "next"))
        await lanes.drain(5)
        assert notes == ["next"]

    run(test)
    assert "broken" in caplog.text


def test_a_chat_that_floods_loses_what_is_too_much() -> None:
    async def test() -> None:
        lanes, notes, go = Lanes(), list[str](), asyncio.Event()
        for number in range(2 * MOST_IN_A_LANE):
            lanes.put("a", noted(notes, str(number), go))
        go.set()
        await lanes.drain(5)
        assert notes == [str(number) for number in range(MOST_IN_A_LANE)]

    run(test)


def test_there_is_no_room_while_too_much_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_AT_ONCE", 3)

    async def test() -> None:
        lanes, go = Lanes(), asyncio.Event()
        for lane in "abc":
            lanes.put(lane, noted([], lane, go))
        assert lanes.is_full
        waiting = asyncio.create_task(lanes.wait_for_room())
        await asyncio.sleep(0.01)
        assert not waiting.done()
        go.set()
        await waiting
        assert not lanes.is_full
        await lanes.drain(5)

    run(test)


def test_draining_gives_up_what_takes_too_long_and_says_how_much() -> None:
    async def test() -> None:
        lanes, never = Lanes(), asyncio.Event()
        lanes.put("a", noted([], "a", never))
        lanes.put("a", noted([], "b", never))
        lanes.put("b", noted([], "c", never))
        assert await lanes.drain(0.05) == 3

    run(test)
