"""Answers beside the event loop: kept, but not those of chance; from one library at a time."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot import answering as module
from bot.answering import KEPT_REPLIES, Answering
from bot.command import Request
from bot.reply import Note, Outcome, Reply
from knowledge.dates import Order
from knowledge.library import open_library
from knowledge.store import Store

PACKS = Path(__file__).resolve().parents[1] / "packs"
TODAY = date(2026, 8, 21)


def polar_store() -> Store:
    return open_library([PACKS / "polar-expedition"], None)


def request(text: str) -> Request:
    return Request(today=TODAY, text=text)


@pytest_asyncio.fixture
async def answering() -> AsyncIterator[Answering]:
    """Answer from the invented expedition."""
    found = Answering(polar_store())
    yield found
    found.close()


def counted(answering: Answering, monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Return a list to which every request is added that is computed, not remembered."""
    computed: list[Request] = []
    answer = answering.answerer.answer

    def counting(asked: Request) -> Reply:
        computed.append(asked)
        return answer(asked)

    monkeypatch.setattr(answering.answerer, "answer", counting)
    return computed


@pytest.mark.asyncio
async def test_answers_as_the_answerer_does(answering: Answering) -> None:
    asked = request("who was Halvard Tavelund")
    assert await answering.reply(asked) == answering.answerer.answer(asked)


@pytest.mark.asyncio
async def test_answers_in_a_thread_of_its_own(answering: Answering) -> None:
    names = {await answering.ask(lambda: threading.current_thread().name) for _ in range(3)}
    assert names == {"answering_0"}


@pytest.mark.asyncio
async def test_the_loop_goes_on_while_an_answer_is_computed(answering: Answering) -> None:
    is_free = threading.Event()
    waiting = asyncio.ensure_future(answering.ask(lambda: is_free.wait(10)))
    await asyncio.sleep(0)  # were the loop held, this would take ten seconds and end in false
    is_free.set()
    assert await asyncio.wait_for(waiting, 5)


# -- what is kept ---------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_the_same_question_is_computed_once(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = counted(answering, monkeypatch)
    first = await answering.reply(request("17 March"))
    assert await answering.reply(request("17 March")) is first
    assert len(computed) == 1


OTHERS = [
    replace(request("3-5"), today=date(2026, 8, 22)),
    replace(request("3-5"), order=Order.MONTH_FIRST),
    replace(request("3-5"), language="de"),
    replace(request("3-5"), text="3-6"),
    replace(request(""), command="onthisday", options={"date": "3-5"}),
    replace(request(""), command="onthisday", options={"about": "3-5"}),
]


@pytest.mark.asyncio
@pytest.mark.parametrize("other", OTHERS, ids=["day", "order", "language", "text", "date", "about"])
async def test_another_question_is_computed_anew(
    answering: Answering, monkeypatch: pytest.MonkeyPatch, other: Request
) -> None:
    computed = counted(answering, monkeypatch)
    await answering.reply(request("3-5"))
    await answering.reply(other)
    assert computed == [request("3-5"), other]


