"""What the desk decides about a daily post: pure, on what is stored, asked, and the time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

import pytest
from desk_cases import (
    CHANNEL,
    GROUP,
    NOW,
    TOPIC,
    asked,
    buttons,
    plan,
    row,
    said,
    snapshot,
    subscription,
)

from bot.answer import Answerer
from bot.daily.choices import DailyChoices, EmptyChoice
from bot.daily.delivery import Target
from bot.desk.changes import Change, Decision, SendAgain, Settle, Subscribe, Switch
from bot.desk.daily import MOST_PLACES, decide
from bot.desk.values import Snapshot
from bot.errors import UserError
from bot.state.states import PostState, SubscriptionState
from knowledge.store import Store


class Library(Protocol):
    @property
    def answerer(self) -> Answerer: ...


@pytest.fixture
def store(polar: Library) -> Store:
    return polar.answerer.store


def change(decision: Decision, kind: type[Change]) -> Change:
    found = [one for one in decision.changes if isinstance(one, kind)]
    assert len(found) == 1
    return found[0]


def subscribed(decision: Decision) -> Subscribe:
    found = change(decision, Subscribe)
    assert isinstance(found, Subscribe)
    return found


NINE = {"time": "09:00", "zone": "Europe/Berlin"}
"""It is ten o'clock in Berlin."""


# -- set ------------------------------------------------------------------------------------------


def test_a_post_is_set_up_for_the_place_by_who_asked(store: Store) -> None:
    found = subscribed(decide(asked(store, "set", NINE, user=5), snapshot()))
    assert found == Subscribe(CHANNEL, plan(), 5, None, NOW, NOW)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (NINE, "The next post comes tomorrow, 09:00 CEST."),
        ({"time": "11", "zone": "Europe/Berlin"}, "The next post comes today, 11:00 CEST."),
        ({"time": "10:00", "zone": "Europe/Berlin"}, "The next post comes tomorrow, 10:00 CEST."),
        ({"time": "7:00", "zone": "Asia/Kolkata"}, "The next post comes tomorrow, 07:00 IST."),
        ({"time": "22:00", "zone": "America/New_York"}, "comes today, 22:00 EDT."),
        ({"time": "17:30", "zone": "Asia/Dubai"}, "comes today, 17:30 UTC+4."),
    ],
)
def test_it_is_told_when_the_next_post_comes(
    store: Store, options: dict[str, str], words: str
) -> None:
    assert words in said(decide(asked(store, "set", options), snapshot()).reply)


def test_what_is_set_is_told_in_words(store: Store) -> None:
    options = NINE | {"late": "90 min", "empty": "silence", "kinds": "birth", "ping": "44444"}
    words = said(decide(asked(store, "set", options), snapshot()).reply)
    for part in (
        "Every day at 09:00, by the clocks of Europe/Berlin: birth",
        "On a day without events: no post.",
        "up to 90 minutes late",
        "notifies the role",
    ):
        assert part in words


def test_what_today_s_post_says_is_shown_with_it(store: Store) -> None:
    whole = decide(asked(store, "set", NINE), snapshot()).reply
    alone = decide(asked(store, "preview"), snapshot(subscription())).reply
    assert [item.id for item in whole.items] == [item.id for item in alone.items]


def test_set_again_changes_only_what_is_named(store: Store) -> None:
    before = subscription(plan(choices=DailyChoices(("birth",)), late=timedelta(hours=2)))
    found = subscribed(decide(asked(store, "set", {"time": "12"}), snapshot(before)))
    assert found.plan == replace(before.plan, wall_time=time(12))


def test_a_new_time_counts_from_now(store: Store) -> None:
    found = subscribed(decide(asked(store, "set", {"time": "12"}), snapshot(subscription())))
    assert found.counts_from == NOW


def test_other_choices_count_from_when_the_time_was_set(store: Store) -> None:
    before = subscription()
    found = subscribed(decide(asked(store, "set", {"tone": "gentle"}), snapshot(before)))
    assert found.counts_from == before.counts_from


def test_what_had_come_is_settled_by_the_old_rules_before_the_time_changes(store: Store) -> None:
    # nothing was written yet of today's nine o'clock in Berlin, an hour ago, nor of yesterday's
    before = subscription(settled=frozenset({date(2026, 8, 19)}))
    found = change(decide(asked(store, "set", {"time": "12"}), snapshot(before)), Settle)
    assert isinstance(found, Settle)
    seven = time(7, tzinfo=UTC)
    assert found.due == (date(2026, 8, 21), datetime.combine(date(2026, 8, 21), seven))
    assert found.missed == ((date(2026, 8, 20), datetime.combine(date(2026, 8, 20), seven)),)


