"""The desk's door to the state database: what is read for a decision, and a decision's changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.daily.choices import stored_choices
from bot.daily.delivery import Target
from bot.daily.schedule import LISTED_DATES, Schedule, wake_at
from bot.daily.zones import zone_named
from bot.desk.changes import (
    Change,
    Choose,
    DropDates,
    Erase,
    KeepDates,
    SendAgain,
    Settle,
    Subscribe,
    Switch,
)
from bot.desk.context import scope_of
from bot.desk.values import Plan, Settings, Snapshot, Subscription
from bot.desk.why import CHANGED, DAYS
from bot.state import subscriptions
from bot.state.choices import Chosen, find_choices, keep_choices
from bot.state.erasing import erase_chat, erase_person, erase_server
from bot.state.own_dates import keep_own_dates, own_dates_of, remove_own_date
from bot.state.places import (
    Place,
    find_place,
    keep_place,
    place_of_id,
    places_of_chat,
    places_of_server,
    wake_chat,
    wake_server,
)
from bot.state.posts import (
    Occasion,
    add_ended,
    cancel_due,
    last_days,
    nonce_of,
    post_of_id,
    send_again,
    settled_dates,
)
from bot.state.states import DateOrder, Empty, Platform, PostState, SubscriptionState, Tone
from bot.state.tables import own_date, place, subscription
from bot.state.told import told_in

_MICROSECOND = timedelta(microseconds=1)
"""The least by which instants differ in the database."""

OWN_LATE = "late"
"""The reason of a row that was missed, as the ledger writes it."""


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the subscription since it was read."""


# -- read -----------------------------------------------------------------------------------------


async def snapshot(
    connection: AsyncConnection, target: Target, now: datetime, *, whole: bool = False
) -> Snapshot:
    """Return what is stored of a place; with `whole` also what an export of it holds."""
    platform = Platform(target.platform)
    found = await find_place(connection, platform, target.chat, target.topic)
    scope = scope_of(target)
    chosen = await find_choices(connection, platform, scope)
    own = await own_dates_of(connection, platform, scope)
    settings = Settings(chosen.zone, chosen.language, chosen.date_order, chosen.tone)
    places = await _count(connection, target)
    shared: dict[str, Any] = {"settings": settings, "own_dates": own, "places": places}
    if found is None:
        return Snapshot(target, **shared)
    kept = await subscriptions.find_subscription(connection, found.id)
    today = now.astimezone(UTC).date()
    since = today - timedelta(days=LISTED_DATES + 1)
    settled = (await settled_dates(connection, [found.id], since))[found.id]
    return Snapshot(
        target,
        _subscription(kept, settled) if kept else None,
        told=await told_in(connection, found.id),
        rows=await last_days(connection, found.id, today - timedelta(days=DAYS)),
        version=kept.changed_at if kept else None,
        **shared,
    )


async def _count(connection: AsyncConnection, target: Target) -> int:
    platform = Platform(target.platform)
    if target.server is not None:
        return await subscriptions.count_in_server(connection, platform, target.server)
    return await subscriptions.count_in_chat(connection, platform, target.chat)


def _subscription(kept: subscriptions.Subscription, settled: Iterable[date]) -> Subscription:
    options = {
        "kinds": ",".join(kept.kinds),
        "about": kept.about,
        "tone": kept.tone.value,
        "empty": kept.empty.value,
    }
    plan = Plan(
        kept.wall_time,
        kept.zone,
        kept.late,
        stored_choices(options),
        kept.ping_role,
        kept.forum_title or "",
        kept.forum_tags,
    )
    return Subscription(
        plan, kept.state, kept.counts_from, frozenset(settled), kept.broken_code or ""
    )


# -- exported -------------------------------------------------------------------------------------


async def stored_of_place(connection: AsyncConnection, target: Target) -> dict[str, Any]:
    """Return all that is stored of a place's server, or of its chat with its topics, as JSON."""
    platform, scope = Platform(target.platform), scope_of(target)
    if target.server is not None:
        places = await places_of_server(connection, platform, target.server)
    else:
        places = await places_of_chat(connection, platform, target.chat)
    chosen = await find_choices(connection, platform, scope)
    settings = {key: value for key, value in asdict(chosen).items() if value is not None}
    settings = {k: v for k, v in settings.items() if k not in ("platform", "scope")}
    dates = await own_dates_of(connection, platform, scope)
    return {
        "places": [_jsonable(asdict(one)) for one in places],
        **await _daily_posts(connection, places),
        "settings": _jsonable(settings),
        "dates": [_jsonable(asdict(one)) for one in dates],
    }


