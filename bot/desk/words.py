"""Sentences about times, places and choices that several answers of the desk need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.daily.choices import EmptyChoice
from bot.daily.delivery import Target
from bot.daily.schedule import Due, Schedule, next_due
from bot.desk.values import Plan
from bot.errors import UserError
from bot.reply import Choice, Choices, Heading, Note, Outcome, Part, Reply
from bot.wording import quoted
from knowledge.date_format import format_day
from knowledge.model import MonthDay

_DAY = timedelta(days=1)

_KINDS_OF_PLACE = {
    "public_thread": "thread",
    "private_thread": "thread",
    "news_thread": "thread",
    "forum": "forum",
    "media": "forum",
    "news": "channel",
    "text": "channel",
    "channel": "channel",
    "group": "group",
    "supergroup": "group",
    "private": "chat",
}
_EMPTY_WORDS = {
    EmptyChoice.MONTH: "a fact of the month",
    EmptyChoice.PERSON: "someone to meet",
    EmptyChoice.SILENCE: "no post",
}


def kind_of(target: Target) -> str:
    """Return what a place is called: "channel", "thread", "topic"."""
    return "topic" if target.topic else _KINDS_OF_PLACE.get(target.kind, "place")


def clock_in_words(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant as the clocks of a zone show it: "09:00 CET", "09:00 UTC+3"."""
    local = at.astimezone(zone)
    name = local.tzname() or ""
    if not name.isalpha():
        minutes = round((local.utcoffset() or timedelta(0)) / timedelta(minutes=1))
        hours, rest = divmod(abs(minutes), 60)
        name = f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    return f"{local:%H:%M} {name}"


def day_in_words(day: date, today: date, language: str = "en") -> str:
    """Return "today", "tomorrow", "yesterday", else the day with its month."""
    near = {today: "today", today + _DAY: "tomorrow", today - _DAY: "yesterday"}
    return near.get(day) or format_day(MonthDay(day.month, day.day), language)


def due_in_words(due: Due, schedule: Schedule, now: datetime) -> str:
    """Return when a post comes, by the clocks there: "tomorrow, 09:00 CET"."""
    zone = schedule.zone
    local, today = due.at.astimezone(zone).date(), now.astimezone(zone).date()
    return f"{day_in_words(local, today)}, {clock_in_words(due.at, zone)}"


def next_in_words(plan: Plan, counts_from: datetime, settled: Iterable[date], now: datetime) -> str:
    """Return when the next post of a plan comes; raises UserError where its zone is gone."""
    schedule = plan.schedule()
    after = max(now.astimezone(UTC), counts_from)
    return due_in_words(next_due(schedule, after, frozenset(settled)), schedule, now)


def length_in_words(length: timedelta) -> str:
    """Return a limit of lateness: "6 hours", "90 minutes"."""
    minutes = round(length / timedelta(minutes=1))
    if minutes % 60:
        return f"{minutes} minutes"
    return "1 hour" if minutes == 60 else f"{minutes // 60} hours"


def counted_in_words(number: int, one: str, many: str) -> str:
    """Return "1 date", "3 dates"."""
    return f"{number} {one if number == 1 else many}"


def plan_in_words(plan: Plan, target: Target) -> str:
    """Return what is set, in a sentence or two."""
    said = [
        (
            f"Every day at {plan.wall_time:%H:%M}, by the clocks of {plan.zone}:"
            f" {plan.choices.in_words}."
        ),
        f"On a day without events: {_EMPTY_WORDS[plan.choices.empty]}.",
        f"A post may come up to {length_in_words(plan.late)} late.",
    ]
    if target.platform == "discord":
        said.append("It notifies the role that you chose." if plan.ping else "It notifies nobody.")
    if plan.title:
        said.append(f'The title of its posts begins with "{quoted(plan.title)}".')
    if plan.tags:
        said.append(f"They carry {len(plan.tags)} of the forum's tags.")
    return " ".join(said)


def reply(
    command: str,
    title: str,
    *parts: Part | str,
    buttons: Iterable[str] = (),
    outcome: Outcome = Outcome.FOUND,
) -> Reply:
    """Return an answer of the desk: a heading, sentences, and commands to press next."""
    said: list[Part] = [Heading(title)]
    said += [Note(part) if isinstance(part, str) else part for part in parts]
    choices = tuple(Choice(button) for button in buttons)
    said += [Choices(choices)] if choices else []
    return Reply(outcome, command, tuple(said), title)


def refused(command: str, error: UserError) -> Reply:
    """Return why something was not done, with what to ask instead."""
    parts: list[Part] = [Note(error.message)]
    if error.choices:
        choices = tuple(Choice(text) for text in error.choices)
        parts.append(Choices(choices, lead="Did you mean", joiner=" or ", tail="?"))
    return Reply(error.outcome, command, tuple(parts))
