"""/daily why: each end of a post by its word, with what happened and what to press."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

import pytest
from desk_cases import NOW, asked, buttons, row, said, snapshot, subscription

from bot.answer import Answerer
from bot.desk.daily import decide
from bot.desk.values import Subscription
from bot.reply import Reply
from bot.state.posts import Post
from bot.state.states import PostState, SubscriptionState


class Library(Protocol):
    @property
    def answerer(self) -> Answerer: ...


def explain(code: str) -> str:
    return f"Give my role what {code} lacks."


def why(library: Library, *rows: Post, found: Subscription | None = None) -> Reply:
    given = asked(library.answerer.store, "why", explain=explain)
    return decide(given, snapshot(found or subscription(), rows=rows)).reply


def day(library: Library, **how: Any) -> str:  # noqa: ANN401 - fields of a row
    """Return the line of today's post that ended so."""
    lines: list[str] = said(why(library, row(**how))).splitlines()
    return lines[-1]


LATE = datetime(2026, 8, 21, 7, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("how", "begins", "holds"),
    [
        ({}, "Today: sent, at 09:00 CEST.", ""),
        (
            {"is_late": True, "ended_at": LATE},
            "Today: late, at 09:25 CEST instead of 09:00 CEST.",
            "",
        ),
        (
            {"state": PostState.MISSED, "reason": "late"},
            "Today: missed: it was due at 09:00 CEST",
            "/daily set late:24h",
        ),
        (
            {"state": PostState.REJECTED, "code": "50013"},
            "Today: rejected: Give my role what 50013 lacks. (50013)",
            "",
        ),
        ({"state": PostState.REJECTED, "reason": "render"}, "Today: rejected:", "the log"),
        (
            {"state": PostState.UNKNOWN, "code": "crash"},
            "Today: unknown: I was ended while it was under way",
            "/daily again 17",
        ),
        (
            {"state": PostState.UNKNOWN},
            "Today: unknown: the platform's answer was lost",
            "/daily again 17",
        ),
        ({"state": PostState.UNKNOWN, "reason": "restored", "payload": None}, "", "backup"),
        ({"state": PostState.CANCELLED, "reason": "empty"}, "Today: cancelled:", "empty:month"),
        ({"state": PostState.CANCELLED, "reason": "paused"}, "Today: cancelled:", "/daily resume"),
        ({"state": PostState.CANCELLED, "reason": "stopped"}, "Today: cancelled:", "stopped"),
        ({"state": PostState.CANCELLED, "reason": "changed"}, "Today: cancelled:", "time was"),
        ({"state": PostState.CANCELLED, "reason": "gone"}, "Today: cancelled:", "removed"),
        ({"state": PostState.CANCELLED, "reason": None}, "Today: cancelled:", "not wanted"),
        ({"state": PostState.MISSED, "reason": "superseded"}, "Today: missed:", "next day's"),
        ({"state": PostState.DUE, "attempts": 3}, "Today: due since 09:00 CEST", "3 attempts"),
        ({"state": PostState.SENDING}, "Today: sending since 09:00 CEST", "not sent yet"),
    ],
)
def test_a_day_is_told_by_its_word_with_what_to_do(
    polar: Library, how: dict[str, Any], begins: str, holds: str
) -> None:
    line = day(polar, **how)
    assert line.startswith(begins)
    assert holds in line


def test_a_post_of_unknown_end_has_a_button(polar: Library) -> None:
    assert "/daily again 17" in buttons(why(polar, row(state=PostState.UNKNOWN)))


def test_one_that_was_sent_again_has_none_and_tells_how_that_ended(polar: Library) -> None:
    again = row(id=18, part=100, again_of=17)
    reply = why(polar, row(state=PostState.UNKNOWN), again)
    assert not [button for button in buttons(reply) if "again" in button]
    assert "Sent again by an admin: sent, at 09:00 CEST." in said(reply)


def test_days_are_told_newest_first(polar: Library) -> None:
    rows = [row(date(2026, 8, day), id=day) for day in (19, 21, 20)]
    labels = [item.label for item in why(polar, *rows).items]
    assert labels == ["Today:", "Yesterday:", "19 August:"]


def test_of_several_messages_the_worst_is_told(polar: Library) -> None:
    parts = [row(id=1, part=0), row(id=2, part=1, state=PostState.REJECTED, code="50013")]
    line = said(why(polar, *parts)).splitlines()[-1]
    assert line.startswith("Today: rejected:")
    assert "part 2 of 2" in line


def test_a_post_that_is_held_up_says_why_and_what_to_press(polar: Library) -> None:
    found = subscription(state=SubscriptionState.BROKEN, code="50001")
    reply = why(polar, found=found)
    assert "Give my role what 50001 lacks." in said(reply)
    assert buttons(reply) == ["/daily resume"]


def test_what_is_pressed_of_another_place_names_it(polar: Library) -> None:
    found = subscription(state=SubscriptionState.BROKEN, code="50001")
    given = asked(polar.answerer.store, "why", {"place": "@history"}, is_elsewhere=True)
    assert buttons(decide(given, snapshot(found)).reply) == ["/daily resume @history"]


@pytest.mark.parametrize("state", ["paused", "stopped"])
def test_a_post_that_an_admin_ended_says_so(polar: Library, state: str) -> None:
    reply = why(polar, found=subscription(state=SubscriptionState(state)))
    assert f"it is {state}" in said(reply)
    assert buttons(reply) == ["/daily resume"]


def test_a_place_with_no_post_is_told_so(polar: Library) -> None:
    reply = decide(asked(polar.answerer.store, "why"), snapshot()).reply
    assert "has no daily post" in said(reply)


def test_no_row_is_no_fault(polar: Library) -> None:
    assert "No post was due in the last 10 days." in said(why(polar))


def test_the_next_post_is_told(polar: Library) -> None:
    found = replace(subscription(), counts_from=NOW - timedelta(days=9))
    assert "The next post comes tomorrow, 09:00 CEST." in said(why(polar, found=found))