@pytest.mark.asyncio
async def test_what_chance_draws_is_drawn_again(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = counted(answering, monkeypatch)
    for _ in range(3):
        await answering.reply(request("/random"))
    assert len(computed) == 3


@pytest.mark.asyncio
async def test_the_answer_asked_for_longest_ago_is_forgotten(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = counted(answering, monkeypatch)
    await answering.reply(request("17 March"))
    await answering.reply(request("nobody 0"))
    for number in range(1, KEPT_REPLIES):
        await answering.reply(request("17 March"))  # asked for again and again
        await answering.reply(request(f"nobody {number}"))
    computed.clear()
    await answering.reply(request("17 March"))
    assert computed == []
    await answering.reply(request("nobody 0"))
    assert computed == [request("nobody 0")]


@pytest.mark.asyncio
async def test_long_answers_fill_no_memory(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_PARTS", 10)
    long = Reply(Outcome.FOUND, "timeline", tuple(Note(str(number)) for number in range(4)))
    monkeypatch.setattr(answering.answerer, "answer", lambda asked: long)
    for number in range(20):
        await answering.reply(request(str(number)))
    # two of four parts are eight, a third would be twelve
    assert len(answering._kept) == 2


@pytest.mark.asyncio
async def test_an_answer_longer_than_all_that_is_kept_is_given(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_PARTS", 2)
    long = Reply(Outcome.FOUND, "timeline", tuple(Note(str(number)) for number in range(4)))
    monkeypatch.setattr(answering.answerer, "answer", lambda asked: long)
    assert [await answering.reply(request("x")) for _ in range(2)] == [long, long]


# -- a bug ----------------------------------------------------------------------------------------


def fails(asked: Request) -> Reply:
    raise ZeroDivisionError("a bug")


@pytest.mark.asyncio
async def test_a_bug_is_said_to_be_one(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering.answerer, "answer", fails)
    reply = await answering.reply(request("17 March"))
    assert reply.outcome is Outcome.INVALID
    assert "broken" in getattr(reply.parts[0], "text", "")


@pytest.mark.asyncio
async def test_a_bug_is_logged_whole_without_the_question(
    answering: Answering, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(answering.answerer, "answer", fails)
    with caplog.at_level(logging.ERROR):
        await answering.reply(request("my secret question"))
    assert "ZeroDivisionError: a bug" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.asyncio
async def test_a_bug_is_not_remembered(
    answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(answering.answerer, "answer", fails)
        await answering.reply(request("17 March"))
    assert (await answering.reply(request("17 March"))).outcome is Outcome.FOUND


# -- another library ------------------------------------------------------------------------------


def is_closed(store: Store) -> bool:
    try:
        store.entities()
    except Exception as error:
        return "closed" in str(error)
    return False


@pytest.mark.asyncio
async def test_a_swap_answers_from_the_new_library(answering: Answering) -> None:
    before = await answering.reply(request("who was Halvard Tavelund"))
    await answering.swap(open_library([], None))
    after = await answering.reply(request("who was Halvard Tavelund"))
    assert (before.outcome, after.outcome) == (Outcome.FOUND, Outcome.NOT_FOUND)


@pytest.mark.asyncio
async def test_a_swap_closes_the_old_library(answering: Answering) -> None:
    old = answering.answerer.store
    await answering.swap(polar_store())
    assert await answering.ask(lambda: is_closed(old))
    assert not await answering.ask(lambda: is_closed(answering.answerer.store))


@pytest.mark.asyncio
@pytest.mark.parametrize("is_asked_first", [True, False], ids=["before the swap", "during it"])
async def test_what_is_under_way_at_a_swap_is_answered_and_not_kept(
    answering: Answering, is_asked_first: bool
) -> None:
    may_go_on = threading.Event()
    held = asyncio.ensure_future(answering.ask(lambda: may_go_on.wait(10)))
    await asyncio.sleep(0)
    asked = answering.reply(request("who was Halvard Tavelund"))
    swap = answering.swap(open_library([], None))
    both = [asked, swap] if is_asked_first else [swap, asked]
    tasks = [asyncio.ensure_future(one) for one in both]
    await asyncio.sleep(0)
    may_go_on.set()
    done = await asyncio.wait_for(asyncio.gather(held, *tasks), 10)
    (reply,) = [one for one in done if isinstance(one, Reply)]
    assert reply.outcome is Outcome.FOUND
    again = await answering.reply(request("who was Halvard Tavelund"))
    assert again.outcome is Outcome.NOT_FOUND


@pytest.mark.asyncio
async def test_a_library_that_cannot_be_used_changes_nothing(answering: Answering) -> None:
    broken: Any = object()
    with pytest.raises(AttributeError):
        await answering.swap(broken)
    assert (await answering.reply(request("17 March"))).outcome is Outcome.FOUND


@pytest.mark.asyncio
async def test_closing_waits_for_the_answer_under_way() -> None:
    answering = Answering(polar_store())
    under_way = asyncio.ensure_future(answering.reply(request("17 March")))
    await asyncio.sleep(0)
    answering.close()
    assert (await under_way).outcome is Outcome.FOUND
    assert is_closed(answering.answerer.store)
