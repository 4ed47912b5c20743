"""A post that can't be made, or has nothing to say, ends with its reason and holds up no other."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from daily_at_work import at_work, until, until_ended
from daily_places import Wanted
from ledger_cases import CHAT, QUIET, subscribe, telegram, told_notices

from bot.answering import Answering
from bot.state.database import Database
from bot.state.states import PostState

pytestmark = [
    pytest.mark.slow,  # retries and waits take their time
    pytest.mark.usefixtures("looks_often"),
]

pytest_plugins = ("ledger_fixtures",)


@pytest.mark.asyncio
async def test_a_subject_that_left_the_library_is_told_once_and_nothing_is_posted(
    database: Database, library: Answering
) -> None:
    made, about = telegram(), (("about", "A pack that is gone"),)
    await subscribe(database, Wanted("telegram", CHAT, options=about))
    async with at_work(database, library, made):
        (post,) = await until_ended(database)

        async def told() -> bool:
            return bool(made.told)

        await until(told, "told")
        await asyncio.sleep(QUIET)
    assert (post.state, post.reason) == (PostState.CANCELLED, "subject")
    assert made.attempts == []
    assert [words for _, words in made.told if "not in my library any more" in words] == [
        words for _, words in made.told
    ]
    assert len(made.told) == 1


@pytest.mark.asyncio
async def test_d18_a_post_that_can_not_be_made_is_rejected_and_the_others_go(
    database: Database, library: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = telegram()
    usual = made.render

    def render(reply: Any, target: Any, marker: str) -> Any:  # noqa: ANN401
        if target.chat == 1:
            raise ValueError("this one can't be made")
        return usual(reply, target, marker)

    monkeypatch.setattr(made, "render", render)
    await subscribe(database, *(Wanted("telegram", chat) for chat in (1, 2, 3)))
    async with at_work(database, library, made):
        posts = await until_ended(database, 3)
    assert [(post.word, post.reason) for post in posts] == [
        ("rejected", "render"),
        ("sent", None),
        ("sent", None),
    ]
    assert "render" in await told_notices(database)


@pytest.mark.asyncio
async def test_d19_a_day_with_nothing_is_cancelled_as_empty(
    database: Database, library: Answering
) -> None:
    made = telegram()
    await subscribe(
        database,
        Wanted("telegram", CHAT, options=(("kinds", ("eclipse",)), ("empty", "silence"))),
    )
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert [(post.word, post.reason) for post in posts] == [("cancelled", "empty")]
    assert made.attempts == []
