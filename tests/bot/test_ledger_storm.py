"""Z1 of FAULTS.md, smaller: all due in one minute, a tenth of it in trouble, and SIGKILL ten times.

What happened is what the emulators recorded, which enforce the platforms' real rates.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from daily_places import notices
from daily_storm import Storm, discord_emulator
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_faults import REAL_RATES
from processes import Daybook

from bot.settings import StateSettings

pytest_plugins = ("state_fixtures",)

PLACES = 500
KILLS = 10
IN_FLIGHT = 4
"""Messages that may be under way on Telegram, of which nobody knows after a kill."""
SEED = 20261129


@pytest.mark.slow
def test_z1_q01_a_storm_loses_nothing_and_doubles_nothing(
    daybook: Daybook, store: StateSettings
) -> None:
    random = Random(SEED)
    with (
        discord_emulator(check=False) as discord,
        TelegramEmulator(check=False, rates=REAL_RATES) as telegram,
    ):
        storm = Storm(discord, telegram, store, PLACES)
        storm.subscribe()
        storm.trouble(0.1, random)
        storm.run(daybook, KILLS, random, patience=400)

        assert storm.discord_counts() == Counter({1: PLACES})
        counts = storm.telegram_counts()
        assert max(counts) == 1
        posts = storm.posts()
        words = Counter((platform, post.word) for (platform, _), post in posts.items())
        assert words["discord", "sent"] == PLACES
        unknown = words["telegram", "unknown"]
        assert words["telegram", "sent"] + unknown == PLACES
        assert unknown <= IN_FLIGHT * storm.kills + storm.ambiguous
        # nothing is lost without a word: where no post stands, the row says unknown
        assert counts.count(0) <= unknown
        kinds = Counter(kind for kind, _, _ in storm.places.read(notices))
        assert kinds["unknown"] == unknown
        # the next process doesn't know what the killed one sent last; without kills (Z2) it is 0
        assert len(storm.too_fast()) <= storm.kills
        assert "Traceback" not in storm.log
