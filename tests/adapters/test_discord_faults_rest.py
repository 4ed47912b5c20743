"""Faults of Discord's REST: what is sent again, waited out, given up, or the end of the bot."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial

import pytest
from discord_bot import PATIENCE, Bot, posts, serving_discord
from emulators.discord_faults import Fault
from emulators.discord_interactions import Exchange
from emulators.discord_seen import SeenMessage
from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel, User
from processes import Daybook

pytestmark = pytest.mark.slow  # a bot of its own for most of them

CALLBACK = "^/interactions/.*/callback$"
ORIGINAL = "^/webhooks/.*/@original"


@pytest.fixture(scope="module")
def bot(daybook: Daybook) -> Iterator[Bot]:
    with serving_discord(daybook) as running:
        yield running
        assert running.serving.stop().code == 0
        running.assert_quiet()


@pytest.fixture(autouse=True)
def no_fault_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "bot" in request.fixturenames:
        request.getfixturevalue("bot").discord.clear_faults()


def messages_of(channel: Channel) -> str:
    """Return the pattern of the path under which messages are sent to a channel."""
    return f"^/channels/{channel.id}/messages$"


def say(bot: Bot, user: User, channel: Channel) -> SeenMessage:
    """Ask by a mention, without waiting for the reply."""
    return bot.discord.say(user, channel, f"{bot.discord.bot.mention} who was Leon Trotsky?")


def failures(bot: Bot, kind: str) -> float:
    """Return how many failed calls of a kind the counters tell."""
    start = f'daybook_failed_calls_total{{kind="{kind}",platform="discord"}} '
    lines = bot.serving.get("/metrics").body.splitlines()
    return sum(float(line.removeprefix(start)) for line in lines if line.startswith(start))


# -- a reply to a message: its nonce lets it be sent again ----------------------------------------


# what each fault does is in `DiscordEmulator.fault`
OF_REPLIES = (
    ("status", 500),
    ("status", 502),
    ("status", 503),
    ("status", 504),
    ("html_before", 502),
    ("html_before", 503),
    ("cut", 0),
    ("after", 500),
    ("after", 503),
    ("lost", 0),
    ("truncated", 200),
    ("html", 200),
    ("html", 502),
    ("empty", 204),
    ("wrong_type", 200),
)


@pytest.fixture(scope="module")
def replies(bot: Bot) -> dict[tuple[str, int], tuple[Channel, SeenMessage]]:
    """Ask in a channel for each fault, all at once, since many of them take a second."""
    asked: dict[tuple[str, int], tuple[Channel, SeenMessage]] = {}
    faults: list[Fault] = []
    for kind, status in OF_REPLIES:
        channel = bot.channel()
        faults.append(bot.discord.fault("POST", messages_of(channel), kind, status=status))
        asked[kind, status] = channel, say(bot, bot.person(), channel)
    bot.discord.wait_until(lambda: not any(one.left for one in faults), what="all faults")
    return asked


@pytest.mark.parametrize(("kind", "status"), OF_REPLIES)
def test_a_reply_stands_there_once_whatever_became_of_the_call(
    bot: Bot,
    replies: dict[tuple[str, int], tuple[Channel, SeenMessage]],
    kind: str,
    status: int,
) -> None:
    channel, said = replies[kind, status]
    assert "Bronstein" in bot.reply_to(said, channel).shown
    # an answer that says that it went well ends it; else another attempt is to be waited for
    attempts = 1 if says_well(kind, status) else 2
    bot.discord.wait_until(
        lambda: [one.effect for one in posts(bot.discord, channel)][attempts - 1 :] == [True],
        what="the last attempt",
    )
    assert len(bot.said_by_bot(channel)) == 1


def says_well(kind: str, status: int) -> bool:
    """Whether a fault gives an answer by which the call went well."""
    return kind in ("html", "empty", "wrong_type") and status < 300


def test_every_attempt_at_a_reply_carries_the_same_bytes(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    bot.discord.fault("POST", messages_of(channel), "status", 2, status=503)
    bot.reply_to(say(bot, anna, channel), channel)
    first, second, third = posts(bot.discord, channel)
    assert first.body == second.body == third.body
    assert first.body["enforce_nonce"] is True


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
def test_a_short_rate_limit_of_a_reply_is_waited_out(bot: Bot, scope: str) -> None:
    anna, channel = bot.person(), bot.channel()
    bot.discord.fault("POST", messages_of(channel), "rate_limit", seconds=0.4, scope=scope)
    bot.reply_to(say(bot, anna, channel), channel)
    refused, sent = posts(bot.discord, channel)
    assert sent.at - refused.at >= 0.4


def test_commands_are_answered_while_messages_wait_for_a_global_limit(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    fault = bot.discord.fault(
        "POST", messages_of(channel), "rate_limit", seconds=1.0, scope="global"
    )
    said = say(bot, anna, channel)
    bot.discord.wait_until(lambda: fault.left == 0, what="the limit")
    assert bot.slash(anna, channel, "whowas", name="Leon Trotsky").latency < 0.9
    assert len(posts(bot.discord, channel)) == 1
    bot.reply_to(said, channel)


def test_a_long_rate_limit_of_a_reply_is_given_up(bot: Bot) -> None:
    anna, channel = bot.person(), bot.channel()
    before = failures(bot, "rate limit")
    bot.discord.fault("POST", messages_of(channel), "rate_limit", seconds=3600)
    say(bot, anna, channel)
    bot.serving.wait_until(lambda: failures(bot, "rate limit") == before + 1, "counting it", 5)
    assert len(posts(bot.discord, channel)) == 1
    assert bot.answers()


@pytest.mark.parametrize("code", [50001, 50013, 10003])
def test_a_reply_that_is_refused_is_not_tried_again(bot: Bot, code: int) -> None:
    anna, channel = bot.person(), bot.channel()
    before = bot.serving.log.count("sending a message failed")
    bot.discord.fault("POST", messages_of(channel), "error", code=code)
    say(bot, anna, channel)
    bot.serving.wait_until(
        lambda: bot.serving.log.count("sending a message failed") == before + 1, "logging it"
    )
    assert bot.answers()
    assert len(posts(bot.discord, channel)) == 1


# -- the response to an interaction ---------------------------------------------------------------


OF_COMMANDS = (
    ("status", 500),
    ("status", 503),
    ("html_before", 502),
    ("cut", 0),
    ("after", 500),
    ("after", 503),
    ("lost", 0),
    ("truncated", 200),
    ("html", 200),
    ("empty", 204),
    ("wrong_type", 200),
)


@pytest.fixture(scope="module")
def commands(bot: Bot) -> dict[tuple[str, int], Exchange]:
    """Use a command for each fault, all at once, since many of them take a second."""
    asked: dict[tuple[str, int], Exchange] = {}
    faults: list[Fault] = []

    def use(kind: str, status: int) -> None:
        # in one step, so that no answer comes before its fault
        exchange = bot.discord.slash(anna, channel, "whowas", {"name": "Leon Trotsky"})
        path = f"^/interactions/{exchange.id}/.*/callback$"
        faults.append(bot.discord.fault("POST", path, kind, status=status))
        asked[kind, status] = exchange

    for kind, status in OF_COMMANDS:
        anna, channel = bot.person(), bot.channel()
        bot.discord._do(partial(use, kind, status))
    bot.discord.wait_until(lambda: not any(one.left for one in faults), what="all faults")
    return asked


@pytest.mark.parametrize(("kind", "status"), OF_COMMANDS)
def test_a_command_is_answered_once_whatever_became_of_the_call(
    bot: Bot, commands: dict[tuple[str, int], Exchange], kind: str, status: int
) -> None:
    exchange = commands[kind, status]
    assert "Bronstein" in exchange.wait_for_message(PATIENCE).shown
    path = f"/interactions/{exchange.id}/{exchange.token}/callback"
    attempts = 1 if says_well(kind, status) else 2
    bot.discord.wait_until(lambda: len(_calls(bot, path)) == attempts, what="the last attempt")
    assert len(bot.said_by_bot(exchange.channel)) == 1


def test_a_lost_answer_that_had_arrived_is_no_failure(bot: Bot) -> None:
    before = bot.serving.log.count("answering failed")
    bot.discord.fault("POST", CALLBACK, "lost")
    bot.ask(bot.person(), bot.channel(), "whowas", name="Leon Trotsky")
    path = bot.discord.calls[-1].path
    bot.discord.wait_until(lambda: len(_calls(bot, path)) == 2, what="the second attempt")
    assert bot.answers()
    assert bot.serving.log.count("answering failed") == before


def _calls(bot: Bot, path: str) -> list[int | None]:
    return [call.status for call in bot.discord.calls if call.path == path]


@pytest.mark.parametrize(("code", "kind"), [(10062, "too late"), (40060, "answered already")])
def test_an_interaction_that_is_over_is_logged_once(bot: Bot, code: int, kind: str) -> None:
    before, counted = bot.serving.log.count("answering failed"), failures(bot, kind)
    bot.discord.fault("POST", CALLBACK, "error", code=code)
    bot.discord.slash(bot.person(), bot.channel(), "whowas", {"name": "Leon Trotsky"})
    bot.serving.wait_until(lambda: failures(bot, kind) == counted + 1, "counting it")
    assert bot.answers()
    assert bot.serving.log.count("answering failed") == before + 1


def test_a_short_rate_limit_of_a_command_is_waited_out(bot: Bot) -> None:
    bot.discord.fault("POST", CALLBACK, "rate_limit", seconds=0.3)
    answer = bot.ask(bot.person(), bot.channel(), "whowas", name="Leon Trotsky")
    assert "Bronstein" in answer.shown


def test_a_rate_limit_longer_than_an_interaction_lives_is_given_up(bot: Bot) -> None:
    bot.discord.fault("POST", CALLBACK, "rate_limit", seconds=3600)
    begin = time.monotonic()
    before = bot.serving.log.count("answering failed")
    bot.discord.slash(bot.person(), bot.channel(), "whowas", {"name": "Leon Trotsky"})
    bot.serving.wait_until(
        lambda: bot.serving.log.count("answering failed") == before + 1, "giving up", 5
    )
    assert time.monotonic() - begin < 4


def test_a_rate_limit_that_tells_nothing_is_a_failure_and_no_bug(bot: Bot) -> None:
    counted = failures(bot, "rate limit")
    bot.discord.fault("POST", CALLBACK, "html_before", status=429)
    bot.discord.slash(bot.person(), bot.channel(), "whowas", {"name": "Leon Trotsky"})
    bot.serving.wait_until(lambda: failures(bot, "rate limit") == counted + 1, "counting it")
    assert "Traceback" not in bot.serving.log
    assert bot.answers()


@pytest.mark.parametrize("kind", ["cut", "lost"])
def test_a_page_turns_though_an_answer_was_lost(bot: Bot, kind: str) -> None:
    anna, channel = bot.person(), bot.channel()
    answer = bot.ask(anna, channel, "timeline", of="Leon Trotsky")
    bot.discord.fault("POST", CALLBACK, kind)
    turned = bot.press(anna, answer, "More").wait_for_message()
    assert "Page 2 of" in turned.shown


@pytest.mark.parametrize("kind", ["cut", "lost"])
def test_an_answer_is_deleted_though_a_call_was_lost(bot: Bot, kind: str) -> None:
    anna, channel = bot.person(), bot.channel()
    answer = bot.ask(anna, channel, "whowas", name="Leon Trotsky")
    bot.discord.fault("DELETE", ORIGINAL, kind)
    bot.press(anna, answer, "Delete")
    bot.discord.wait_until(lambda: answer.source.deleted, what="the deletion")


# -- REST away, and the token ---------------------------------------------------------------------


@pytest.mark.parametrize("how", ["refused", pytest.param("503", marks=pytest.mark.slow)])
def test_the_bot_goes_on_after_an_outage_of_rest(bot: Bot, how: str) -> None:
    anna, channel = bot.person(), bot.channel()
    before = bot.serving.log.count("answering failed")
    bot.discord.down("rest", how=how)
    bot.discord.slash(anna, channel, "whowas", {"name": "Leon Trotsky"})
    bot.serving.wait_until(
        lambda: bot.serving.log.count("answering failed") == before + 1, "giving up", 6
    )
    bot.discord.up("rest")
    assert bot.answers()


@pytest.mark.parametrize("how", ["refused", pytest.param("503", marks=pytest.mark.slow)])
def test_rest_that_is_away_at_the_start_is_waited_for(daybook: Daybook, how: str) -> None:
    with DiscordEmulator() as discord:
        discord.down("rest", how=how)
        with serving_discord(daybook, ready=False, discord=discord) as bot:
            bot.serving.wait_for_log("trying again")
            discord.up("rest")
            bot.serving.wait_until_ready()
            discord.wait_for_commands()
            assert bot.answers()
            bot.assert_quiet()


def test_a_token_that_is_refused_at_the_start_ends_with_one_line(daybook: Daybook) -> None:
    with DiscordEmulator() as discord:
        wrong = discord.token[:-1] + "x"
        with serving_discord(daybook, ready=False, discord=discord, DISCORD_TOKEN=wrong) as bot:
            assert bot.serving.wait_for_end() == 78
            assert len(bot.serving.other_lines) == 1
            assert "DISCORD_TOKEN" in bot.serving.other_lines[0]
            assert wrong not in bot.serving.log
            assert "Traceback" not in bot.serving.log


def test_a_token_that_is_reset_while_the_bot_runs_ends_it_at_once(daybook: Daybook) -> None:
    with serving_discord(daybook) as bot:
        bot.discord.fault("*", "^/(channels|applications)", "status", 100, status=401)
        people = [bot.person() for _ in range(5)]
        for anna in people:
            say(bot, anna, bot.channel())
        assert bot.serving.wait_for_end() == 78
        assert bot.discord.invalid_requests <= len(people)
        assert "DISCORD_TOKEN" in bot.serving.other_lines[0]
        assert len(bot.serving.other_lines) == 1
        assert "Traceback" not in bot.serving.log


def test_a_ban_of_the_address_stops_all_calls(daybook: Daybook) -> None:
    with serving_discord(daybook) as bot:
        channel = bot.channel()
        bot.discord.fault("POST", messages_of(channel), "cloudflare")
        say(bot, bot.person(), channel)
        bot.serving.wait_for_log("banned")
        before = len(bot.discord.calls)
        say(bot, bot.person(), channel)
        bot.discord.slash(bot.person(), channel, "whowas", {"name": "Leon Trotsky"})
        bot.serving.wait_until(lambda: failures(bot, "closed") == 2, "giving up both")
        assert len(bot.discord.calls) == before
        assert [one["level"] for one in bot.serving.log_lines if "banned" in one["event"]] == [
            "error"
        ]
        bot.assert_quiet()


# -- the end under load ---------------------------------------------------------------------------


def test_what_is_under_way_is_answered_before_the_bot_stops(daybook: Daybook) -> None:
    with serving_discord(daybook) as bot:
        anna, channel = bot.person(), bot.channel()
        # so many questions of which none is kept, and each call takes its time on the way
        bot.discord.fault("POST", CALLBACK, "delay", 100, seconds=0.5)
        asked = [
            bot.discord.slash(anna, channel, "onthisday", {"date": f"{day} August"})
            for day in range(1, 31)
        ]
        bot.discord.wait_until(
            lambda: sum(c.path.endswith("/callback") for c in bot.discord.calls) >= 5,
            what="the first calls",
        )
        code, seconds = bot.serving.stop()
        assert code == 0
        assert seconds < 10
        begun = [
            one for one in asked if _calls(bot, f"/interactions/{one.id}/{one.token}/callback")
        ]
        assert len(begun) >= 5
        assert all(one.answered for one in begun)
        bot.assert_well()
