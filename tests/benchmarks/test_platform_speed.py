"""Answers on both platforms, beside the least bot that each library can be, on one core each.

The emulator runs on the other core, with the checks of its schemas off. Ours and the peer answer in
turn, so that both meet the same machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import psutil
import pytest
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from processes import Daybook
from serving import Serving

from knowledge.packs.builtin import builtin_packs

pytestmark = pytest.mark.benchmark

Table = Callable[..., None]

PEERS = Path(__file__).resolve().parent / "peers"

SINGLE, MANY, IN_FLIGHT, ROUNDS = 300, 6_000, 64, 3
"""Questions asked one after the other; at once in all, and so many under way; how often."""

MOST_MILLISECONDS_MORE = 1.5
LEAST_ANSWERS = 1_200
LEAST_UPDATES = 200
MOST_IDLE_MEBIBYTES = 120
MOST_SECONDS_TO_IDENTIFY = 1.5

BOT_CORE, EMULATOR_CORE = 0, 1


@contextmanager
def emulator_on_its_core() -> Iterator[None]:
    """Keep this process, in which the emulator runs, off the bot's core."""
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) < 2:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {EMULATOR_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def on_one_core(pid: int) -> None:
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            for thread in one.threads():
                os.sched_setaffinity(thread.id, {BOT_CORE})


@contextmanager
def peer(name: str, environment: dict[str, str]) -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, str(PEERS / f"bare_{name}.py")],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process.pid
        finally:
            process.kill()


