"""What tells today on the console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.cli import session as session_module
from bot.cli.session import Session


class Clock(datetime):
    """A clock that a test sets: what `datetime.now` is, in UTC."""

    moment = datetime(2026, 8, 21, 21, 59, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return cls.moment.astimezone(tz)


def test_a_chat_that_goes_on_past_midnight_in_its_zone_has_a_new_today(
    made: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "datetime", Clock)
    answerer = made(one='[[entity]]\nkind = "person"\nname = "Ida Holm"\n').answerer
    session = Session(answerer, zone=ZoneInfo("Europe/Berlin"))
    assert session.answer("today").title == "21 August"
    monkeypatch.setattr(Clock, "moment", datetime(2026, 8, 21, 22, 1, tzinfo=UTC))
    assert session.answer("today").title == "22 August"


def test_a_fixed_moment_stays(made: Callable[..., Any]) -> None:
    answerer = made(one='[[entity]]\nkind = "person"\nname = "Ida Holm"\n').answerer
    session = Session(answerer, now=datetime(1905, 1, 9, 12, tzinfo=UTC))
    assert session.answer("today").title == "9 January"