async def stored_of_person(
    connection: AsyncConnection, target: Target, user: int
) -> dict[str, Any]:
    """Return all that is stored of a private chat, and of the person wherever they stand."""
    platform = Platform(target.platform)
    chat = await stored_of_place(connection, target)
    set_up = await subscriptions.subscriptions_set_by(connection, platform, user)
    added = await connection.execute(
        select(own_date).where(own_date.c.platform == platform, own_date.c.added_by == user)
    )
    elsewhere = [one for one, _ in set_up if one.chat != target.chat]
    return {
        **chat,
        "daily_posts_set_up_elsewhere": [_jsonable(asdict(one)) for one in elsewhere],
        "dates_added": [_jsonable(dict(row._mapping)) for row in added],
    }


async def _daily_posts(connection: AsyncConnection, places: Iterable[Place]) -> dict[str, Any]:
    ids = [one.id for one in places]
    found = await subscriptions.subscriptions_of(connection, ids)
    ledger = [
        _jsonable(asdict(row)) for one in ids for row in await last_days(connection, one, date.min)
    ]
    told = [
        {"place_id": one, "fact": key, "date": day.isoformat()}
        for one in ids
        for key, day in sorted((await told_in(connection, one)).items())
    ]
    posts = [_jsonable(asdict(one)) for one in found.values()]
    return {"daily_posts": posts, "rows_of_the_ledger": ledger, "facts_told": told}


