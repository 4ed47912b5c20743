"""A platform that is away for a minute, at the start and later: the other answers all the time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from asking_on_platforms import OnDiscord, OnTelegram, Platform
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from processes import Daybook
from serving import Serving

from adapters.discord.app import LONGEST_OUTAGE
from bot.supervisor import LONGEST_WAIT

pytestmark = pytest.mark.slow

MINUTE = 60.0
MOST_SECONDS_BACK = LONGEST_OUTAGE - MINUTE + 1.25 * LONGEST_WAIT + 15.0
"""discord.py sleeps ever longer by chance, until its client is begun anew; then comes the longest
pause between two attempts, a quarter more at most; then it connects."""


def answers(person: Platform) -> bool:
    return "NKVD" in person.ask("who was mercador").text


def is_ready(serving: Serving) -> bool:
    return serving.get("/readyz").status == 200


def while_away(other: Platform, seconds: float, is_red: Callable[[], bool]) -> None:
    """Ask on the other platform until the time is over; the bot must not call itself ready."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert answers(other)
        assert is_red()
        time.sleep(1)


@pytest.mark.parametrize("name", ["discord", "telegram"])
def test_it_is_waited_for_and_the_other_platform_answers(daybook: Daybook, name: str) -> None:
    with DiscordEmulator() as discord, TelegramEmulator() as telegram:
        people: dict[str, Platform] = {
            "discord": OnDiscord(discord),
            "telegram": OnTelegram(telegram),
        }
        away = discord if name == "discord" else telegram
        lost, other = people.pop(name), people.popitem()[1]
        away.down()
        environment = {**discord.environment, **telegram.environment, "DAYBOOK_RATE": "off"}
        with Serving(daybook, environment) as serving:
            serving.wait_until(lambda: serving.get("/healthz").status == 200, "alive")
            if other.name == "discord":
                discord.wait_until_ready()  # what is said before reaches nobody there
            while_away(other, MINUTE, lambda: not is_ready(serving))
            away.up()
            serving.wait_until(lambda: is_ready(serving), "ready", MOST_SECONDS_BACK)
            assert answers(lost)

            away.down()
            serving.wait_until(lambda: not is_ready(serving), "away again", MINUTE)
            while_away(other, MINUTE, lambda: not is_ready(serving))
            away.up()
            serving.wait_until(lambda: is_ready(serving), "ready again", MOST_SECONDS_BACK)
            assert answers(lost)

            assert serving.stop().code == 0
            assert "Traceback" not in serving.log
