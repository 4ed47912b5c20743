"""What the desk's tests share: somebody who asks, a place, and what is stored of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.daily.delivery import Target
from bot.desk.asked import Asked
from bot.desk.values import Plan, Snapshot, Subscription
from bot.reply import Choices, Item, Note, Reply
from bot.state.posts import Post
from bot.state.states import Platform, PostState, SubscriptionState
from knowledge.store import Store

NOW = datetime(2026, 8, 21, 8, 0, tzinfo=UTC)
"""A Friday; ten o'clock in Berlin, five in the afternoon in Tokyo."""

CHANNEL = Target("discord", 100, 0, 70007, "text")
GROUP = Target("telegram", -500, 0, None, "supergroup")
TOPIC = Target("telegram", -500, 12, None, "supergroup")
PACKS = Path(__file__).resolve().parent / "packs"


def plan(wall_time: str = "09:00", zone: str = "Europe/Berlin", **more: Any) -> Plan:  # noqa: ANN401 - any field
    return Plan(time.fromisoformat(wall_time), zone, **more)


def subscription(chosen: Plan | None = None, **more: Any) -> Subscription:  # noqa: ANN401 - any field
    """Return a post that has counted for two days and has a row for each of its dates."""
    usual: dict[str, Any] = {
        "state": SubscriptionState.ON,
        "counts_from": NOW - timedelta(days=2),
        "settled": frozenset({date(2026, 8, 20), date(2026, 8, 21)}),
    }
    return Subscription(chosen or plan(), **(usual | more))


def asked(
    store: Store,
    action: str,
    options: Mapping[str, str] | None = None,
    **more: Any,  # noqa: ANN401 - any field
) -> Asked:
    usual: dict[str, Any] = {"target": CHANNEL, "user": 1, "now": NOW}
    return Asked(action, options or {}, store=store, **(usual | more))


def snapshot(found: Subscription | None = None, **more: Any) -> Snapshot:  # noqa: ANN401 - any field
    target = more.pop("target", CHANNEL)
    return Snapshot(target, found, **more)


def row(local_date: date = date(2026, 8, 21), **more: Any) -> Post:  # noqa: ANN401 - any field
    """Return a row of the ledger that was sent at nine in Berlin."""
    due = datetime(local_date.year, local_date.month, local_date.day, 7, tzinfo=UTC)
    usual: dict[str, Any] = {
        "id": 17,
        "place_id": 1,
        "platform": Platform.DISCORD,
        "part": 0,
        "state": PostState.SENT,
        "due_at": due,
        "late_at": due + timedelta(hours=6),
        "try_at": None,
        "payload": "{}",
        "nonce": "n",
        "marker": None,
        "owner": None,
        "epoch": 1,
        "lease_until": None,
        "attempts": 1,
        "sending_at": due,
        "ended_at": due,
        "code": None,
        "reason": None,
        "message_id": 5,
        "is_late": False,
        "again_of": None,
    }
    return Post(local_date=local_date, **(usual | more))


def said(reply: Reply) -> str:
    """Return the sentences and facts of an answer, a line each."""
    lines = [
        part.text if isinstance(part, Note) else f"{part.label} {part.full_text}"
        for part in reply.parts
        if isinstance(part, (Note, Item))
    ]
    return "\n".join(lines)


def buttons(reply: Reply) -> list[str]:
    """Return what may be pressed."""
    return [
        choice.ask for part in reply.parts if isinstance(part, Choices) for choice in part.choices
    ]
