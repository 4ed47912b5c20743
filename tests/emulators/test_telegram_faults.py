"""Faults and rates: what the bot is told, and what really happened."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import httpx
import pytest
from emulators.telegram_errors import ApiError
from emulators.telegram_faults import REAL_RATES, Kind, Pace, Rates
from emulators.telegram_raw import NO_CERTIFICATES, Raw, raw
from emulators.telegram_world import Chat


@pytest.fixture
def call() -> Iterator[Raw]:
    with raw() as one:
        yield one


@pytest.fixture
def chat(call: Raw) -> Chat:
    return call.emulator.private(call.emulator.user("Anna"))


def count(call: Raw, chat: Chat) -> int:
    return len(call.emulator.messages(chat, by_bot=True))


ANSWERED: list[tuple[Kind, int, str, int]] = [
    # (kind, status, part of the body, messages that really came)
    ("status before effect", 500, "Internal Server Error", 0),
    ("html before effect", 502, "<html>", 0),
    ("retry after", 429, '"retry_after":1', 0),
    ("status after effect", 500, "Internal Server Error", 1),
    ("html after effect", 502, "<html>", 1),
    ("broken json", 200, '"ok": true', 1),
    ("no result", 200, '{"ok":true}', 1),
]


@pytest.mark.parametrize(("kind", "status", "part", "sent"), ANSWERED)
def test_an_answer_may_lie_about_what_happened(
    call: Raw, chat: Chat, kind: Kind, status: int, part: str, sent: int
) -> None:
    call.emulator.fault("sendMessage", kind)
    answer = call.post("sendMessage", chat_id=chat.id, text="a")
    assert (answer.status_code, count(call, chat)) == (status, sent)
    assert part in answer.text
    (made,) = call.emulator.calls_of("sendMessage")
    assert (made.fault, made.effect is not None) == (kind, bool(sent))


def test_broken_json_can_not_be_read(call: Raw, chat: Chat) -> None:
    call.emulator.fault("sendMessage", "broken json")
    with pytest.raises(ValueError, match=r"delimiter|Unterminated|Expecting"):
        call.post("sendMessage", chat_id=chat.id, text="a").json()


LOST: list[tuple[Kind, int]] = [
    ("cut before reading", 0),
    ("cut after effect", 1),
    ("half answer", 1),
]


@pytest.mark.parametrize(("kind", "sent"), LOST)
def test_an_answer_may_be_lost(call: Raw, chat: Chat, kind: Kind, sent: int) -> None:
    call.emulator.fault("sendMessage", kind)
    with pytest.raises(httpx.TransportError):
        call.post("sendMessage", chat_id=chat.id, text="a")
    assert count(call, chat) == sent
    assert call.emulator.calls_of("sendMessage")[0].status == 0


@pytest.mark.parametrize(
    ("kind", "during"), [("delay before effect", 0), ("delay after effect", 1)]
)
def test_a_delay_stands_before_or_after_the_effect(
    call: Raw, chat: Chat, kind: Kind, during: int
) -> None:
    call.emulator.fault("sendMessage", kind, seconds=5)
    began = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        call.client.post(
            f"{call.emulator.api_url}{call.emulator.token}/sendMessage",
            json={"chat_id": chat.id, "text": "a"},
            timeout=0.2,
        )
    assert time.monotonic() - began < 4
    assert count(call, chat) == during


def test_a_fault_strikes_as_often_as_told_and_only_its_methods(call: Raw, chat: Chat) -> None:
    call.emulator.fault("send*", "status before effect", times=2, status=504)
    call("getMe")
    refused = [call.post("sendMessage", chat_id=chat.id, text="a").status_code for _ in range(3)]
    assert refused == [504, 504, 200]


def test_a_fault_may_be_for_one_chat(call: Raw, chat: Chat) -> None:
    other = call.emulator.private(call.emulator.user("Ben"))
    call.emulator.fault("sendMessage", "retry after", chat=other.id, seconds=35)
    assert call("sendMessage", chat_id=chat.id, text="a")
    answer = call.post("sendMessage", chat_id=other.id, text="a").json()
    assert answer["parameters"] == {"retry_after": 35}
    assert answer["description"] == "Too Many Requests: retry after 35"


def test_faults_can_be_taken_back(call: Raw, chat: Chat) -> None:
    call.emulator.fault("*", "status before effect", times=9)
    call.emulator.clear_faults()
    assert call("sendMessage", chat_id=chat.id, text="a")


def test_what_a_fault_did_is_not_called_refused(call: Raw, chat: Chat) -> None:
    call.emulator.fault("sendMessage", "status before effect")
    call.post("sendMessage", chat_id=chat.id, text="a")
    call.emulator.assert_nothing_refused()


def test_what_the_server_refused_is_told_by_name(call: Raw, chat: Chat) -> None:
    call.refusal("sendMessage", chat_id=chat.id, text="")
    with pytest.raises(AssertionError, match="sendMessage 400: Bad Request: message text is empty"):
        call.emulator.assert_nothing_refused()
    call.emulator.assert_nothing_refused("text is empty")


def test_a_server_that_is_down_refuses_connections_and_comes_back(call: Raw, chat: Chat) -> None:
    call("sendMessage", chat_id=chat.id, text="before")
    call.emulator.down()
    with pytest.raises(httpx.TransportError):
        call("getMe")
    call.client.close()
    call.client = httpx.Client(timeout=5, verify=NO_CERTIFICATES)
    with pytest.raises(httpx.ConnectError):
        call("getMe")
    call.emulator.up()
    call("sendMessage", chat_id=chat.id, text="after")
    assert [one.text for one in call.emulator.messages(chat)] == ["before", "after"]


ONE_CHAT, MANY_CHATS = ["-5"] * 100, [str(number) for number in range(100)]
PACES = [
    # (rates, chats written to, seconds between, messages that pass, seconds to wait then)
    (REAL_RATES, ONE_CHAT, 0.5, 1, 1),
    (REAL_RATES, ONE_CHAT, 1.0, 20, 40),
    (REAL_RATES, ONE_CHAT, 3.0, 100, 0),
    (REAL_RATES, ["5"] * 100, 1.0, 100, 0),
    (REAL_RATES, MANY_CHATS, 0.0, 30, 1),
    (REAL_RATES, MANY_CHATS, 0.04, 100, 0),
    (Rates(), ONE_CHAT, 0.0, 100, 0),
]


@pytest.mark.parametrize(("rates", "chats", "step", "most", "wait"), PACES)
def test_messages_pass_at_the_documented_rates(
    rates: Rates, chats: list[str], step: float, most: int, wait: int
) -> None:
    now = 1000.0
    pace = Pace(rates, lambda: now)
    passed = told = 0
    for chat in chats:
        try:
            pace.check("sendMessage", chat)
        except ApiError as error:
            told = (error.parameters or {})["retry_after"]
            break
        passed += 1
        now += step
    assert (passed, told) == (most, wait)


def test_edits_and_answers_do_not_count() -> None:
    pace = Pace(REAL_RATES, lambda: 0.0)
    for method in ("editMessageText", "answerCallbackQuery", "sendChatAction", "getMe") * 50:
        pace.check(method, "-5")
    pace.check("sendMessage", "-5")


def test_a_message_above_the_rate_is_refused_and_does_not_come(call: Raw) -> None:
    group = call.emulator.group()
    call.emulator.set_rates(Rates(group_per_minute=2))
    answers = [call.post("sendMessage", chat_id=group.id, text="a") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= answers[-1].json()["parameters"]["retry_after"] <= 60
    assert count(call, group) == 2


def test_a_private_chat_has_no_limit_a_minute(call: Raw, chat: Chat) -> None:
    call.emulator.set_rates(Rates(group_per_minute=1))
    assert call("sendMessage", chat_id=chat.id, text="a")
    assert call("sendMessage", chat_id=chat.id, text="a")


def test_after_the_time_told_the_chat_is_open_again(call: Raw, chat: Chat) -> None:
    group = call.emulator.group()
    call.emulator.set_rates(Rates(group_per_minute=1))
    call("sendMessage", chat_id=group.id, text="a")
    answer = call.post("sendMessage", chat_id=group.id, text="a").json()
    call.emulator.pass_time(answer["parameters"]["retry_after"])
    assert call("sendMessage", chat_id=group.id, text="a")


@pytest.mark.parametrize("chat_id", [{}, [], "²", "--5", None])
def test_a_wrong_type_does_not_break_the_server_without_checking(chat_id: object) -> None:
    with raw(check=False) as call:
        sent = {"chat_id": chat_id, "text": "a", "reply_parameters": 5}
        assert call.post("sendMessage", **sent).status_code == 400
        assert call.post("sendMessage", text="a", chat_id=5, entities=7).status_code == 500
        assert len(call.emulator.refused) == 2


def test_a_known_method_that_is_not_emulated_says_so(call: Raw) -> None:
    assert call.refusal("sendDice", chat_id=5) == "Not Found: [emulator] sendDice is not emulated"


def test_an_idle_connection_is_closed_after_its_time() -> None:
    with raw(keep_alive=0.05) as call:
        address = ("127.0.0.1", call.emulator.port)
        with socket.create_connection(address, timeout=5) as connection:
            asked = f"GET /bot{call.emulator.token}/getMe HTTP/1.1\r\nHost: a\r\n\r\n"
            connection.sendall(asked.encode())
            got = b""
            while part := connection.recv(4096):
                got += part
    assert got.startswith(b"HTTP/1.1 200")
