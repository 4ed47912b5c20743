"""What is done about a call that fails: by what is proven, never sent twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import pytest

from adapters.telegram.calls import (
    CallError,
    Calls,
    ConflictError,
    MovedError,
    Payload,
    RefusedError,
    TokenError,
    TooFastError,
    UncertainError,
    UnsentError,
)
from bot.metrics import Metrics

MESSAGE: Payload = {"chat_id": 5, "text": "Yes."}


class Server:
    """Answers each call with the next of these: an error is raised, all else returned."""

    def __init__(self, answers: Sequence[object]) -> None:
        self.answers = list(answers)
        self.made: list[Payload] = []

    async def call(self, method: str, parameters: Payload, *, patience: float = 0) -> object:
        self.made.append(parameters)
        answer = self.answers.pop(0)
        if isinstance(answer, CallError):
            raise answer
        return answer


def make(*answers: object, parameters: Payload = MESSAGE) -> tuple[object, Server, list[float]]:
    """Make one call; return its result, the server, and the waits."""
    server, waits = Server(answers), []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    calls = Calls(server, Metrics(), "telegram", sleep)
    result = asyncio.run(calls.make("sendMessage", parameters))
    return result, server, waits


def test_a_result_is_returned() -> None:
    result, server, waits = make({"message_id": 1})
    assert result == {"message_id": 1}
    assert (len(server.made), waits) == (1, [])


@pytest.mark.parametrize(
    ("answers", "calls", "waits", "is_done"),
    [
        ([TooFastError(3), True], 2, [3], True),
        ([TooFastError(3), TooFastError(5), True], 3, [3, 5], True),
        ([TooFastError(3)] * 3, 3, [3, 3], False),
        ([TooFastError(61)], 1, [], False),
        ([TooFastError(60), True], 2, [60], True),
        ([UnsentError("ClientConnectorError"), True], 2, [1], True),
        ([UnsentError("ClientConnectorError")] * 2, 2, [1], False),
        ([UnsentError("x"), TooFastError(1)], 2, [1], False),
        ([UncertainError("Timed out")], 1, [], False),
        ([UncertainError("Bad Gateway (502)")], 1, [], False),
        ([RefusedError("Forbidden: bot was blocked by the user")], 1, [], False),
        ([RefusedError("Chat not found")], 1, [], False),
        ([TokenError("x")], 1, [], False),
        ([ConflictError("x")], 1, [], False),
    ],
)
def test_only_what_was_surely_not_done_is_tried_again(
    answers: list[object], calls: int, waits: list[float], is_done: bool
) -> None:
    result, server, waited = make(*answers)
    assert (len(server.made), waited, result is not None) == (calls, waits, is_done)


def test_styles_that_are_refused_are_left_out() -> None:
    styled = {**MESSAGE, "entities": [{"type": "bold", "offset": 0, "length": 1}]}
    refused = RefusedError("Can't parse entities: entity is too long")
    result, server, _ = make(refused, True, parameters=styled)
    assert result
    assert server.made == [styled, MESSAGE]


def test_a_message_without_styles_is_not_sent_again_for_them() -> None:
    _, server, _ = make(RefusedError("Can't parse entities"))
    assert len(server.made) == 1


def test_a_message_for_a_group_that_moved_says_where_to() -> None:
    calls = Calls(Server([MovedError(-100)]), Metrics(), "telegram")
    with pytest.raises(MovedError) as moved:
        asyncio.run(calls.send(MESSAGE))
    assert moved.value.chat == -100


def test_another_call_for_a_group_that_moved_is_given_up() -> None:
    assert make(MovedError(-100))[0] is None


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (RefusedError("Message is not modified: specified new message content"), None),
        (RefusedError("Query is too old and response timeout expired"), None),
        (RefusedError("Message to edit not found"), None),
        (RefusedError("Message to delete not found"), None),
        (RefusedError("Forbidden: bot was kicked from the supergroup chat"), logging.INFO),
        (UncertainError("Timed out"), logging.WARNING),
        (UnsentError("ClientConnectorError"), logging.WARNING),
    ],
)
def test_what_is_given_up_is_logged_by_how_bad_it_is(
    error: CallError, level: int | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    make(error, error)
    assert [record.levelno for record in caplog.records] == ([level] if level else [])


def test_a_log_line_does_not_repeat_what_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    make(UncertainError("Timed out"))
    assert "Yes." not in caplog.text


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (UncertainError("Timed out"), "uncertain"),
        (RefusedError("Chat not found"), "refused"),
        (TooFastError(100), "rate limit"),
    ],
)
def test_failures_are_counted_by_kind(error: CallError, kind: str) -> None:
    metrics = Metrics()
    asyncio.run(Calls(Server([error]), metrics, "telegram").make("sendMessage", MESSAGE))
    assert (
        f'daybook_failed_calls_total{{kind="{kind}",platform="telegram"}} 1.0'
        in metrics.text().decode()
    )
