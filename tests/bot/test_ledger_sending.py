"""The ledger's promises on both stores: each date once, in one state, whatever a platform does.

Names of tests carry the cases of FAULTS.md, section 3.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from daily_at_work import (
    Doing,
    MadeUpPlatform,
    at_work,
    change,
    gives,
    ledger,
    lost_after,
    lost_before,
    raises,
    refuses,
    until,
    until_ended,
    words,
)
from daily_places import MINUTE, Wanted, notices, subscribe_all
from sqlalchemy import update
from state_stores import opened

from bot.answering import Answering
from bot.daily.clock import Clock
from bot.daily.delivery import Fatal, Look, Moved, NotSent, Scope, Sent
from bot.metrics import Metrics
from bot.settings import StateSettings
from bot.state.database import Database
from bot.state.places import find_place
from bot.state.states import Platform, PostState, SubscriptionState
from bot.state.subscriptions import (
    Subscription,
    find_subscription,
    keep_subscription,
    pause,
    stop,
)
from bot.state.tables import post, subscription
from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs

pytestmark = pytest.mark.slow  # retries and waits take their time

pytest_plugins = ("state_fixtures",)

HOUR = timedelta(hours=1)
CHAT = -100
QUIET = 0.5
"""Seconds in which the loops look several times, and nothing more must come."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    answering = Answering(
        open_library(tuple(builtin_packs().values()), tmp_path_factory.mktemp("library"))
    )
    yield answering
    answering.close()


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the loops look every tenth of a second, so that a test needs no more than that."""
    monkeypatch.setattr("bot.daily.sending.START_SECONDS", 0.0)
    for name in ("sending", "falling_due", "telling"):
        monkeypatch.setattr(f"bot.daily.{name}.POLL_SECONDS", 0.1)


@pytest_asyncio.fixture
async def database(store: StateSettings) -> AsyncIterator[Database]:
    async with opened(store) as database:
        yield database


async def subscribe(database: Database, *wanted: Wanted) -> list[int]:
    return await subscribe_all(database, wanted, datetime.now(UTC))


def telegram(**more: Any) -> MadeUpPlatform:  # noqa: ANN401 - fields of it
    return MadeUpPlatform("telegram", **more)


def discord(**more: Any) -> MadeUpPlatform:  # noqa: ANN401 - fields of it
    return MadeUpPlatform("discord", nonces=True, **more)


async def told_notices(database: Database) -> list[str]:
    return [kind for kind, _, _ in await database.look(notices)]


# -- one date, one post ---------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_what_is_due_is_sent_once(database: Database, library: Answering) -> None:
    made = telegram()
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == len(made.attempts) == 1


@pytest.mark.asyncio
async def test_d06_what_was_sent_is_not_sent_again_by_the_next_process(
    database: Database, library: Answering
) -> None:
    made = telegram()
    await subscribe(database, Wanted("telegram", CHAT))
    for _ in range(2):
        async with at_work(database, library, made):
            await until_ended(database)
            await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


@pytest.mark.slow
@pytest.mark.asyncio
async def test_d11_a_retry_sends_the_very_same_bytes(
    database: Database, library: Answering
) -> None:
    made = discord()
    made.script(CHAT, lost_before, gives(NotSent("rate limit", 0.1)), lost_after)
    await subscribe(database, Wanted("discord", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
    assert len(made.attempts) >= 3
    assert len({(one.body, one.nonce) for one in made.attempts}) == 1
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_d12_places_due_in_one_minute_have_nonces_of_their_own(
    database: Database, library: Answering
) -> None:
    made = discord()
    await subscribe(database, *(Wanted("discord", chat) for chat in (1, 2, 3)))
    async with at_work(database, library, made):
        await until_ended(database, 3)
    assert len({one.nonce for one in made.attempts}) == 3


@pytest.mark.asyncio
async def test_d15_parts_keep_their_order_and_the_first_is_not_repeated(
    database: Database, library: Answering
) -> None:
    made = telegram(parts=3)

    async def first(platform: MadeUpPlatform, target: Any, _: Any, nonce: str) -> Any:  # noqa: ANN401
        return Sent(platform.post(target, nonce))

    made.script(CHAT, first, gives(NotSent("rate limit", 0.2)), gives(NotSent("rate limit", 0.2)))
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database, 3)) == ["sent"] * 3
    parts = [one.body.partition('"part": ')[2][0] for one in made.attempts]
    assert parts == ["0", "1", "1", "1", "2"]


@pytest.mark.asyncio
async def test_parts_behind_one_of_unknown_end_are_cancelled(
    database: Database, library: Answering
) -> None:
    made = telegram(parts=2)
    made.script(CHAT, lost_after)
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        posts = await until_ended(database, 2)
    assert words(posts) == ["unknown", "cancelled"]
    assert posts[1].reason == "part_before"


# -- what nobody knows ----------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(("doing", "there"), [(lost_after, 1), (lost_before, 0)])
async def test_e04_telegrams_lost_answer_is_unknown_and_never_sent_again(
    database: Database,
    library: Answering,
    doing: Doing,
    there: int,
) -> None:
    made = telegram()
    made.script(CHAT, doing)
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["unknown"]
        await asyncio.sleep(QUIET)
    assert (made.there(CHAT), len(made.attempts)) == (there, 1)


@pytest.mark.asyncio
@pytest.mark.parametrize("doing", [lost_after, lost_before])
async def test_g20_discords_lost_answer_is_asked_for_again_by_its_nonce(
    database: Database,
    library: Answering,
    doing: Doing,
) -> None:
    made = discord()
    made.script(CHAT, doing, doing)
    await subscribe(database, Wanted("discord", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
    assert made.there(CHAT) == 1


async def leave_sending(database: Database, ago: timedelta, made: MadeUpPlatform) -> None:
    """Leave the one row as a process leaves it that ends while it sends, so long ago."""

    async def work(connection: Any, now: datetime) -> None:  # noqa: ANN401
        await connection.execute(
            update(post).values(
                state=PostState.SENDING,
                owner="gone",
                lease_until=now - timedelta(seconds=1),
                sending_at=now - ago,
                ended_at=None,
                message_id=None,
                try_at=None,
            )
        )

    await change(database, work)


async def sent_by_a_process_that_is_gone(
    database: Database, library: Answering, made: MadeUpPlatform, ago: timedelta
) -> None:
    """Let a post be sent whose `sent` was never committed."""
    await subscribe(database, Wanted(made.platform, CHAT))
    async with at_work(database, library, made):
        await until_ended(database)
    await leave_sending(database, ago, made)
    made.attempts.clear()


@pytest.mark.asyncio
@pytest.mark.parametrize("ago", [timedelta(seconds=61), 5 * MINUTE, HOUR])
async def test_d08_after_the_nonces_time_the_history_is_looked_through(
    database: Database, library: Answering, ago: timedelta
) -> None:
    made = discord()
    await sent_by_a_process_that_is_gone(database, library, made, ago)
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert words(posts) == ["sent"]
    assert posts[0].message_id == 1
    assert made.attempts == []


@pytest.mark.asyncio
async def test_d08_what_the_history_does_not_hold_is_sent_then(
    database: Database, library: Answering
) -> None:
    made = discord()
    await sent_by_a_process_that_is_gone(database, library, made, 5 * MINUTE)
    made.messages.clear()
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_d09_without_the_history_nobody_knows(database: Database, library: Answering) -> None:
    made = discord()
    await sent_by_a_process_that_is_gone(database, library, made, 5 * MINUTE)
    made.looks = Look.UNREADABLE
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert words(posts) == ["unknown"]
    assert "history can't be read" in (posts[0].code or "")
    assert made.attempts == []


@pytest.mark.asyncio
async def test_d03_within_the_nonces_time_the_same_is_sent_again(
    database: Database, library: Answering
) -> None:
    made = discord()
    await sent_by_a_process_that_is_gone(database, library, made, timedelta(seconds=2))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
    assert (made.there(CHAT), len(made.attempts)) == (1, 1)


@pytest.mark.asyncio
async def test_d10_what_a_moderator_deleted_is_sent_and_stays_gone(
    database: Database, library: Answering
) -> None:
    made = discord()
    made.script(CHAT, lost_after, gives(Sent(None, is_deleted=True)))
    await subscribe(database, Wanted("discord", CHAT))
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert [(post.word, post.reason) for post in posts] == [("sent", "deleted")]
    assert len(made.attempts) == 2


@pytest.mark.asyncio
async def test_d31_an_unknown_end_is_told_once_within_a_minute(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, lost_after)
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        (post,) = await until_ended(database)

        async def told() -> bool:
            return bool(made.told)

        await until(told, "told")
        await asyncio.sleep(QUIET)
    assert len(made.told) == 1
    assert f"daily again {post.id}" in made.told[0][1]


@pytest.mark.asyncio
async def test_d31_the_ends_of_posts_are_counted(database: Database, library: Answering) -> None:
    made, metrics = telegram(), Metrics()
    made.script(CHAT, lost_after)
    await subscribe(database, Wanted("telegram", CHAT), Wanted("telegram", CHAT + 1))
    async with at_work(database, library, made, metrics=metrics):
        await until_ended(database, 2)
    told = metrics.text().decode()
    assert 'daybook_posts_total{end="unknown",platform="telegram"} 1.0' in told
    assert 'daybook_posts_total{end="sent",platform="telegram"} 1.0' in told


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
async def test_d30_sent_again_by_two_admins_at_once_is_one_attempt(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, lost_before)
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made) as daily:
        (post,) = await until_ended(database)
        pressed = await asyncio.gather(*(daily.send_again(post.id) for _ in range(4)))
        posts = await until_ended(database, 2)
        assert not await daily.send_again(post.id)
        assert not await daily.send_again(posts[1].id)  # that one is known to be there
    assert sorted(pressed) == [False, False, False, True]
    assert words(posts) == ["unknown", "sent"]
    assert (len(made.attempts), made.there(CHAT)) == (2, 1)


# -- refusals -------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_d22_a_refusal_stops_the_subscription_and_is_told_once(
    database: Database, library: Answering
) -> None:
    made = telegram(parts=2)
    made.script(CHAT, refuses("50013"))
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        posts = await until_ended(database, 2)

        async def told() -> bool:
            return bool(made.told)

        await until(told, "told")
        await asyncio.sleep(QUIET)
    assert words(posts) == ["rejected", "cancelled"]
    assert posts[0].code == "50013"
    assert [("It says 50013." in words) for _, words in made.told] == [True]
    found = await database.look(lambda connection: find_subscription(connection, place))
    assert found is not None
    assert (found.state, found.broken_code) == ("broken", "50013")
    assert None not in (found.probe_at, found.broken_told_at)


@pytest.mark.asyncio
@pytest.mark.parametrize(("missing", "state"), [([], "on"), (["Send Messages"], "broken")])
async def test_g24_permissions_that_return_are_noticed_by_a_look(
    database: Database, library: Answering, missing: list[str], state: str
) -> None:
    made = telegram()
    made.script(CHAT, refuses("50013"))
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made) as daily:
        await until_ended(database)
        made.missing_there[CHAT] = missing
        daily.places.look_again("telegram", chat=CHAT)
        await asyncio.sleep(1.0)
    found = await database.look(lambda connection: find_subscription(connection, place))
    assert found is not None
    assert found.state == state
    assert len(made.attempts) == 1


@pytest.mark.asyncio
async def test_g23_a_refused_token_stops_the_platform_and_not_the_other(
    database: Database, library: Answering
) -> None:
    broken, well = telegram(), discord()
    broken.script(1, gives(Fatal("the token is refused")))
    await subscribe(database, Wanted("telegram", 1), Wanted("telegram", 2), Wanted("discord", 3))
    async with at_work(database, library, broken, well) as daily:

        async def stopped() -> bool:
            return await daily.check_tokens() is not None and well.there(3) == 1

        await until(stopped, "stopped")
        await asyncio.sleep(QUIET)
        tried = len(broken.attempts)
        await asyncio.sleep(QUIET)
    states = [post.state for post in await ledger(database) if post.platform == "telegram"]
    assert PostState.DUE in states
    assert len(broken.attempts) == tried <= 2


@pytest.mark.asyncio
async def test_e10_a_moved_group_gets_its_post_under_the_new_number(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, gives(Moved(-200)))
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made) as daily:
        assert words(await until_ended(database)) == ["sent"]
        daily.places.moved("telegram", CHAT, -200)
        await daily.places.written()
    found = await database.look(lambda connection: find_place(connection, Platform.TELEGRAM, CHAT))
    assert found is not None
    assert (found.id, found.chat) == (place, -200)
    assert (made.there(CHAT), made.there(-200)) == (0, 1)


# -- not now --------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_d29_a_channel_that_must_wait_an_hour_holds_up_no_other(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, gives(NotSent("rate limit", 3600.0)))
    others = [Wanted("telegram", chat) for chat in range(1, 41)]
    await subscribe(database, Wanted("telegram", CHAT), *others)
    async with at_work(database, library, made):

        async def all_others() -> bool:
            return sum(made.there(one.chat) for one in others) == 40

        await until(all_others, "sent to the others")
    left = [post for post in await ledger(database) if post.state is not PostState.SENT]
    assert [post.state for post in left] == [PostState.DUE]
    assert left[0].try_at is not None
    assert left[0].try_at > datetime.now(UTC) + 50 * MINUTE


@pytest.mark.asyncio
async def test_e02_a_wait_beyond_the_lateness_limit_is_missed_at_once(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, gives(NotSent("rate limit", 3600.0)))
    await subscribe(database, Wanted("telegram", CHAT, late=10 * MINUTE))
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert words(posts) == ["missed"]


@pytest.mark.asyncio
async def test_e03_no_connection_is_tried_again_and_pauses_the_platform(
    database: Database, library: Answering
) -> None:
    made = telegram()
    down = gives(NotSent("no connection", scope=Scope.PLATFORM))
    made.script(CHAT, down, down)
    await subscribe(database, Wanted("telegram", CHAT), Wanted("telegram", 5))
    async with at_work(database, library, made):
        assert words(await until_ended(database, 2)) == ["sent", "sent"]
    assert made.there(CHAT) == made.there(5) == 1


@pytest.mark.asyncio
async def test_d27_a_row_that_always_fails_starves_no_other_and_ends(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(1, *[raises] * 50)
    await subscribe(database, *(Wanted("telegram", chat) for chat in range(1, 8)))
    async with at_work(database, library, made):
        posts = await until_ended(database, 7)
    assert sorted(words(posts)) == ["sent"] * 6 + ["unknown"]
    assert sum(one.chat == 1 for one in made.attempts) == 1


@pytest.mark.asyncio
async def test_d27_attempts_that_are_proven_unsent_are_bounded(
    database: Database, library: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.daily.sending.MOST_ATTEMPTS", 3)
    made = telegram()
    made.script(1, *[gives(NotSent("odd", 0.05))] * 50)
    await subscribe(database, Wanted("telegram", 1))
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert [(post.word, post.reason) for post in posts] == [("rejected", "attempts")]
    assert len(made.attempts) == 3


@pytest.mark.asyncio
async def test_d28_an_attempt_is_made_once_for_each_time_it_is_sending(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, gives(NotSent("rate limit", 0.1)), gives(NotSent("rate limit", 0.1)))
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        (post,) = await until_ended(database)
    assert len(made.attempts) == post.attempts == post.epoch == 3


# -- what changes between due and send ------------------------------------------------------------


async def held_up(database: Database, library: Answering, made: MadeUpPlatform) -> None:
    """Leave a row that is due and not sent: the platform must wait a little."""
    made.script(CHAT, gives(NotSent("rate limit", 1.5)))
    async with at_work(database, library, made):

        async def tried() -> bool:
            return bool(made.attempts)

        await until(tried, "tried")
        await asyncio.sleep(0.2)


@pytest.mark.asyncio
@pytest.mark.parametrize("halt", [pause, stop])
async def test_d20_what_was_paused_or_stopped_meanwhile_is_cancelled(
    database: Database,
    library: Answering,
    halt: Any,  # noqa: ANN401
) -> None:
    made = telegram()
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    await held_up(database, library, made)
    await change(database, lambda connection, now: halt(connection, place, now))
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert words(posts) == ["cancelled"]
    assert made.there(CHAT) == 0


async def edited(database: Database, place: int, shift: timedelta, **more: Any) -> None:  # noqa: ANN401
    """Set a subscription again, with another time."""

    async def work(connection: Any, now: datetime) -> None:  # noqa: ANN401
        found = await find_subscription(connection, place)
        assert found is not None
        at = now + shift
        changed: Subscription = replace(
            found,
            wall_time=at.time().replace(second=0, microsecond=0, tzinfo=None),
            counts_from=now,
            changed_at=now,
            wake_at=now,
            state=SubscriptionState.ON,
            **more,
        )
        await keep_subscription(connection, changed)

    await change(database, work)


@pytest.mark.asyncio
@pytest.mark.parametrize("minutes", [-30, -1, 1, 30])
async def test_d21_t08_a_time_moved_around_now_makes_no_second_post(
    database: Database, library: Answering, minutes: int
) -> None:
    made = telegram()
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        await until_ended(database)
        await edited(database, place, minutes * MINUTE)
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_t07_another_zone_after_the_post_makes_no_second_one(
    database: Database, library: Answering
) -> None:
    made = telegram()
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        await until_ended(database)
        zone = "Pacific/Honolulu"
        local = datetime.now(UTC).astimezone(ZoneInfo(zone))
        shift = local.replace(tzinfo=UTC) - datetime.now(UTC)
        await edited(database, place, shift, zone=zone)
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_stop_and_set_on_one_day_make_one_post(
    database: Database, library: Answering
) -> None:
    made = telegram()
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        await until_ended(database)
        await change(database, lambda connection, now: stop(connection, place, now))
        await subscribe(database, Wanted("telegram", CHAT))
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


# -- removed and back -----------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_g28_g29_a_server_that_removed_the_bot_sleeps_and_wakes_with_its_settings(
    database: Database, library: Answering
) -> None:
    made = discord()
    wanted = Wanted("discord", 7, server=70, ago=timedelta(0))
    (place,) = await subscribe(database, wanted)
    async with at_work(database, library, made) as daily:
        await until_ended(database)
        daily.places.removed("discord", server=70)
        await daily.places.written()
        asleep = await database.look(lambda connection: find_place(connection, Platform.DISCORD, 7))
        assert asleep is not None
        assert asleep.erase_at is not None
        daily.places.returned("discord", server=70)
        await daily.places.written()

        async def wakes() -> bool:
            found = await database.look(lambda connection: find_subscription(connection, place))
            return bool(found and found.wake_at and found.wake_at > datetime.now(UTC) + HOUR)

        await until(wakes, "awake, for tomorrow")
    assert made.there(7) == 1


@pytest.mark.asyncio
async def test_a_place_that_removed_the_bot_gets_nothing_that_waited(
    database: Database, library: Answering
) -> None:
    made = telegram()
    await subscribe(database, Wanted("telegram", CHAT))
    await held_up(database, library, made)
    async with at_work(database, library, made) as daily:
        daily.places.removed("telegram", chat=CHAT)
        posts = await until_ended(database)
    assert [(post.word, post.reason) for post in posts] == [("cancelled", "gone")]


# -- content --------------------------------------------------------------------------------------


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


# -- lateness -------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("down", "word"), [(5 * MINUTE, "sent"), (5 * HOUR, "late")], ids=["5 min", "5 h"]
)
async def test_d23_after_minutes_or_hours_down_one_late_post_comes(
    database: Database, library: Answering, down: timedelta, word: str
) -> None:
    made = telegram()
    await subscribe(database, Wanted("telegram", CHAT, ago=down))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == [word]
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_d23_t14_after_three_days_the_missed_ones_are_reported_and_one_is_posted(
    database: Database, library: Answering
) -> None:
    made = telegram()
    three_days = timedelta(days=2, hours=2)
    await subscribe(database, Wanted("telegram", CHAT, ago=HOUR, counts_from_ago=three_days))
    async with at_work(database, library, made):
        posts = await until_ended(database, 3)

        async def told() -> bool:
            return bool(made.told)

        await until(told, "told")
    assert words(posts) == ["missed", "missed", "late"]
    assert made.there(CHAT) == len(made.told) == 1
    assert "2 daily posts were not made" in made.told[0][1]


@pytest.mark.asyncio
async def test_what_waits_of_yesterday_is_given_up_for_todays(
    database: Database, library: Answering
) -> None:
    made = telegram()
    wanted = Wanted("telegram", CHAT, late=timedelta(hours=24))
    await subscribe(database, wanted)
    made.script(CHAT, gives(NotSent("rate limit", 2.0)))
    async with at_work(database, library, made):

        async def tried() -> bool:
            return bool(made.attempts)

        await until(tried, "tried")

        async def yesterday(connection: Any, now: datetime) -> None:  # noqa: ANN401
            await connection.execute(
                update(post).values(local_date=now.date() - timedelta(days=1), nonce="yesterday")
            )
            await connection.execute(update(subscription).values(wake_at=now))

        await change(database, yesterday)
        posts = await until_ended(database, 2)
    assert sorted((post.word, post.reason) for post in posts) == [
        ("missed", "superseded"),
        ("sent", None),
    ]
    assert made.there(CHAT) == 1


# -- clocks ---------------------------------------------------------------------------------------


class SetClock(Clock):
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.shift = timedelta(0)
        super().__init__(lambda: datetime.now(UTC) + self.shift)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "steps",
    [
        (HOUR, timedelta(0)),
        (-HOUR, timedelta(0)),
        (timedelta(seconds=-30), timedelta(0)),
        (HOUR, -HOUR, HOUR),
    ],
    ids=["an hour on and back", "an hour back and on", "T13: 30 s back", "to and fro"],
)
async def test_d32_t13_a_clock_that_is_set_makes_no_second_post(
    database: Database, library: Answering, steps: tuple[timedelta, ...]
) -> None:
    made, clock = telegram(), SetClock()
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made, clock=clock):
        await until_ended(database)
        for step in steps:
            clock.shift = step
            await asyncio.sleep(QUIET)
    dates = [post.local_date for post in await ledger(database)]
    assert len(set(dates)) == len(dates)
    assert made.there(CHAT) == len(dates)


# -- an end in order ------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_d24_a_stop_under_load_leaves_nothing_unknown(
    database: Database, library: Answering
) -> None:
    made = telegram()

    async def slowly(platform: MadeUpPlatform, target: Any, _: Any, nonce: str) -> Any:  # noqa: ANN401
        await asyncio.sleep(0.3)
        return Sent(platform.post(target, nonce))

    for chat in range(1, 61):
        made.script(chat, slowly)
    await subscribe(database, *(Wanted("telegram", chat) for chat in range(1, 61)))
    async with at_work(database, library, made):

        async def some() -> bool:
            return len(made.attempts) > 8

        await until(some, "under way")
    posts = await ledger(database)
    assert {post.state for post in posts} <= {PostState.SENT, PostState.DUE}
    assert sum(post.state is PostState.SENT for post in posts) == len(made.attempts)
