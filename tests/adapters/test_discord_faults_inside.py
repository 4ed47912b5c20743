"""Faults of Discord, and of our own, that need the adapter in this process: its limits, its bugs.

The server is emulated, the library of answers real; the adapter runs in a thread with a loop of its
own, so that a test is not in its way.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from importlib import import_module
from typing import Any

import pytest
from discord_bot import MESSAGE, PATIENCE, THINKING, WILL_UPDATE, button
from emulators.discord_interactions import Exchange
from emulators.discord_seen import SeenMessage
from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel, User

from adapters.discord import messages
from adapters.discord.app import DiscordAdapter
from adapters.discord.interactions import DEFER_AFTER, Interactions
from adapters.discord.library_log import shorten_outages
from bot.adapter import PlatformUnreachableError
from bot.answering import Answering
from bot.metrics import Metrics
from bot.rate import RateLimits
from bot.service import Service
from bot.settings import DiscordSettings, Secret
from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs

HALF_THE_TIME = 1.5
"""Seconds until which a slow answer is announced: half of the three that Discord gives."""


class Inside:
    """An adapter that runs in a thread; `ended` is what `run` returned or raised."""

    def __init__(self, discord: DiscordEmulator, answering: Answering, **limits: float) -> None:
        settings = DiscordSettings(Secret(discord.token), discord.api_url, discord.gateway_url)
        self.discord = discord
        self.answering = answering
        self.metrics = Metrics()
        service = Service(answering, RateLimits(None), self.metrics)
        self.adapter = DiscordAdapter(settings, service, **limits)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        self.ended = self.run()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def run(self) -> Future[None]:
        """Let it connect, again or for the first time."""
        return asyncio.run_coroutine_threadsafe(self.adapter.run(), self._loop)

    def wait_until_connected(self) -> None:
        """Wait until the adapter says that it is connected."""
        self.discord.wait_until(lambda: self.adapter.is_connected, what="the connection")

    def stop(self) -> float:
        """Stop the adapter and wait until its `run` has ended; return the seconds."""
        begin = time.monotonic()
        stopping = asyncio.run_coroutine_threadsafe(self.adapter.stop(), self._loop)
        stopping.result(PATIENCE)
        self.ended.exception(PATIENCE)
        return time.monotonic() - begin

    def close(self) -> None:
        """Stop everything, whatever state it is in."""
        self.stop()
        asyncio.run_coroutine_threadsafe(_cancel_the_rest(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        self._loop.close()

    @contextlib.contextmanager
    def busy(self) -> Iterator[threading.Event]:
        """Keep the thread that answers busy until the event is set, or the block is left."""
        over, begun = threading.Event(), threading.Event()

        def question() -> None:
            begun.set()
            over.wait(PATIENCE)

        asyncio.run_coroutine_threadsafe(self.answering.ask(question), self._loop)
        assert begun.wait(PATIENCE)
        try:
            yield over
        finally:
            over.set()


async def _cancel_the_rest() -> None:
    """End the tasks that are left, as asyncio.run does at its end."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


class Scene:
    """An emulated server with a channel and somebody in it."""

    def __init__(self, discord: DiscordEmulator, answering: Answering) -> None:
        self.discord = discord
        self.answering = answering
        self.guild = discord.add_guild()
        self.channel: Channel = discord.add_channel(self.guild)
        self.anna: User = discord.add_user("anna", self.guild)
        self._running: list[Inside] = []

    def run(self, **limits: float) -> Inside:
        """Start an adapter, which is stopped when the scene is over."""
        inside = Inside(self.discord, self.answering, **limits)
        self._running.append(inside)
        return inside

    def connect(self, **limits: float) -> Inside:
        """Start an adapter and wait until it can be asked."""
        inside = self.run(**limits)
        inside.wait_until_connected()
        self.discord.wait_for_commands()
        return inside

    def slash(self, name: str, /, **options: str) -> Exchange:
        """Use a command without waiting for the answer."""
        return self.discord.slash(self.anna, self.channel, name, options)

    def mention(self, question: str) -> SeenMessage:
        """Mention the bot without waiting for the answer."""
        text = f"{self.discord.bot.mention} {question}"
        return self.discord.say(self.anna, self.channel, text)

    def reply_to(self, said: SeenMessage) -> SeenMessage:
        """Wait for the reply to a message."""
        return self.discord.wait_for_message(
            self.channel, lambda one: one.reference == said.id, PATIENCE
        )

    def close(self) -> None:
        """Stop what runs."""
        for inside in self._running:
            inside.close()


@pytest.fixture(scope="module")
def answering() -> Iterator[Answering]:
    made = Answering(open_library([builtin_packs()["leon-trotsky"]], None))
    yield made
    made.close()


