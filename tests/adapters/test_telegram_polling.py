"""Long polling: what is confirmed when, how failures are waited out, who of two goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from adapters.telegram import polling
from adapters.telegram.calls import (
    CallError,
    ConflictError,
    Payload,
    TokenError,
    TooFastError,
    UncertainError,
)
from adapters.telegram.polling import LONGEST_PAUSE, MOST_UPDATES, POLL_SECONDS, Polling
from bot.adapter import TokenRefusedError

OTHER = ConflictError("Conflict: terminated by other getUpdates request; make sure that only one")
HOOK = ConflictError("Conflict: can't use getUpdates method while webhook is active")
DOWN = UncertainError("Bad Gateway (502)")


class Server:
    """Answers each poll with the next of these, and then for ever with nothing, slowly."""

    def __init__(self, answers: Sequence[object]) -> None:
        self.answers = list(answers)
        self.polls: list[Payload] = []
        self.is_done = asyncio.Event()

    async def call(self, method: str, parameters: Payload, *, patience: float = 0) -> object:
        assert method == "getUpdates"
        self.polls.append(parameters)
        if not self.answers:
            self.is_done.set()
            await asyncio.sleep(60)
        answer = self.answers.pop(0)
        if isinstance(answer, CallError):
            raise answer
        return answer


class Polled:
    """What came of the polls that these answers are given to."""

    def __init__(self, *answers: object) -> None:
        self.taken: list[tuple[int, bool]] = []
        self.connected: list[bool] = []
        self.waits: list[float] = []
        self.polls: list[Payload] = []
        asyncio.run(self._go(answers))

    async def _go(self, answers: Sequence[object]) -> None:
        server = Server(answers)
        polls = Polling(server, self._take, self.connected.append, self._sleep)
        task = asyncio.create_task(polls.run())
        done = asyncio.create_task(server.is_done.wait())
        async with asyncio.timeout(10):
            await asyncio.wait((task, done), return_when=asyncio.FIRST_COMPLETED)
        self.polls = server.polls
        done.cancel()
        task.cancel()
        await asyncio.wait((task,))
        if not task.cancelled():
            task.result()

    async def _take(self, update: Mapping[str, Any], is_backlog: bool) -> None:
        self.taken.append((update["update_id"], is_backlog))

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


def updates(*numbers: int) -> list[dict[str, int]]:
    return [{"update_id": number} for number in numbers]


def test_updates_are_taken_in_order_and_confirmed_by_the_next_poll() -> None:
    polled = Polled(updates(7, 8))
    assert [number for number, _ in polled.taken] == [7, 8]
    assert "offset" not in polled.polls[0]
    assert polled.polls[1]["offset"] == 9


def test_the_first_poll_returns_at_once_and_those_after_it_wait() -> None:
    polled = Polled([], [])
    assert [poll["timeout"] for poll in polled.polls] == [0, POLL_SECONDS, POLL_SECONDS]


def test_what_waited_ends_with_the_first_poll_that_is_not_full() -> None:
    full = updates(*range(MOST_UPDATES))
    polled = Polled(full, updates(200), updates(201))
    assert [is_backlog for _, is_backlog in polled.taken] == [True] * (MOST_UPDATES + 1) + [False]


def test_only_what_is_used_is_asked_for() -> None:
    assert set(Polled([]).polls[0]["allowed_updates"]) == {
        "message",
        "channel_post",
        "callback_query",
        "inline_query",
        "my_chat_member",
    }


def test_failures_are_waited_out_longer_each_time_within_a_bound() -> None:
    waits = Polled([], *[DOWN] * 9, []).waits
    bounds = [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert all(bound / 2 <= wait <= bound for wait, bound in zip(waits, bounds, strict=True))


def test_a_wait_that_is_asked_for_is_kept() -> None:
    assert Polled([], TooFastError(35), []).waits == [35]


def test_it_counts_as_connected_while_polls_go_well() -> None:
    assert Polled([], DOWN, DOWN, []).connected == [True, False, False, True]


def test_after_a_failure_the_next_poll_returns_at_once() -> None:
    timeouts = [poll["timeout"] for poll in Polled([], DOWN, []).polls]
    assert timeouts == [0, POLL_SECONDS, 0, POLL_SECONDS]


@pytest.mark.parametrize("answer", [None, {}, ["x"], [{"update_id": "1"}], [{}], True])
def test_an_answer_without_updates_is_a_failure(answer: object) -> None:
    polled = Polled([], answer, updates(1))
    assert (len(polled.waits), polled.taken) == (1, [(1, False)])


def test_a_refused_token_is_the_end() -> None:
    with pytest.raises(TokenRefusedError, match="TELEGRAM_TOKEN"):
        Polled([], TokenError("x"))


@pytest.mark.parametrize("before", [[], [[]]])
def test_a_webhook_is_the_end_and_named_with_its_cure(before: list[object]) -> None:
    with pytest.raises(TokenRefusedError, match=r"TELEGRAM_WEBHOOK_URL.*deleteWebhook"):
        Polled(*before, HOOK)


def test_a_process_disturbed_before_its_first_poll_went_well_is_the_second() -> None:
    with pytest.raises(TokenRefusedError, match="Another process"):
        Polled(OTHER)


def test_a_process_that_has_polled_goes_on() -> None:
    assert Polled([], OTHER, updates(5)).taken == [(5, False)]


def test_a_young_process_gives_up_when_disturbed_more_often_than_it_polled() -> None:
    with pytest.raises(TokenRefusedError, match="Another process"):
        Polled([], OTHER, OTHER)


def test_an_old_process_goes_on_whatever_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "YOUNG_SECONDS", 0)
    assert Polled(*[OTHER] * 20, updates(5)).taken == [(5, True)]


def confirmed(*answers: object) -> list[Payload]:
    async def go() -> list[Payload]:
        async def take(update: Mapping[str, Any], is_backlog: bool) -> None:
            pass

        server = Server([*answers, []])
        polls = Polling(server, take, lambda _: None)
        task = asyncio.create_task(polls.run())
        async with asyncio.timeout(10):
            await server.is_done.wait()
        task.cancel()
        server.answers = [[]]
        before = len(server.polls)
        await polls.confirm()
        return server.polls[before:]

    return asyncio.run(go())


def test_what_was_taken_last_is_confirmed_at_the_end() -> None:
    assert confirmed(updates(7)) == [{"offset": 8, "limit": 1, "timeout": 0}]


def test_nothing_taken_needs_no_confirmation() -> None:
    assert confirmed([]) == []
