"""/daily: what is decided about the daily post of a place. Pure but for reading the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.commands.daily import AGAIN, NAME, PAUSE, PREVIEW, RESUME, SET, SHOW, STOP, WHY
from bot.daily.content import DailyContent, daily_reply
from bot.daily.schedule import DEFAULT_LATE, what_is_due
from bot.desk.asked import Asked
from bot.desk.changes import Change, Decision, SendAgain, Settle, Subscribe, Switch
from bot.desk.typed_plan import read_plan
from bot.desk.values import Plan, Snapshot, Subscription
from bot.desk.why import may_be_sent_again, why
from bot.desk.words import kind_of, next_in_words, plan_in_words, reply
from bot.errors import UserError
from bot.reply import Note, Part, Reply
from bot.state.states import SubscriptionState

TITLE = "Daily post"

MOST_PLACES = 50
"""Places of one server, or topics of one chat, that may have a daily post."""

SET_BUTTON = "/daily set 09:00"
SHOW_BUTTON, PREVIEW_BUTTON, WHY_BUTTON = "/daily", "/daily preview", "/daily why"
PAUSE_BUTTON, RESUME_BUTTON, STOP_BUTTON = "/daily pause", "/daily resume", "/daily stop"

_STATE_WORDS = {
    SubscriptionState.ON: "",
    SubscriptionState.PAUSED: "It is paused: no post comes until /daily resume.",
    SubscriptionState.STOPPED: "It is stopped: no post comes. /daily resume brings it back.",
    SubscriptionState.BROKEN: (
        "It is held up, for the platform refused the last post; /daily why says what to do."
    ),
}


def decide(asked: Asked, snapshot: Snapshot) -> Decision:
    """Return what is done and said; raises UserError for what is wrong in what was asked."""
    return _ACTIONS[asked.action or SHOW](asked, snapshot)


def _buttons(asked: Asked, *buttons: str) -> tuple[str, ...]:
    """Return buttons that do the same for the place that was asked about."""
    place = asked.options.get("place", "") if asked.is_elsewhere else ""
    return tuple(f"{button} {place}".strip() for button in buttons)


# -- set ------------------------------------------------------------------------------------------


def _set(asked: Asked, snapshot: Snapshot) -> Decision:
    before = snapshot.subscription
    plan = read_plan(
        asked.options,
        before.plan if before else None,
        snapshot.settings,
        asked.store,
        asked.now,
        asked.scope_in_words,
        asked.forum,
    )
    _check_ping(plan, asked)
    if (before is None or before.state is SubscriptionState.STOPPED) and (
        snapshot.places >= MOST_PLACES
    ):
        raise UserError(
            f"This {asked.scope_in_words} has daily posts in {snapshot.places} places, which is as"
            " many as there may be. /daily stop in one of them makes room."
        )
    if asked.missing:
        raise UserError(
            f"I may not post in this {kind_of(asked.target)}, so nothing was set. I need:"
            f" {', '.join(asked.missing)}. Give me that, then set it again."
        )
    at = asked.now.astimezone(UTC)
    if before is not None and before.is_on and _comes_as_before(plan, before.plan):
        counts_from, owed = before.counts_from, []
    else:
        counts_from, owed = at, _settled_before(before, asked)
    subscribe = Subscribe(asked.target, plan, asked.user, asked.told_in, at, counts_from)
    changes: list[Change] = [*owed, subscribe]
    settled = _settled_after(before, changes)
    content = content_today(plan, snapshot, asked)
    parts: list[Part | str] = [
        plan_in_words(plan, asked.target),
        f"The next post comes {next_in_words(plan, at, settled, at)}.",
    ]
    said = reply(
        NAME,
        TITLE,
        *parts,
        *_preview_parts(content, plan),
        buttons=_buttons(asked, PREVIEW_BUTTON, WHY_BUTTON, PAUSE_BUTTON),
    )
    return Decision(said, tuple(changes))


def _comes_as_before(plan: Plan, before: Plan) -> bool:
    """Whether posts come at the same instants: then nothing is settled, and none is given up."""
    return (plan.wall_time, plan.zone) == (before.wall_time, before.zone)


def _check_ping(plan: Plan, asked: Asked) -> None:
    if plan.ping is None:
        return
    if asked.target.platform != "discord" or asked.target.server is None:
        raise UserError("Only a Discord server has roles that a post can notify.")
    if plan.ping == asked.target.server:
        raise UserError(
            "A daily post does not notify everyone. Choose a role that members take themselves."
        )
    if "ping" in asked.options and not asked.may_ping(plan.ping):
        raise UserError(
            "I may not notify that role, so nothing was set. Let anyone mention it, in the role's"
            " settings, or let me mention all roles in this channel; then set it again."
        )


def _settled_before(before: Subscription | None, asked: Asked) -> list[Change]:
    """Return what the old schedule still owes at this instant (schedule.py: since when)."""
    if before is None or not before.is_on:
        return []
    now = asked.now.astimezone(UTC)
    found = what_is_due(before.plan.schedule(), before.counts_from, before.settled, now)
    if found.due is None and not found.missed:
        return []
    return [
        Settle(
            asked.target,
            tuple((one.local_date, one.at) for one in found.missed),
            (found.due.local_date, found.due.at) if found.due else None,
            now,
            before.plan.late,
        )
    ]


def _settled_after(before: Subscription | None, changes: list[Change]) -> frozenset[date]:
    settled = set(before.settled) if before else set()
    for change in changes:
        if isinstance(change, Settle):
            settled |= {day for day, _ in change.missed}
            settled |= {change.due[0]} if change.due else set()
    return frozenset(settled)


# -- show, pause, resume, stop --------------------------------------------------------------------


def _show(asked: Asked, snapshot: Snapshot) -> Decision:
    found = snapshot.subscription
    if found is None:
        return Decision(_none_yet(asked))
    parts = [plan_in_words(found.plan, asked.target)]
    buttons = _buttons(asked, PREVIEW_BUTTON, WHY_BUTTON, PAUSE_BUTTON, STOP_BUTTON)
    if found.is_on:
        parts.append(f"The next post comes {_next(found, asked.now)}.")
    else:
        parts.append(_STATE_WORDS[found.state])
        buttons = _buttons(asked, RESUME_BUTTON, PREVIEW_BUTTON, WHY_BUTTON)
    return Decision(reply(NAME, TITLE, *parts, buttons=buttons))


def _none_yet(asked: Asked) -> Reply:
    place = f" {asked.options['place']}" if asked.is_elsewhere else ""
    example = f"/daily set 09:00 {'Europe/Berlin' if not place else 'Europe/Berlin' + place}"
    return reply(
        NAME,
        TITLE,
        f"This {kind_of(asked.target)} has no daily post. Set one with a time and a zone.",
        buttons=(example,),
    )


def _next(found: Subscription, now: datetime) -> str:
    return next_in_words(found.plan, found.counts_from, found.settled, now)


def _needed(asked: Asked, snapshot: Snapshot) -> Subscription:
    if snapshot.subscription is None:
        raise UserError(
            f"This {kind_of(asked.target)} has no daily post yet.",
            ("/daily set 09:00 Europe/Berlin",) if not asked.is_elsewhere else (),
        )
    return snapshot.subscription


def _pause(asked: Asked, snapshot: Snapshot) -> Decision:
    return _halt(asked, snapshot, SubscriptionState.PAUSED)


def _stop(asked: Asked, snapshot: Snapshot) -> Decision:
    return _halt(asked, snapshot, SubscriptionState.STOPPED)


def _halt(asked: Asked, snapshot: Snapshot, state: SubscriptionState) -> Decision:
    found = _needed(asked, snapshot)
    title, buttons = TITLE, _buttons(asked, RESUME_BUTTON, SHOW_BUTTON)
    if found.state is state:
        return Decision(reply(NAME, title, f"It was {state.value} already.", buttons=buttons))
    said = (
        "Paused. No post comes until /daily resume; nothing of what was set is lost."
        if state is SubscriptionState.PAUSED
        else "Stopped. No post comes any more. What was set is kept for 30 days, and /daily resume"
        " brings it back; then it is erased."
    )
    changes = (*_settled_before(found, asked), Switch(asked.target, state, asked.now))
    return Decision(reply(NAME, title, said, buttons=buttons), changes)


def _resume(asked: Asked, snapshot: Snapshot) -> Decision:
    found = _needed(asked, snapshot)
    title, buttons = TITLE, _buttons(asked, PREVIEW_BUTTON, WHY_BUTTON)
    if found.is_on:
        said = f"Posts come already; the next {_next(found, asked.now)}."
        return Decision(reply(NAME, title, said, buttons=buttons))
    if asked.missing:
        raise UserError(
            f"I may not post in this {kind_of(asked.target)}. I need:"
            f" {', '.join(asked.missing)}. Give me that, then resume."
        )
    at = asked.now.astimezone(UTC)
    comes = next_in_words(found.plan, at, found.settled, at)
    said = f"Posts come again; the next {comes}."
    change = Switch(asked.target, SubscriptionState.ON, at)
    return Decision(reply(NAME, title, said, buttons=buttons), (change,))


# -- preview --------------------------------------------------------------------------------------


def content_today(plan: Plan, snapshot: Snapshot, asked: Asked) -> DailyContent:
    """Return what the post of today says there, whether it was posted already or not."""
    today = asked.now.astimezone(plan.schedule().zone).date()
    # what today's own post has told was not told before it
    told = {key: day for key, day in snapshot.told.items() if day < today}
    return daily_reply(
        asked.store,
        today,
        plan.choices,
        told,
        snapshot.own_dates,
        place=place_text(asked),
    )


def place_text(asked: Asked) -> str:
    """Return what stands for a place where days choose by chance; the ledger's is the same."""
    target = asked.target
    return f"{target.platform}/{target.chat}/{target.topic}"


