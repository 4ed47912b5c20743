"""What is done where a call of Discord fails, on a clock of the test's own and without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from adapters.discord.calls import (
    BAN_JITTER,
    BAN_SECONDS,
    FIRST_RESPONSE_SECONDS,
    TOKEN_SECONDS,
    CallError,
    Calls,
    ClosedError,
    NoAnswerError,
    RateLimitedError,
    RefusedError,
)
from adapters.discord.identify_budget import MOST, SECONDS, IdentifyBudget
from adapters.discord.interactions import ResponseType
from adapters.discord.render import Payload
from adapters.discord.work import UnderWay, unless

A_DAY = 86_400

SESSIONS_A_DAY = 1_000
"""https://docs.discord.com/developers/events/gateway#session-start-limit-object"""

NONCE = {"content": "x", "nonce": "r1"}

LOST = NoAnswerError()
AWAY = RefusedError(503)


class Played:
    """A wire that fails with the given errors in turn, and then does well."""

    def __init__(self, *errors: CallError) -> None:
        self.errors = list(errors)
        self.made: list[str] = []

    async def request(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, int],
        *,
        json: object = None,
        query: Mapping[str, int] | None = None,
    ) -> Any:  # noqa: ANN401 - JSON
        self._make(method)
        return {"id": "1"}

    async def respond(self, interaction: int, token: str, payload: Payload) -> None:
        self._make("respond")

    async def edit(self, token: str, payload: Payload) -> None:
        self._make("edit")

    async def delete(self, token: str) -> None:
        self._make("delete")

    async def follow_up(self, token: str, payload: Payload) -> None:
        self._make("follow_up")

    def _make(self, call: str) -> None:
        self.made.append(call)
        if self.errors:
            raise self.errors.pop(0)


class Scene:
    """Calls on a played wire; pauses are over at once and move the clock."""

    def __init__(self, *errors: CallError) -> None:
        self.time = 0.0
        self.wire = Played(*errors)
        self.failed: list[str] = []
        self.refusals = 0
        self.calls = Calls(
            self.wire, self.failed.append, self._refuse, lambda: self.time, self._sleep
        )

    def _refuse(self) -> None:
        self.refusals += 1

    async def _sleep(self, seconds: float) -> None:
        self.time += seconds


# -- again, or not --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payload", "errors", "attempts", "failed"),
    [
        (NONCE, [], 1, []),
        (NONCE, [LOST], 2, []),
        (NONCE, [AWAY], 2, []),
        (NONCE, [LOST, AWAY, LOST], 4, []),
        (NONCE, [LOST] * 9, 4, ["connection"]),
        (NONCE, [AWAY] * 9, 4, ["status 503"]),
        # the library has repeated these five times already
        (NONCE, [RefusedError(502)], 1, ["status 502"]),
        (NONCE, [RefusedError(403, 50013)], 1, ["status 403"]),
        (NONCE, [RateLimitedError()], 1, ["rate limit"]),
        (NONCE, [ClosedError()], 1, ["closed"]),
        # without a nonce a second one would stand there
        ({"content": "x"}, [LOST], 1, ["connection"]),
        ({"content": "x"}, [AWAY], 1, ["status 503"]),
    ],
)
@pytest.mark.asyncio
async def test_a_message_is_sent_again_only_where_that_helps_and_doubles_nothing(
    payload: Payload,
    errors: list[CallError],
    attempts: int,
    failed: list[str],
) -> None:
    scene = Scene(*errors)
    await scene.calls.send(1, payload)
    assert len(scene.wire.made) == attempts
    assert scene.failed == failed


@pytest.mark.parametrize(
    ("errors", "failed"),
    [
        ([LOST, RefusedError(400, 40060)], []),
        ([RefusedError(500), RefusedError(400, 40060)], ["status 500"]),
        ([RefusedError(400, 40060)], ["answered already"]),
        ([RefusedError(404, 10062)], ["too late"]),
        ([RefusedError(404, 10008)], ["gone"]),
    ],
)
@pytest.mark.asyncio
async def test_a_response_that_had_arrived_is_no_failure(
    errors: list[CallError], failed: list[str]
) -> None:
    scene = Scene(*errors)
    await scene.calls.responses(1, "t").respond(ResponseType.MESSAGE, {})
    assert scene.failed == failed