@pytest.fixture(scope="module")
def library(daybook: Daybook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build both packs and return the variables that use the file alone."""
    file = tmp_path_factory.mktemp("built") / "knowledge.sqlite"
    done = daybook("build", *map(str, builtin_packs().values()), "--output", str(file))
    assert done.code == 0
    return {"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(file), "DAYBOOK_RATE": "off"}


DAYS = [f"{day} {month}" for month in ("May", "August", "November") for day in range(1, 29)]


def milliseconds(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.2f} / {quantiles(seconds, n=100)[98] * 1000:.2f} ms"


# -- Discord --------------------------------------------------------------------------------------


class DiscordRun:
    """One bot on an emulator of its own, and what it took."""

    def __init__(self, emulator: DiscordEmulator) -> None:
        self.emulator = emulator
        self.guild = emulator.add_guild()
        self.channel = emulator.add_channel(self.guild)
        self.user = emulator.add_user("anna", self.guild)
        self.single: list[float] = []
        self.a_second: list[float] = []

    def ask(self) -> None:
        """Ask one after the other, other days each time; then many at once."""
        for number in range(SINGLE):
            options = {"date": DAYS[number % len(DAYS)]}
            self.single += self.emulator.flood(
                self.user, self.channel, "onthisday", options, count=1, in_flight=1
            )
        begin = time.perf_counter()
        self.emulator.flood(
            self.user, self.channel, "onthisday", {"date": "21 August"}, count=MANY,
            in_flight=IN_FLIGHT,
        )  # fmt: skip
        self.a_second.append(MANY / (time.perf_counter() - begin))


def test_slash_commands(daybook: Daybook, library: dict[str, str], table: Table) -> None:
    with (
        emulator_on_its_core(),
        DiscordEmulator(check=False, record=False) as ours_on,
        DiscordEmulator(check=False, record=False) as peer_on,
        Serving(daybook, {**ours_on.environment, **library}) as serving,
        peer("discord", peer_on.environment) as pid,
    ):
        ours, bare = DiscordRun(ours_on), DiscordRun(peer_on)
        serving.wait_until_ready()
        for emulator in (ours_on, peer_on):
            emulator.wait_until_ready(20)
            emulator.wait_for_commands(20)
        on_one_core(serving.process.pid)
        on_one_core(pid)
        for run in (ours, bare) * ROUNDS:
            run.ask()
    more = (median(ours.single) - median(bare.single)) * 1000
    table(
        f"Discord, {SINGLE} x {ROUNDS} slash commands one by one, {MANY} x {ROUNDS} at once",
        [
            ("ours, interaction to callback", milliseconds(ours.single)),
            ("bare discord.py", milliseconds(bare.single)),
            ("more than bare, medians", f"{more:.2f} ms (at most {MOST_MILLISECONDS_MORE})"),
            ("ours, answers a second", f"{median(ours.a_second):.0f} (at least {LEAST_ANSWERS})"),
            ("bare, answers a second", f"{median(bare.a_second):.0f}"),
            ("ratio", f"{median(ours.a_second) / median(bare.a_second):.2f}"),
        ],
    )
    assert more <= MOST_MILLISECONDS_MORE
    assert median(ours.a_second) >= LEAST_ANSWERS


# -- Telegram -------------------------------------------------------------------------------------

UPDATES = 1_000
MOST_SECONDS = 60


def updates_a_second(emulator: TelegramEmulator) -> float:
    """Let many people write at once; return how many are answered a second."""
    people = [emulator.user(f"Anna {number}") for number in range(UPDATES // 10)]
    chats = [emulator.private(user) for user in people]
    lines = [
        (user, chat, DAYS[(number + turn) % len(DAYS)])
        for turn in range(10)
        for number, (user, chat) in enumerate(zip(people, chats, strict=True))
    ]
    begin = time.perf_counter()
    emulator.say_many(lines)
    while sum(len(chat.messages) for chat in chats) < 2 * len(lines):
        assert time.perf_counter() - begin < MOST_SECONDS, "an answer is missing"
        time.sleep(0.01)
    return len(lines) / (time.perf_counter() - begin)


def test_telegram_updates(daybook: Daybook, library: dict[str, str], table: Table) -> None:
    ours, bare = [], []
    with (
        emulator_on_its_core(),
        TelegramEmulator(check=False, record=False) as ours_on,
        TelegramEmulator(check=False, record=False) as peer_on,
        Serving(daybook, {**ours_on.environment, **library}) as serving,
        peer("telegram", peer_on.environment) as pid,
    ):
        serving.wait_until_ready()
        user = peer_on.user()
        peer_on.ask(user, peer_on.private(user), "are you there?", timeout=20)
        on_one_core(serving.process.pid)
        on_one_core(pid)
        for _ in range(ROUNDS):
            ours.append(updates_a_second(ours_on))
            bare.append(updates_a_second(peer_on))
    table(
        f"Telegram by long poll, {UPDATES} x {ROUNDS} messages of {UPDATES // 10} people",
        [
            ("ours, updates a second", f"{median(ours):.0f} (at least {LEAST_UPDATES})"),
            ("bare python-telegram-bot", f"{median(bare):.0f}"),
            ("ratio", f"{median(ours) / median(bare):.2f}"),
        ],
    )
    assert median(ours) >= LEAST_UPDATES


# -- both -----------------------------------------------------------------------------------------


def test_start_and_memory(daybook: Daybook, library: dict[str, str], table: Table) -> None:
    identified, resident = [], []
    for _ in range(ROUNDS + 2):
        with (
            DiscordEmulator(check=False, record=False) as discord,
            TelegramEmulator(check=False, record=False) as telegram,
        ):
            guild = discord.add_guild()
            user = discord.add_user("anna", guild)
            channel = discord.add_channel(guild)
            with Serving(
                daybook, {**discord.environment, **telegram.environment, **library}
            ) as serving:
                begin = serving.started
                serving.wait_until(lambda: discord.intents is not None, "identified")
                identified.append(time.monotonic() - begin)
                serving.wait_until_ready()
                discord.wait_for_commands()
                discord.flood(user, channel, "onthisday", {"date": "1 May"}, count=20, in_flight=1)
                resident.append(serving.memory() / 2**20)
    table(
        f"both platforms, {len(identified)} starts",
        [
            ("start to Identify, median", f"{median(identified):.2f} s"),
            ("worst", f"{max(identified):.2f} s (at most {MOST_SECONDS_TO_IDENTIFY})"),
            ("idle after 20 questions", f"{max(resident):.1f} MiB (at most {MOST_IDLE_MEBIBYTES})"),
        ],
    )
    assert median(identified) <= MOST_SECONDS_TO_IDENTIFY
    assert max(resident) <= MOST_IDLE_MEBIBYTES