def test_nothing_is_settled_where_posts_come_as_before(store: Store) -> None:
    before = subscription(settled=frozenset({date(2026, 8, 19)}))
    decision = decide(asked(store, "set", {"late": "2h"}), snapshot(before))
    assert [type(one) for one in decision.changes] == [Subscribe]


def test_a_date_that_was_posted_is_not_posted_again_the_same_day(store: Store) -> None:
    # T07: in Los Angeles it is one o'clock at night, of the date that was posted in Tokyo
    before = subscription(plan("09:00", "Asia/Tokyo"))
    decision = decide(asked(store, "set", {"zone": "America/Los_Angeles"}), snapshot(before))
    assert "The next post comes tomorrow, 09:00 PDT." in said(decision.reply)


def test_a_missing_permission_is_named_and_nothing_is_set(store: Store) -> None:
    missing = ["View Channel", "Send Messages"]
    with pytest.raises(UserError, match="I need: View Channel, Send Messages"):
        decide(asked(store, "set", NINE, missing=missing), snapshot())


def test_a_server_has_so_many_places(store: Store) -> None:
    with pytest.raises(UserError, match="as many as there may be"):
        decide(asked(store, "set", NINE), snapshot(places=MOST_PLACES))


def test_a_place_that_counts_already_can_be_changed(store: Store) -> None:
    full = snapshot(subscription(), places=MOST_PLACES)
    assert subscribed(decide(asked(store, "set", {"time": "12"}), full)).plan.wall_time == time(12)


@pytest.mark.parametrize(
    ("target", "role", "words"),
    [
        (CHANNEL, "70007", "does not notify everyone"),
        (GROUP, "44444", "Only a Discord server has roles"),
        (Target("discord", 9, 0, None, "private"), "44444", "Only a Discord server has roles"),
    ],
    ids=["everyone", "telegram", "private"],
)
def test_who_can_not_be_notified_is_refused(
    store: Store, target: Target, role: str, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        decide(asked(store, "set", NINE | {"ping": role}, target=target), snapshot(target=target))


@pytest.mark.parametrize("state", ["paused", "stopped", "broken"])
def test_set_lets_posts_come_again(store: Store, state: str) -> None:
    before = subscription(state=SubscriptionState(state))
    found = subscribed(decide(asked(store, "set", {"tone": "all"}), snapshot(before)))
    assert found.counts_from == NOW


def test_a_notice_of_another_place_goes_where_it_was_set_from(store: Store) -> None:
    given = asked(store, "set", NINE, target=GROUP, told_in=5, is_elsewhere=True)
    assert subscribed(decide(given, snapshot(target=GROUP))).told_in == 5


# -- show, pause, resume, stop ---------------------------------------------------------------------


@pytest.mark.parametrize("action", ["", "show"])
def test_a_place_without_a_post_says_how_to_set_one(store: Store, action: str) -> None:
    reply = decide(asked(store, action), snapshot()).reply
    assert "has no daily post" in said(reply)
    assert buttons(reply) == ["/daily set 09:00 Europe/Berlin"]


@pytest.mark.parametrize(
    ("target", "word"), [(CHANNEL, "channel"), (GROUP, "group"), (TOPIC, "topic")]
)
def test_a_place_is_called_what_it_is(store: Store, target: Target, word: str) -> None:
    reply = decide(asked(store, "show", target=target), snapshot(target=target)).reply
    assert f"This {word} has no daily post" in said(reply)


def test_show_tells_what_is_set_and_when_the_next_comes(store: Store) -> None:
    decision = decide(asked(store, "show"), snapshot(subscription()))
    assert "Every day at 09:00" in said(decision.reply)
    assert "The next post comes tomorrow, 09:00 CEST." in said(decision.reply)
    assert decision.changes == ()


@pytest.mark.parametrize(
    ("state", "words"), [("paused", "paused"), ("stopped", "stopped"), ("broken", "held up")]
)
def test_show_says_why_no_post_comes(store: Store, state: str, words: str) -> None:
    found = subscription(state=SubscriptionState(state))
    reply = decide(asked(store, "show"), snapshot(found)).reply
    assert words in said(reply)
    assert buttons(reply)[0] == "/daily resume"


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("pause", "on", "paused"),
        ("stop", "on", "stopped"),
        ("stop", "paused", "stopped"),
        ("pause", "broken", "paused"),
        ("resume", "paused", "on"),
        ("resume", "stopped", "on"),
        ("resume", "broken", "on"),
    ],
)
def test_a_post_is_switched(store: Store, action: str, before: str, after: str) -> None:
    found = subscription(state=SubscriptionState(before))
    decision = decide(asked(store, action), snapshot(found))
    assert decision.changes == (Switch(CHANNEL, SubscriptionState(after), NOW),)


