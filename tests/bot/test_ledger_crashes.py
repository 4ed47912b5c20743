"""A process that is killed at every commit and every edge of a call, and what the next ones find.

The process is real and so is SIGKILL; the platform is an emulator, whose record says what really
happened. Names of tests carry the cases of FAULTS.md, section 3; all pairs run on their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from daily_places import Places, Wanted
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from processes import ROOT, Daybook

from bot.settings import StateSettings
from bot.state.posts import Post

pytest_plugins = ("state_fixtures",)


SECONDS = 60.0
"""Longest life of a process; one that has no more to do ends by itself."""
HELD = 1.0
"""Seconds for which an emulator holds a call at its edge; the process is killed meanwhile."""

COMMITS = (
    "before freeze commit",
    "after freeze commit",
    "before claim commit",
    "after claim commit",
    "before sending commit",
    "after sending commit",
    "after answer",
    "before end commit",
    "after end commit",
)
EDGES = ("before effect", "after effect")
"""Points of a call at the server: it has arrived, it was carried out; neither was answered."""
AGAIN = ("before recovery commit", "after recovery commit")
"""Points that only a process comes to that follows a killed one."""


class Side(Protocol):
    """A platform with one place, as these tests need it."""

    environment: dict[str, str]
    wanted: Wanted

    def hold(self, edge: str) -> None:
        """Let the next message be held at an edge of its call."""

    def is_held(self, edge: str, calls: int) -> bool:
        """Whether more calls than `calls` have come to that edge."""

    def calls(self) -> int:
        """Return how many messages were sent, whatever became of them."""

    def there(self) -> int:
        """Return how many messages stand in the place."""


@dataclass
class OnDiscord:
    """A channel."""

    emulator: DiscordEmulator
    environment: dict[str, str] = field(init=False)
    wanted: Wanted = field(init=False)

    def __post_init__(self) -> None:
        guild = self.emulator.add_guild()
        self.channel = self.emulator.add_channel(guild)
        self.environment = self.emulator.environment
        self.wanted = Wanted("discord", int(self.channel.id), server=int(guild.id))

    def hold(self, edge: str) -> None:
        kind = "delay" if edge == "before effect" else "slow_answer"
        self.emulator.fault("POST", "/messages$", kind, seconds=HELD)

    def is_held(self, edge: str, calls: int) -> bool:
        return self.calls() > calls and (edge == "before effect" or self.there() > 0)

    def calls(self) -> int:
        return sum(call.path.endswith("/messages") for call in self.emulator.calls)

    def there(self) -> int:
        return len(self.emulator.messages(self.channel))


@dataclass
class OnTelegram:
    """A supergroup."""

    emulator: TelegramEmulator
    environment: dict[str, str] = field(init=False)
    wanted: Wanted = field(init=False)

    def __post_init__(self) -> None:
        self.chat = self.emulator.supergroup("History")
        self.environment = self.emulator.environment
        self.wanted = Wanted("telegram", self.chat.id, kind="supergroup")
        self._held = time.monotonic()

    def hold(self, edge: str) -> None:
        kind = "delay before effect" if edge == "before effect" else "delay after effect"
        self.emulator.fault("sendMessage", kind, seconds=HELD)  # type: ignore[arg-type]
        self._held = time.monotonic()

    def is_held(self, edge: str, calls: int) -> bool:
        # a call is recorded when it is answered; one that waits has used up its fault
        waits = not any(one.times > 0 for one in self.emulator._server.faults.waiting)
        return waits and (edge == "before effect" or self.there() > 0)

    def calls(self) -> int:
        return len(self.emulator.calls_of("sendMessage"))

    def there(self) -> int:
        said = self.emulator.messages(self.chat, by_bot=True)
        return sum("daily post" not in (one.text or "") for one in said)


@pytest.fixture(params=["discord", "telegram"])
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    if request.param == "discord":
        with DiscordEmulator() as discord:
            yield OnDiscord(discord)
    else:
        with TelegramEmulator() as telegram:
            yield OnTelegram(telegram)


def url_of(store: StateSettings) -> str:
    """Return DAYBOOK_STATE for a store."""
    return store.url.reveal() if store.url is not None else f"sqlite:///{store.file}"


def start(daybook: Daybook, store: StateSettings, side: Side, log: Path, failpoint: str = "") -> (
    subprocess.Popen[bytes]
):  # fmt: skip
    """Start the daily posts as a process that ends with the first row's end, or is killed."""
    environment = daybook.environment(
        **side.environment, DAYBOOK_STATE=url_of(store), DAYBOOK_FAILPOINT=failpoint
    )
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "tests/daily_process.py"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )


def run_to(daybook: Daybook, store: StateSettings, side: Side, log: Path, point: str) -> None:
    """Run the daily posts until they are killed at a point, or have no more to do."""
    edge = point if point in EDGES else ""
    calls = side.calls()
    if edge:
        side.hold(edge)
    process = start(daybook, store, side, log, "" if edge else point)
    try:
        until = time.monotonic() + SECONDS
        while process.poll() is None:
            if edge and side.is_held(edge, calls):
                process.kill()
            assert time.monotonic() < until, f"still there:\n{log.read_text()[-3000:]}"
            time.sleep(0.01)
        assert process.returncode in (0, -9), log.read_text()[-3000:]
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(SECONDS)
    if edge:
        time.sleep(HELD if os.environ.get("CI") else HELD / 2)  # what was held is done by then
        getattr(side.emulator, "clear_faults", lambda: None)()  # type: ignore[attr-defined]


def survives(
    daybook: Daybook, store: StateSettings, side: Side, folder: Path, *points: str
) -> Post:
    """Kill the process at each point in turn, let one run to its end, and return the one row."""
    log = folder / "log"
    places = Places(store)
    places.subscribe(side.wanted)
    for point in points:
        run_to(daybook, store, side, log, point)
    run_to(daybook, store, side, log, "")
    posts = places.posts()
    assert len(posts) == 1, posts
    (post,) = posts
    assert post.state.is_final
    told = log.read_text()
    assert "Traceback" not in told, told[-3000:]
    if post.platform == "discord":
        assert (post.word, side.there()) == ("sent", 1), told[-2000:]
        assert post.message_id is not None
    elif post.word == "sent":
        assert side.there() == 1
    else:
        assert post.word == "unknown"
        assert side.there() <= 1
        assert places.read(_notices_of_unknown) == 1
    return post


async def _notices_of_unknown(connection: object) -> int:
    from daily_places import notices

    return sum(kind == "unknown" for kind, _, _ in await notices(connection))  # type: ignore[arg-type]


NOTHING_SENT = (
    "before freeze commit",
    "after freeze commit",
    "before claim commit",
    "after claim commit",
    "before sending commit",
)


@pytest.mark.slow
@pytest.mark.parametrize("point", NOTHING_SENT)
def test_d01_d02_killed_before_sending_is_committed_it_is_sent_once(
    daybook: Daybook, file_store: StateSettings, side: Side, tmp_path: Path, point: str
) -> None:
    post = survives(daybook, file_store, side, tmp_path, point)
    assert (post.word, side.there()) == ("sent", 1)


@pytest.mark.slow
def test_d03_killed_between_the_commit_and_the_call(
    daybook: Daybook, file_store: StateSettings, side: Side, tmp_path: Path
) -> None:
    post = survives(daybook, file_store, side, tmp_path, "after sending commit")
    expected = ("sent", 1) if post.platform == "discord" else ("unknown", 0)
    assert (post.word, side.there()) == expected


@pytest.mark.slow
@pytest.mark.parametrize("edge", EDGES)
def test_d04_killed_while_the_call_is_at_the_server(
    daybook: Daybook, file_store: StateSettings, side: Side, tmp_path: Path, edge: str
) -> None:
    post = survives(daybook, file_store, side, tmp_path, edge)
    assert post.word == ("sent" if post.platform == "discord" else "unknown")


@pytest.mark.slow
@pytest.mark.parametrize("point", ["after answer", "before end commit"])
def test_d05_killed_after_the_answer_and_before_it_is_noted(
    daybook: Daybook, file_store: StateSettings, side: Side, tmp_path: Path, point: str
) -> None:
    post = survives(daybook, file_store, side, tmp_path, point)
    assert post.word == ("sent" if post.platform == "discord" else "unknown")
    assert side.there() == 1


@pytest.mark.slow
def test_d06_killed_after_it_is_noted_it_is_not_sent_again(
    daybook: Daybook, file_store: StateSettings, side: Side, tmp_path: Path
) -> None:
    post = survives(daybook, file_store, side, tmp_path, "after end commit")
    assert (post.word, side.there(), side.calls()) == ("sent", 1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("second", ["before recovery commit", "after recovery commit"])
def test_d07_killed_again_during_recovery(
    daybook: Daybook, file_store: StateSettings, side: Side, tmp_path: Path, second: str
) -> None:
    survives(daybook, file_store, side, tmp_path, "after answer", second)


@pytest.mark.exhaustive
@pytest.mark.parametrize("second", [*COMMITS, *EDGES, *AGAIN])
@pytest.mark.parametrize("first", [*COMMITS, *EDGES])
def test_z3_all_pairs_of_points(
    daybook: Daybook,
    store: StateSettings,
    side: Side,
    tmp_path: Path,
    first: str,
    second: str,
) -> None:
    survives(daybook, store, side, tmp_path, first, second)
