"""The daily posts alone as a process, for tests that kill it: no gateway, no polling, no answers.

python tests/daily_process.py [ROWS]    ends with 0 once so many rows have come to their end

It is set up by the variables of `daybook serve`. Leases are short, so that what a killed process
left on PostgreSQL is taken over within a second or two instead of a minute.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from daily_places import all_posts  # noqa: E402

from adapters.discord.delivery import DiscordDelivery  # noqa: E402
from bot.answering import Answering  # noqa: E402
from bot.config import load_config  # noqa: E402
from bot.daily import falling_due, sending, service, telling  # noqa: E402
from bot.daily.delivery import Delivery  # noqa: E402
from bot.metrics import Metrics  # noqa: E402
from bot.state.database import open_database  # noqa: E402
from knowledge.library import open_library  # noqa: E402

ALLOWED = frozenset(
    (
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "embed_links",
        "read_message_history",
    )
)


async def work(rows: int) -> None:
    """Work until so many rows have ended."""
    config = load_config(os.environ)
    deliveries: list[Delivery] = []
    if config.discord:
        deliveries.append(DiscordDelivery(config.discord, lambda target: ALLOWED))
    if config.telegram:
        from adapters.telegram.app import BotApi
        from adapters.telegram.delivery import TelegramDelivery

        server = BotApi(config.telegram)
        deliveries.append(TelegramDelivery(server, config.telegram.token.reveal(), server.close))
    answering = Answering(open_library(config.packs, Path(os.environ["XDG_CACHE_HOME"])))
    async with await open_database(config.state_or_default) as database:
        daily = service.Daily(database, answering, deliveries, Metrics())
        running = asyncio.create_task(daily.run())
        while True:
            await asyncio.sleep(0.05)
            posts = await database.look(all_posts)
            if len(posts) >= rows and all(post.state.is_final for post in posts):
                break
        await asyncio.sleep(0.3)  # for what must not come any more, and for what is told
        await daily.stop()
        await running
        await daily.close()
    answering.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    sending.LEASE = timedelta(seconds=1.5)
    sending.RENEW_SECONDS = 0.3
    sending.START_SECONDS = 0.0
    service.RECOVER_SECONDS = 0.2
    for module in (sending, falling_due, telling):
        module.POLL_SECONDS = 0.05
    asyncio.run(work(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