def _jsonable(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value with times as ISO text and numbers of platforms as they are."""
    made: dict[str, Any] = json.loads(json.dumps(value, default=_text))
    return made


def _text(value: object) -> str | list[object] | float:
    if isinstance(value, timedelta):
        return value.total_seconds()
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else str(value)


# -- written --------------------------------------------------------------------------------------


async def write(
    connection: AsyncConnection, changes: Iterable[Change], version: datetime | None
) -> bool:
    """Write a decision's changes; return false where the one thing had been done before.

    Raises ChangedMeanwhileError where the subscription is not as it was when it was read.
    """
    done = True
    for change in changes:
        done = await _write(connection, change, version) and done
    return done


async def _write(connection: AsyncConnection, change: Change, version: datetime | None) -> bool:
    match change:
        case Subscribe():
            await _subscribe(connection, change, version)
        case Switch():
            await _switch(connection, change, version)
        case Settle():
            await _settle(connection, change)
        case SendAgain():
            return await _send_again(connection, change)
        case KeepDates(target, dates, by, at):
            platform, scope = Platform(target.platform), scope_of(target)
            await keep_own_dates(connection, platform, scope, dates, added_by=by, now=at)
        case DropDates(target, ids):
            platform, scope = Platform(target.platform), scope_of(target)
            for one in ids:
                await remove_own_date(connection, platform, scope, one)
        case Choose(target, settings, at):
            await _choose(connection, target, settings, at)
        case Erase(target, user):
            await _erase(connection, target, user)
    return True


async def _subscribe(
    connection: AsyncConnection, change: Subscribe, version: datetime | None
) -> None:
    target, plan = change.target, change.plan
    platform = Platform(target.platform)
    kept = await keep_place(
        connection,
        platform,
        target.chat,
        target.topic,
        kind=target.kind or "text",
        server=target.server,
    )
    if kept.asleep_since is not None:  # the bot is there, since it was asked there
        await _wake(connection, target, change.at)
    before = await _unchanged(connection, kept.id, version)
    settled = await _settled(connection, kept.id, change.at)
    schedule = Schedule(plan.wall_time, zone_named(plan.zone), plan.late)
    await subscriptions.keep_subscription(
        connection,
        subscriptions.Subscription(
            place_id=kept.id,
            wall_time=plan.wall_time,
            zone=plan.zone,
            late=plan.late,
            kinds=plan.choices.kinds,
            about=plan.choices.about,
            tone=Tone(plan.choices.tone.value),
            empty=Empty(plan.choices.empty.value),
            language=before.language if before else None,
            ping_role=plan.ping,
            forum_title=plan.title or None,
            forum_tags=plan.tags,
            state=SubscriptionState.ON,
            set_by=change.by,
            set_where=change.told_in,
            counts_from=change.counts_from,
            changed_at=_changed_at(before, change.at),
            wake_at=wake_at(schedule, change.counts_from, settled, change.at),
        ),
    )


async def _wake(connection: AsyncConnection, target: Target, now: datetime) -> None:
    platform = Platform(target.platform)
    if target.server is not None:
        await wake_server(connection, platform, target.server, now)
    else:
        await wake_chat(connection, platform, target.chat, now)


async def _unchanged(
    connection: AsyncConnection, place_id: int, version: datetime | None
) -> subscriptions.Subscription | None:
    # others wait here, so that of two at once one finds it changed
    await connection.execute(
        select(subscription.c.changed_at)
        .where(subscription.c.place_id == place_id)
        .with_for_update()
    )
    found = await subscriptions.find_subscription(connection, place_id)
    if (found.changed_at if found else None) != version:
        raise ChangedMeanwhileError
    return found


def _changed_at(before: subscriptions.Subscription | None, at: datetime) -> datetime:
    """Return when a row is changed: later than it was before, whatever the clock does."""
    return at if before is None else max(at, before.changed_at + _MICROSECOND)


async def _settled(connection: AsyncConnection, place_id: int, now: datetime) -> set[date]:
    since = now.date() - timedelta(days=LISTED_DATES + 1)
    return (await settled_dates(connection, [place_id], since))[place_id]


async def _switch(connection: AsyncConnection, change: Switch, version: datetime | None) -> None:
    target, at = change.target, change.at
    found = await find_place(connection, Platform(target.platform), target.chat, target.topic)
    before = await _unchanged(connection, found.id, version) if found else None
    if found is None or before is None:
        raise ChangedMeanwhileError
    changed_at = _changed_at(before, at)
    match change.state:
        case SubscriptionState.PAUSED:
            await subscriptions.pause(connection, found.id, changed_at)
            await cancel_due(connection, [found.id], SubscriptionState.PAUSED, at)
        case SubscriptionState.STOPPED:
            await subscriptions.stop(connection, found.id, changed_at)
            await cancel_due(connection, [found.id], SubscriptionState.STOPPED, at)
        case _:
            if found.asleep_since is not None:
                await _wake(connection, target, at)
            settled = await _settled(connection, found.id, at)
            schedule = Schedule(before.wall_time, zone_named(before.zone), before.late)
            wakes = wake_at(schedule, at, settled, at)
            await subscriptions.resume(connection, found.id, changed_at, wakes)


async def _settle(connection: AsyncConnection, change: Settle) -> None:
    target = change.target
    platform = Platform(target.platform)
    found = await find_place(connection, platform, target.chat, target.topic)
    if found is None:
        raise ChangedMeanwhileError

    def occasion(local_date: date, due_at: datetime) -> Occasion:
        return Occasion(
            place_id=found.id,
            platform=platform,
            local_date=local_date,
            due_at=due_at,
            late_at=due_at + change.late,
        )

    for local_date, due_at in change.missed:
        missed = occasion(local_date, due_at)
        await add_ended(connection, missed, PostState.MISSED, change.at, reason=OWN_LATE)
    if change.due is not None:
        given_up = occasion(*change.due)
        await add_ended(connection, given_up, PostState.CANCELLED, change.at, reason=CHANGED)


async def _send_again(connection: AsyncConnection, change: SendAgain) -> bool:
    """Write another attempt, only at a row of this very place."""
    target = change.target
    platform = Platform(target.platform)
    found = await find_place(connection, platform, target.chat, target.topic)
    row = await post_of_id(connection, change.row)
    if found is None or row is None or row.place_id != found.id:
        return False
    # a number of its own, so that Discord doesn't take it for the lost one
    nonce = nonce_of(platform, -row.id, 0, row.local_date, row.part)
    number = await send_again(connection, row.id, nonce, change.at, change.late)
    return number is not None


async def _choose(
    connection: AsyncConnection, target: Target, settings: Settings, at: datetime
) -> None:
    chosen = Chosen(
        platform=Platform(target.platform),
        scope=scope_of(target),
        language=settings.language,
        zone=settings.zone,
        date_order=DateOrder(settings.date_order) if settings.date_order else None,
        tone=Tone(settings.tone) if settings.tone else None,
    )
    await keep_choices(connection, chosen, at)


async def _erase(connection: AsyncConnection, target: Target, user: int | None) -> None:
    platform = Platform(target.platform)
    if target.server is not None:
        await erase_server(connection, platform, target.server)
    else:
        await erase_chat(connection, platform, target.chat)
    if user is not None:
        await erase_person(connection, platform, user)


# -- kept in memory -------------------------------------------------------------------------------


async def scopes_with_dates(connection: AsyncConnection, platform: Platform) -> set[int]:
    """Return the servers and chats of a platform that have dates of their own."""
    found = await connection.scalars(
        select(own_date.c.scope).where(own_date.c.platform == platform).distinct()
    )
    return set(found)


async def zones_of_posts(
    connection: AsyncConnection, platform: Platform, scope: int | None = None
) -> list[tuple[int, int | None, str]]:
    """Return the chat, the server and the zone of a platform's daily posts, oldest first.

    With a `scope` only of that server or chat; of posts that were stopped none.
    """
    question = (
        select(place.c.chat, place.c.server, subscription.c.zone)
        .select_from(place.join(subscription, subscription.c.place_id == place.c.id))
        .where(
            place.c.platform == platform,
            subscription.c.state != SubscriptionState.STOPPED,
        )
        .order_by(place.c.id)
    )
    if scope is not None:
        question = question.where(or_(place.c.server == scope, place.c.chat == scope))
    rows = await connection.execute(question)
    return [(row.chat, row.server, row.zone) for row in rows]


async def place_of_row(connection: AsyncConnection, row: int, platform: str) -> Target | None:
    """Return the place of a row of the ledger on a platform, none where there is no such row."""
    found = await post_of_id(connection, row)
    kept = await place_of_id(connection, found.place_id) if found else None
    if kept is None or kept.platform != platform:
        return None
    return Target(kept.platform, kept.chat, kept.topic, kept.server, kept.kind)