@pytest.mark.parametrize(("seconds", "failed"), [(0.9, ["answered already"]), (1.0, [])])
@pytest.mark.asyncio
async def test_a_response_that_the_library_had_repeated_is_no_failure(
    seconds: float, failed: list[str]
) -> None:
    """Its first pause after a server's error is one second (its webhook/async_.py)."""
    scene = Scene(RefusedError(400, 40060))
    respond = scene.wire.respond

    async def respond_late(interaction: int, token: str, payload: Payload) -> None:
        scene.time += seconds
        await respond(interaction, token, payload)

    scene.wire.respond = respond_late  # type: ignore[method-assign]
    await scene.calls.responses(1, "t").respond(ResponseType.MESSAGE, {})
    assert scene.failed == failed


@pytest.mark.asyncio
async def test_a_further_message_is_never_sent_twice() -> None:
    scene = Scene(LOST)
    await scene.calls.responses(1, "t").follow_up({})
    assert scene.wire.made == ["follow_up"]


# -- in time --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "made"), [(FIRST_RESPONSE_SECONDS - 0.1, ["respond"]), (FIRST_RESPONSE_SECONDS, [])]
)
@pytest.mark.asyncio
async def test_no_first_response_is_tried_after_its_time(after: float, made: list[str]) -> None:
    scene = Scene()
    responses = scene.calls.responses(1, "t")
    scene.time += after
    await responses.respond(ResponseType.MESSAGE, {})
    assert scene.wire.made == made
    assert scene.failed == ([] if made else ["too late"])


@pytest.mark.parametrize("way", ["edit", "delete", "follow_up"])
@pytest.mark.parametrize(("after", "is_made"), [(TOKEN_SECONDS - 1, True), (TOKEN_SECONDS, False)])
@pytest.mark.asyncio
async def test_nothing_is_tried_after_the_token_has_run_out(
    way: str,
    after: float,
    is_made: bool,
) -> None:
    scene = Scene()
    responses = scene.calls.responses(1, "t")
    scene.time += after
    ways = {"edit": responses.edit, "follow_up": responses.follow_up}
    await (ways[way]({}) if way in ways else responses.delete())
    assert scene.wire.made == ([way] if is_made else [])


# -- the end of all calls -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "refusals"),
    [(RefusedError(401), 1), (RefusedError(401, 50027), 0), (RefusedError(403), 0)],
)
@pytest.mark.asyncio
async def test_only_a_refused_token_is_reported_and_once(
    error: RefusedError, refusals: int
) -> None:
    scene = Scene(error, error)
    for _ in range(2):
        await scene.calls.send(1, NONCE)
    assert scene.refusals == refusals
    assert len(scene.wire.made) == 2 - refusals


@pytest.mark.asyncio
async def test_after_a_ban_nothing_is_called_for_ten_minutes_and_a_little_more() -> None:
    scene = Scene(RefusedError(429, is_ban=True))
    await scene.calls.send(1, NONCE)
    scene.time = BAN_SECONDS - 1
    await scene.calls.send(1, NONCE)
    assert len(scene.wire.made) == 1
    scene.time = BAN_SECONDS * (1 + BAN_JITTER) + 1
    await scene.calls.send(1, NONCE)
    assert len(scene.wire.made) == 2


# -- sessions -------------------------------------------------------------------------------------


def test_so_many_sessions_an_hour_never_reach_the_limit_of_a_day() -> None:
    assert MOST * A_DAY / SECONDS < SESSIONS_A_DAY


def test_a_session_over_the_budget_waits_until_the_first_is_an_hour_old() -> None:
    budget = IdentifyBudget(2, 3600)
    assert [budget.take(at) for at in (0, 100, 200, 3599, 3600, 3601)] == [0, 0, 3400, 1, 0, 99]


# -- work under way -------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_draining_waits_for_what_is_under_way_but_not_for_ever() -> None:
    work, over, done = UnderWay(), asyncio.Event(), []

    async def one(event: asyncio.Event | None) -> None:
        with work.one():
            await (event.wait() if event else asyncio.sleep(0.01))
            done.append(event)

    tasks = [asyncio.create_task(one(None)), asyncio.create_task(one(over))]
    await asyncio.sleep(0)
    await work.drain(0.1)
    assert done == [None]
    assert work.is_draining
    over.set()
    await asyncio.gather(*tasks)


@pytest.mark.asyncio
async def test_work_is_cancelled_by_the_event_and_not_before() -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().call_later(0.02, ended.set)
    async with asyncio.timeout(5):
        await unless(ended, asyncio.sleep(60))
    assert ended.is_set()


@pytest.mark.asyncio
async def test_what_work_raises_is_raised() -> None:
    async def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await unless(asyncio.Event(), fails())