@pytest.fixture
def scene(answering: Answering, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    # where the library's servers are is set for the whole process
    route = import_module("discord.http").Route
    socket = import_module("discord.gateway").DiscordWebSocket
    monkeypatch.setattr(route, "BASE", route.BASE)
    monkeypatch.setattr(socket, "DEFAULT_GATEWAY", socket.DEFAULT_GATEWAY)
    with DiscordEmulator() as discord:
        made = Scene(discord, answering)
        try:
            yield made
        finally:
            made.close()


# -- slow answers ---------------------------------------------------------------------------------


def test_a_slow_answer_is_announced_in_time_and_written_then(scene: Scene) -> None:
    inside = scene.connect()
    with inside.busy() as over:
        asked = scene.slash("timeline", of="1900..1901").wait(HALF_THE_TIME + 1)
        assert asked.type == THINKING
        assert DEFER_AFTER <= asked.latency < HALF_THE_TIME
        over.set()
    assert "1900" in asked.wait_for_message(PATIENCE).shown


@pytest.mark.slow
def test_an_answer_that_was_announced_stands_there_once(scene: Scene) -> None:
    inside = scene.connect()
    with inside.busy():
        asked = scene.slash("timeline", of="1902..1903").wait(PATIENCE)
    asked.wait_for_message(PATIENCE)
    assert len(scene.discord.messages(scene.channel)) == 1
    scene.discord.assert_nothing_refused()


def test_a_page_that_takes_long_is_announced_and_turned(scene: Scene) -> None:
    inside = scene.connect()
    answer = scene.slash("timeline", of="1917..1920").wait_for_message(PATIENCE)
    inside.answering._kept.clear()
    with inside.busy() as over:
        pressed = scene.discord.press(scene.anna, answer, button(answer, "More"))
        assert pressed.wait(PATIENCE).type == WILL_UPDATE
        assert scene.discord.messages(scene.channel)[0].shown == answer.shown
        over.set()
    scene.discord.wait_until(
        lambda: "Page 2 of" in scene.discord.messages(scene.channel)[0].shown, what="the page"
    )


@pytest.mark.slow
def test_an_announced_answer_is_written_though_a_call_was_lost(scene: Scene) -> None:
    inside = scene.connect()
    scene.discord.fault("PATCH", "^/webhooks/.*/@original", "cut")
    with inside.busy():
        asked = scene.slash("timeline", of="1904..1905").wait(PATIENCE)
    assert "1905" in asked.wait_for_message(PATIENCE).shown


def test_others_are_answered_while_one_answer_takes_long(scene: Scene) -> None:
    inside = scene.connect()
    scene.slash("whowas", name="Lev Kamenev").wait_for_message(PATIENCE)
    with inside.busy():
        scene.slash("timeline", of="1906..1907")
        kept = scene.slash("whowas", name="Lev Kamenev").wait(HALF_THE_TIME)
        assert kept.type == MESSAGE


def test_an_answer_under_way_is_given_before_the_bot_stops(scene: Scene) -> None:
    inside = scene.connect()
    with inside.busy() as over:
        asked = scene.slash("timeline", of="1908..1909").wait(PATIENCE)
        threading.Timer(0.5, over.set).start()
        assert inside.stop() < 5
    assert "1909" in asked.wait_for_message(PATIENCE).shown


# -- a bug of ours --------------------------------------------------------------------------------


@pytest.fixture
def bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next two questions, a message and a command, meet a bug in their handler."""
    left = {"message": 1, "command": 1}
    reply_to, written = messages.reply_to, Interactions.handle

    async def reply(*given: Any) -> object:  # noqa: ANN401 - as the real one
        if left["message"]:
            left["message"] = 0
            raise ZeroDivisionError("a bug in a message")
        return await reply_to(*given)

    async def handle(*given: Any) -> None:  # noqa: ANN401 - as the real one
        if left["command"]:
            left["command"] = 0
            raise ZeroDivisionError("a bug in a command")
        await written(*given)

    monkeypatch.setattr(messages, "reply_to", reply)
    monkeypatch.setattr(Interactions, "handle", handle)


@pytest.mark.usefixtures("bug")
@pytest.mark.parametrize("way", ["message", "command"])
def test_a_bug_is_logged_whole_and_the_next_question_answered(
    scene: Scene, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    scene.connect()
    for _ in range(2):
        if way == "message":
            said = scene.mention("who was Leon Trotsky?")
        else:
            asked = scene.slash("whowas", name="Leon Trotsky")
    if way == "message":
        assert "Bronstein" in scene.reply_to(said).shown
    else:
        assert "Bronstein" in asked.wait_for_message(PATIENCE).shown
    (bug,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert bug.getMessage() == "a handler failed"
    assert bug.exc_info is not None
    assert str(bug.exc_info[1]) == f"a bug in a {way}"


# -- the connection -------------------------------------------------------------------------------


def test_it_is_connected_while_the_gateway_is_open_and_only_then(scene: Scene) -> None:
    scene.discord.down("gateway")
    inside = scene.run()
    assert not inside.adapter.is_connected
    with pytest.raises(PlatformUnreachableError):
        inside.ended.result(PATIENCE)
    assert not inside.adapter.is_connected
    scene.discord.up("gateway")
    inside.ended = inside.run()
    inside.wait_until_connected()
    inside.stop()
    assert not inside.adapter.is_connected


def test_a_gateway_that_acknowledges_no_heartbeat_is_left_and_the_session_resumed(
    scene: Scene,
) -> None:
    gateway = scene.discord.gateway
    gateway.heartbeat_interval = 0.3
    scene.connect(heartbeat_timeout=1.0)
    gateway.acknowledge = False
    # a close with 1000 or 1001 would have ended the session
    scene.discord.wait_until(lambda: bool(gateway.resumes), 10, "resuming")
    gateway.acknowledge = True
    assert len(gateway.identifies) == 1
    assert scene.slash("whowas", name="Leon Trotsky").wait(PATIENCE).answered


def test_a_gateway_that_refuses_every_resume_is_left_for_a_new_session(scene: Scene) -> None:
    inside = scene.connect(longest_outage=1.0)
    scene.discord.down("resume", how="503")
    scene.discord.cut_gateway()
    with pytest.raises(PlatformUnreachableError, match="ended"):
        inside.ended.result(PATIENCE)
    inside.ended = inside.run()
    inside.wait_until_connected()
    assert len(scene.discord.gateway.identifies) == 2
    assert scene.slash("whowas", name="Leon Trotsky").wait(PATIENCE).answered


def test_an_outage_shorter_than_the_limit_keeps_the_session(scene: Scene) -> None:
    scene.connect(longest_outage=5.0)
    scene.discord.cut_gateway()
    scene.discord.wait_until(lambda: bool(scene.discord.gateway.resumes), what="resuming")
    time.sleep(0.5)
    assert len(scene.discord.gateway.identifies) == 1


def test_a_server_that_never_answers_the_login_does_not_keep_the_bot_from_stopping(
    scene: Scene,
) -> None:
    scene.discord.fault("GET", "/users/@me", "delay", seconds=30)
    inside = scene.run()
    scene.discord.wait_until(lambda: bool(scene.discord.calls), what="the login")
    assert inside.stop() < 1


@pytest.mark.slow
def test_a_gateway_that_never_says_goodbye_does_not_keep_the_bot_from_stopping(
    scene: Scene,
) -> None:
    inside = scene.connect()
    stuck = threading.Thread(target=lambda: scene.discord._do(lambda: time.sleep(4)))
    stuck.start()
    time.sleep(0.1)
    try:
        assert inside.stop() < 3
    finally:
        stuck.join(PATIENCE)


def test_half_an_answer_at_the_login_is_an_outage(scene: Scene) -> None:
    scene.discord.fault("GET", "/users/@me", "truncated")
    with pytest.raises(PlatformUnreachableError, match="can't be read"):
        scene.run().ended.result(PATIENCE)


def test_a_long_rate_limit_at_the_login_is_an_outage(scene: Scene) -> None:
    scene.discord.fault("GET", "/users/@me", "rate_limit", seconds=3600)
    with pytest.raises(PlatformUnreachableError, match="3600 seconds"):
        scene.run().ended.result(PATIENCE)


# -- the library's own log ------------------------------------------------------------------------


def test_a_lost_connection_is_one_line_without_a_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shorten_outages()
    try:
        raise ConnectionRefusedError(111, "at wss://gateway.example/?secret")
    except ConnectionRefusedError:
        logging.getLogger("discord.client").exception("Attempting a reconnect in %.2fs", 1.5)
    (record,) = caplog.records
    assert record.getMessage() == (
        "no connection to the gateway (ConnectionRefusedError); again in 1.50s"
    )
    assert (record.levelname, record.exc_info) == ("WARNING", None)


def test_a_bug_in_the_library_keeps_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    shorten_outages()
    try:
        raise KeyError("d")
    except KeyError:
        logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_ready")
    (record,) = caplog.records
    assert record.exc_info is not None
    assert re.fullmatch("Ignoring exception in on_ready", record.getMessage())