def _preview(asked: Asked, snapshot: Snapshot) -> Decision:
    plan = _needed(asked, snapshot).plan
    content = content_today(plan, snapshot, asked)
    if content.reply is None:
        return Decision(reply(NAME, TITLE, *_preview_parts(content, plan)))
    at = f"{plan.wall_time:%H:%M}"
    note = Note(f"So reads the post of this day here, at {at} by the clocks of {plan.zone}.")
    return Decision(replace(content.reply, command=NAME, parts=(*content.reply.parts, note)))


def _preview_parts(content: DailyContent, plan: Plan) -> tuple[Part, ...]:
    complaint = (Note(content.complaint),) if content.complaint else ()
    if content.reply is None:
        return (*complaint, Note("Today there would be no post: nothing is to be told."))
    return (*complaint, Note("Today's post says:"), *content.reply.parts)


# -- again ----------------------------------------------------------------------------------------


def _again(asked: Asked, snapshot: Snapshot) -> Decision:
    number = asked.options.get("id", "").strip()
    row = next((one for one in snapshot.rows if str(one.id) == number), None)
    title = TITLE
    done = reply(
        NAME,
        title,
        "That can be sent again no more: it was asked for before, or it is known how it ended.",
        buttons=_buttons(asked, WHY_BUTTON),
    )
    if row is None:
        raise UserError(
            "There is no such post here in the last days; /daily why has the numbers.",
            (WHY_BUTTON,),
        )
    if not may_be_sent_again(row, snapshot.rows):
        return Decision(done)
    late = snapshot.subscription.plan.late if snapshot.subscription else DEFAULT_LATE
    change = SendAgain(asked.target, row.id, asked.now.astimezone(UTC), late)
    said = reply(NAME, title, "It is sent once more now.", buttons=_buttons(asked, WHY_BUTTON))
    return Decision(said, (change,), otherwise=done)


def _why(asked: Asked, snapshot: Snapshot) -> Decision:
    return Decision(why(asked, snapshot, TITLE))


Decide = Callable[[Asked, Snapshot], Decision]
_ACTIONS: Mapping[str, Decide] = {
    SHOW: _show,
    SET: _set,
    PAUSE: _pause,
    RESUME: _resume,
    STOP: _stop,
    PREVIEW: _preview,
    WHY: _why,
    AGAIN: _again,
}