@pytest.mark.parametrize(
    ("action", "state"), [("pause", "paused"), ("stop", "stopped"), ("resume", "on")]
)
def test_what_is_so_already_is_said_to_be(store: Store, action: str, state: str) -> None:
    decision = decide(asked(store, action), snapshot(subscription(state=SubscriptionState(state))))
    assert decision.changes == ()
    assert "already" in said(decision.reply)


@pytest.mark.parametrize("action", ["pause", "resume", "stop", "preview"])
def test_without_a_post_there_is_nothing_to_do(store: Store, action: str) -> None:
    with pytest.raises(UserError, match="has no daily post"):
        decide(asked(store, action), snapshot())


@pytest.mark.parametrize("action", ["pause", "stop"])
def test_what_had_come_is_settled_before_posts_end(store: Store, action: str) -> None:
    found = subscription(settled=frozenset())
    decision = decide(asked(store, action), snapshot(found))
    assert [type(one) for one in decision.changes] == [Settle, Switch]


def test_resume_needs_the_permissions_too(store: Store) -> None:
    found = snapshot(subscription(state=SubscriptionState.BROKEN, code="50013"))
    with pytest.raises(UserError, match="I need: Send Messages"):
        decide(asked(store, "resume", missing=["Send Messages"]), found)


def test_stop_says_how_long_it_is_kept(store: Store) -> None:
    assert "30 days" in said(decide(asked(store, "stop"), snapshot(subscription())).reply)


def test_buttons_of_another_place_name_it(store: Store) -> None:
    given = asked(store, "show", {"place": "@history"}, target=GROUP, is_elsewhere=True)
    reply = decide(given, snapshot(subscription(), target=GROUP)).reply
    assert "/daily preview @history" in buttons(reply)


# -- preview --------------------------------------------------------------------------------------

MARCH = datetime(2026, 3, 17, 12, tzinfo=UTC)
"""A day of the invented expedition."""


def previewed(store: Store, found: Snapshot, now: datetime = MARCH) -> Decision:
    return decide(asked(store, "preview", now=now), found)


def test_the_preview_is_today_s_post_by_the_clocks_of_the_place(store: Store) -> None:
    assert previewed(store, snapshot(subscription())).reply.title == "17 March"
    late = datetime(2026, 3, 17, 23, 30, tzinfo=UTC)
    assert previewed(store, snapshot(subscription()), late).reply.title == "18 March"


def test_the_preview_does_not_change_when_the_post_was_made(store: Store) -> None:
    before = previewed(store, snapshot(subscription())).reply
    keys = {one.id: date(2026, 3, 17) for one in before.items}
    after = previewed(store, snapshot(subscription(), told=keys)).reply
    assert after == before


def test_silence_is_previewed_as_no_post(store: Store) -> None:
    silent = subscription(plan(choices=DailyChoices(("trial",), empty=EmptyChoice.SILENCE)))
    reply = previewed(store, snapshot(silent)).reply
    assert "no post" in said(reply)


# -- again ----------------------------------------------------------------------------------------

UNKNOWN = row(state=PostState.UNKNOWN)


def test_a_post_of_unknown_end_is_sent_again(store: Store) -> None:
    decision = decide(asked(store, "again", {"id": "17"}), snapshot(subscription(), rows=[UNKNOWN]))
    assert decision.changes == (SendAgain(CHANNEL, 17, NOW, timedelta(hours=6)),)
    assert decision.otherwise is not None


@pytest.mark.parametrize(
    "rows",
    [
        [UNKNOWN, row(id=18, part=100, state=PostState.DUE, again_of=17)],
        [row(state=PostState.SENT)],
        [replace(UNKNOWN, payload=None)],
    ],
    ids=["asked before", "sent", "forgotten"],
)
def test_what_can_not_be_sent_again_is_not(store: Store, rows: list[object]) -> None:
    decision = decide(asked(store, "again", {"id": "17"}), snapshot(subscription(), rows=rows))
    assert decision.changes == ()
    assert "no more" in said(decision.reply)


@pytest.mark.parametrize("number", ["18", "", "x", "17 or 1=1"])
def test_what_is_no_post_of_the_place_is_refused(store: Store, number: str) -> None:
    with pytest.raises(UserError, match="no such post here"):
        decide(asked(store, "again", {"id": number}), snapshot(subscription(), rows=[UNKNOWN]))
