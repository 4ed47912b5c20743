"""Faults of Discord's gateway: what the bot resumes, begins anew, waits for, or ends with.

Close codes and what to do about each:
https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from discord_bot import Bot, serving_discord
from emulators.discord_server import DiscordEmulator
from processes import Daybook

pytestmark = pytest.mark.slow  # a bot of its own for most of them

RECONNECTING = (1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)
"""Codes after which a client connects again; 1006 stands for none at all."""

ENDING = {
    4004: "token",
    4010: "shard",
    4011: "too many servers",
    4012: "version",
    4013: "intents",
    4014: "approval",
}
"""Codes after which it must not, with a word of the sentence that the operator reads."""


@pytest.fixture(scope="module")
def bot(daybook: Daybook) -> Iterator[Bot]:
    with serving_discord(daybook) as running:
        yield running
        assert running.serving.stop().code == 0
        running.assert_quiet()


def after(bot: Bot, fault: Callable[[], None], *, resumes: bool = True) -> None:
    """Let a fault happen, and fail unless the session goes on (or begins anew) and answers."""
    gateway = bot.discord.gateway
    happened = gateway.resumes if resumes else gateway.identifies
    other = gateway.identifies if resumes else gateway.resumes
    before, others = len(happened), len(other)
    fault()
    bot.discord.wait_until(lambda: len(happened) > before, 15, "connecting again")
    bot.serving.wait_until(lambda: bot.serving.get("/readyz").status == 200, "ready")
    assert bot.answers()
    assert len(other) == others


# -- what is resumed ------------------------------------------------------------------------------


@pytest.mark.parametrize("reset", [True, False], ids=["RST", "FIN"])
def test_a_cut_connection_is_resumed(bot: Bot, reset: bool) -> None:
    after(bot, lambda: bot.discord.cut_gateway(reset=reset))


@pytest.mark.parametrize("code", [code for code in RECONNECTING if code != 1006])
def test_a_closed_connection_is_resumed(bot: Bot, code: int) -> None:
    after(bot, lambda: bot.discord.close_gateway(code))


def test_an_order_to_reconnect_is_obeyed_by_resuming(bot: Bot) -> None:
    after(bot, bot.discord.reconnect)


def test_a_session_that_is_invalid_for_now_is_resumed(bot: Bot) -> None:
    after(bot, lambda: bot.discord.invalidate(resumable=True))


class Outage(NamedTuple):
    """What was seen of an outage of the gateway, during which somebody asked something."""

    ready: int
    metrics: str
    resumes: int
    answers: list[str]
    lines: list[dict[str, Any]]
    log: str


@pytest.fixture(scope="module", params=["refused", "503"])
def outage(bot: Bot, request: pytest.FixtureRequest) -> Outage:
    anna, channel = bot.person(), bot.channel()
    resumed, lines, logged = (
        len(bot.discord.gateway.resumes),
        len(bot.serving.log_lines),
        len(bot.serving.log),
    )
    bot.discord.down("gateway", "resume", how=request.param)
    bot.discord.cut_gateway()
    bot.serving.wait_until(lambda: bot.serving.get("/readyz").status == 503, "not ready", 3)
    metrics = bot.serving.get("/metrics").body
    said = bot.discord.say(anna, channel, f"{bot.discord.bot.mention} who was Leon Trotsky?")
    bot.discord.up("gateway", "resume")
    bot.reply_to(said, channel)
    bot.serving.wait_until(lambda: bot.serving.get("/readyz").status == 200, "ready")
    return Outage(
        bot.serving.get("/readyz").status,
        metrics,
        len(bot.discord.gateway.resumes) - resumed,
        [one.shown for one in bot.said_by_bot(channel)],
        bot.serving.log_lines[lines:],
        bot.serving.log[logged:],
    )


def test_a_question_of_the_outage_is_answered_once_after_it(outage: Outage) -> None:
    (answer,) = outage.answers
    assert "Bronstein" in answer
    assert outage.resumes == 1


def test_an_outage_is_told_by_the_port_until_it_is_over(outage: Outage) -> None:
    assert 'daybook_connected{platform="discord"} 0.0' in outage.metrics
    assert outage.ready == 200


def test_an_outage_is_a_warning_and_no_traceback(outage: Outage) -> None:
    told = [one for one in outage.lines if "no connection to the gateway" in one["event"]]
    assert {one["level"] for one in told} == {"warning"}
    assert "Traceback" not in outage.log


# -- what begins anew -----------------------------------------------------------------------------


def test_an_invalid_session_begins_anew_and_greets_nobody(bot: Bot) -> None:
    after(bot, lambda: bot.discord.invalidate(resumable=False), resumes=False)
    own = bot.discord.bot.id
    assert not [one for one in bot.discord.messages(bot.general) if one.author_id == own]


@pytest.mark.slow  # the library waits for five seconds before it identifies again
def test_a_resume_that_is_refused_leads_to_a_new_session(bot: Bot) -> None:
    bot.discord.gateway.resumable = False
    try:
        after(bot, lambda: bot.discord.close_gateway(4009), resumes=False)
    finally:
        bot.discord.gateway.resumable = True


# -- what ends ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        code if code in (4004, 4014) else pytest.param(code, marks=pytest.mark.slow)
        for code in ENDING
    ],
)
def test_a_close_that_is_for_good_ends_with_a_sentence(daybook: Daybook, code: int) -> None:
    with serving_discord(daybook) as bot:
        bot.discord.close_gateway(code)
        assert bot.serving.wait_for_end() == 78
        assert len(bot.serving.other_lines) == 1
        assert ENDING[code] in bot.serving.other_lines[0]
        assert len(bot.discord.gateway.identifies) == 1
        assert "Traceback" not in bot.serving.log


# -- starting and stopping ------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["refused", pytest.param("503", marks=pytest.mark.slow)])
def test_a_gateway_that_is_away_at_the_start_is_waited_for(daybook: Daybook, how: str) -> None:
    with DiscordEmulator() as discord:
        discord.down("gateway", how=how)
        with serving_discord(daybook, ready=False, discord=discord) as bot:
            bot.serving.wait_for_log("trying again")
            assert not discord.gateway.identifies
            discord.up("gateway")
            bot.serving.wait_until_ready()
            discord.wait_for_commands()
            assert bot.answers()
            bot.assert_well()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["refused", "503"])
def test_the_bot_stops_at_once_while_the_gateway_is_away(daybook: Daybook, how: str) -> None:
    with serving_discord(daybook) as bot:
        bot.discord.down("gateway", "resume", how=how)
        bot.discord.cut_gateway()
        bot.serving.wait_for_log("no connection to the gateway")
        time.sleep(2)  # the library sleeps ever longer between two attempts
        code, seconds = bot.serving.stop()
        assert code == 0
        assert seconds < 2
        assert "Traceback" not in bot.serving.log
