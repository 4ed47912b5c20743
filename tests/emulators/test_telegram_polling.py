"""getUpdates: offsets, limits, waiting, kinds, and the conflicts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from emulators.telegram_errors import OTHER_POLLER, SET_WEBHOOK_CAME, WEBHOOK_IS_SET
from emulators.telegram_raw import Raw, raw


@pytest.fixture
def call() -> Iterator[Raw]:
    with raw(first_update=100) as one:
        yield one


def said(call: Raw, count: int) -> None:
    anna = call.emulator.user("Anna")
    chat = call.emulator.private(anna)
    call.emulator.say_many((anna, chat, f"m{number}") for number in range(count))


def numbers(updates: list[dict[str, Any]]) -> list[int]:
    return [one["update_id"] for one in updates]


def test_updates_come_again_until_a_higher_offset_confirms_them(call: Raw) -> None:
    said(call, 3)
    assert numbers(call("getUpdates")) == [100, 101, 102]
    assert numbers(call("getUpdates", offset=100)) == [100, 101, 102]
    assert numbers(call("getUpdates", offset=102)) == [102]
    assert numbers(call("getUpdates")) == [102]
    assert call("getUpdates", offset=103) == []


def test_a_negative_offset_keeps_the_last_ones(call: Raw) -> None:
    said(call, 5)
    assert numbers(call("getUpdates", offset=-2)) == [103, 104]
    assert numbers(call("getUpdates")) == [103, 104]


@pytest.mark.parametrize(("limit", "got"), [(None, 100), (1, 1), (100, 100), (1000, 100)])
def test_at_most_a_hundred_come_at_once(call: Raw, limit: int | None, got: int) -> None:
    said(call, 120)
    given = {} if limit is None else {"limit": limit}
    assert len(call("getUpdates", **given)) == got


def test_a_waiting_poll_returns_with_the_first_update(call: Raw) -> None:
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(call, "getUpdates", timeout=9)
        call.emulator.wait_for_poll()
        began = time.monotonic()
        said(call, 1)
        assert numbers(waiting.result(5)) == [100]
        assert time.monotonic() - began < 2


def test_a_waiting_poll_ends_empty_after_its_time(call: Raw) -> None:
    began = time.monotonic()
    assert call("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - began < 3


def test_the_waiting_poll_is_ended_by_the_next_one(call: Raw) -> None:
    with ThreadPoolExecutor(2) as others:
        first = others.submit(call.post, "getUpdates", timeout=9)
        call.emulator.wait_for_poll()
        second = others.submit(call.post, "getUpdates", timeout=1)
        answer = first.result(5)
        assert (answer.status_code, answer.json()["description"]) == (409, OTHER_POLLER)
        assert second.result(5).json()["result"] == []


def test_there_is_no_polling_while_a_webhook_is_set(call: Raw) -> None:
    call("setWebhook", url="https://daybook.example/hook")
    answer = call.post("getUpdates")
    assert (answer.status_code, answer.json()["description"]) == (409, WEBHOOK_IS_SET)
    call("deleteWebhook")
    assert call("getUpdates") == []


def test_setting_a_webhook_ends_the_waiting_poll(call: Raw) -> None:
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(call.post, "getUpdates", timeout=9)
        call.emulator.wait_for_poll()
        call("setWebhook", url="https://daybook.example/hook")
        assert waiting.result(5).json()["description"] == SET_WEBHOOK_CAME


def test_the_allowed_kinds_are_remembered(call: Raw) -> None:
    call("getUpdates", allowed_updates=["callback_query"])
    said(call, 1)
    assert call("getUpdates") == []
    call("getUpdates", allowed_updates=[])
    said(call, 1)
    assert len(call("getUpdates")) == 1


@pytest.mark.parametrize(("asked", "kinds"), [(None, []), (["chat_member"], ["chat_member"])])
def test_changes_of_members_come_only_if_asked_for(
    call: Raw, asked: list[str] | None, kinds: list[str]
) -> None:
    anna, ben = call.emulator.user("Anna"), call.emulator.user("Ben")
    chat = call.emulator.supergroup(members=[anna, ben], bot="administrator")
    call("getUpdates", **({} if asked is None else {"allowed_updates": asked}))
    call.emulator.promote(chat, ben)
    got = [key for one in call("getUpdates") for key in one if key != "update_id"]
    assert got == kinds


def test_an_update_can_come_again_under_its_number(call: Raw) -> None:
    said(call, 1)
    call("getUpdates", offset=101)
    call.emulator.redeliver(100, times=2)
    assert numbers(call("getUpdates")) == [100, 100]


def test_numbers_can_begin_anew(call: Raw) -> None:
    said(call, 1)
    call.emulator.number_updates_from(7)
    said(call, 1)
    assert numbers(call("getUpdates")) == [100, 7]


def test_being_idle_means_that_all_is_confirmed(call: Raw) -> None:
    said(call, 1)
    call("getUpdates")
    with pytest.raises(TimeoutError):
        call.emulator.wait_until_idle(0.1)
    call("getUpdates", offset=101)
    call.emulator.wait_until_idle(0.1)


@pytest.mark.parametrize(("hours", "left"), [(23.9, [100]), (24.1, [])])
def test_an_update_is_kept_for_a_day(call: Raw, hours: float, left: list[int]) -> None:
    said(call, 1)
    call.emulator.pass_time(hours * 3600)
    assert numbers(call("getUpdates")) == left
