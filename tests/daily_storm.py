"""Many posts due in one minute, on both emulators, with faults and kills; what came of them.

storm = Storm(discord, telegram, store, places=500)
storm.trouble(share=0.1, random)           # faults for a tenth of the places
storm.run(daybook, kills=10, random)
storm.discord_counts(), storm.telegram_counts(), storm.places.posts()
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from daily_places import Places, Wanted
from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_world import Chat
from processes import Daybook
from serving import Serving

from bot.settings import StateSettings
from bot.state.posts import Post

PLACES_A_SERVER = 100

DISCORD_FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("status", {"status": 500}),
    ("status", {"status": 503}),
    ("after", {"status": 502}),
    ("lost", {}),
    ("truncated", {}),
    ("html", {"status": 504}),
    ("empty", {}),
    ("cut", {}),
    ("rate_limit", {"seconds": 0.3}),
)
"""What an attempt meets; without an effect and with one."""
TELEGRAM_FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("status before effect", {"status": 500}),
    ("html before effect", {}),
    ("cut after effect", {}),
    ("half answer", {}),
    ("broken json", {}),
    ("html after effect", {}),
    ("no result", {}),
)
PROVEN_UNSENT: tuple[str, dict[str, Any]] = ("retry after", {"seconds": 1.0})


def discord_emulator(**more: Any) -> DiscordEmulator:  # noqa: ANN401 - as it takes
    """Return Discord with its limit for all calls."""
    discord = DiscordEmulator(**more)
    discord.limits.whole = 50
    return discord


@dataclass
class Storm:
    """As many places on each platform, all due in one minute."""

    discord: DiscordEmulator
    telegram: TelegramEmulator
    store: StateSettings
    count: int
    channels: list[Channel] = field(default_factory=list)
    chats: list[Chat] = field(default_factory=list)
    ambiguous: int = 0
    """Faults on Telegram of which nobody can know what they did."""
    seconds: float = 0.0
    kills: int = 0
    peak: int = 0
    """The most memory that a process had, in bytes."""
    log: str = ""

    def __post_init__(self) -> None:
        guilds = [self.discord.add_guild() for _ in range(0, self.count, PLACES_A_SERVER)]
        self.places = Places(self.store)
        for number in range(self.count):
            guild = guilds[number // PLACES_A_SERVER]
            self.channels.append(self.discord.add_channel(guild, f"day-{number}"))
            self.chats.append(self.telegram.supergroup(f"Day {number}"))

    def subscribe(self) -> None:
        """Write the subscriptions: due in this minute."""
        self.places.subscribe(
            *(
                Wanted("discord", int(channel.id), server=int(channel.guild.id))
                for channel in self.channels
                if channel.guild is not None
            ),
            *(Wanted("telegram", chat.id, kind="supergroup") for chat in self.chats),
        )

    def trouble(self, share: float, random: Random) -> None:
        """Let the first attempts at a share of the places go wrong."""
        for channel in random.sample(self.channels, int(share * self.count)):
            kind, more = random.choice(DISCORD_FAULTS)
            self.discord.fault("POST", f"/channels/{channel.id}/messages$", kind, **more)
        for chat in random.sample(self.chats, int(share * self.count)):
            kind, more = random.choice((*TELEGRAM_FAULTS, PROVEN_UNSENT))
            self.ambiguous += kind != PROVEN_UNSENT[0]
            self.telegram.fault("sendMessage", kind, chat=chat.id, **more)  # type: ignore[arg-type]

    def run(self, daybook: Daybook, kills: int, random: Random, patience: float) -> None:
        """Let the bot post, killed again and again, until every row has its end."""
        begun = time.monotonic()
        for _ in range(kills):
            with self._serving(daybook) as serving:
                until = time.monotonic() + random.uniform(1.5, 3.5)
                while time.monotonic() < until:
                    assert serving.process.poll() is None, serving.log[-3000:]
                    time.sleep(0.02)
                serving.kill()
                self.kills += 1
        with self._serving(daybook) as serving:
            while not self._is_over():
                assert serving.process.poll() is None, serving.log[-3000:]
                assert time.monotonic() - begun < patience, self.places.states()
                self.peak = max(self.peak, serving.memory())
                time.sleep(0.5)
            self.seconds = time.monotonic() - begun
            time.sleep(3.0)  # for what must not come any more
            assert serving.stop().code == 0
            self.log += serving.log

    @contextmanager
    def _serving(self, daybook: Daybook) -> Iterator[Serving]:
        url = self.store.url
        environment = {
            **self.discord.environment,
            **self.telegram.environment,
            "DAYBOOK_STATE": url.reveal() if url else f"sqlite:///{self.store.file}",
            "DAYBOOK_LOG": "warning",
        }
        with Serving(daybook, environment) as serving:
            yield serving

    def _is_over(self) -> bool:
        states = self.places.states()
        ended = {key: value for key, value in states.items() if key[1] not in OPEN}
        return sum(ended.values()) == 2 * self.count == sum(states.values())

    # -- what happened ----------------------------------------------------------------------------

    def posts(self) -> dict[tuple[str, int], Post]:
        """Return the rows by platform and place, one each."""
        found = self.places.posts()
        by_place = {(post.platform.value, post.place_id): post for post in found}
        assert len(by_place) == len(found)
        return by_place

    def discord_counts(self) -> Counter[int]:
        """Return how many channels have so many posts."""
        return Counter(len(channel.messages) for channel in self.channels)

    def telegram_counts(self) -> list[int]:
        """Return how many posts each chat has; what an admin is told there is none."""
        return [
            sum("daily post" not in (one.text or "") for one in chat.messages.values())
            for chat in self.chats
        ]

    def too_fast(self) -> list[str]:
        """Return the calls that were refused as too fast, but for those that a fault refused."""
        found = [call.path for call in self.discord.refused if call.status == 429]
        return found + [call.method for call in self.telegram.refused if call.status == 429]


OPEN = ("due", "claimed", "sending")
