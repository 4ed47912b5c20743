"""The commands made known to Discord: once, where it has others, and tried until it is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from itertools import chain, repeat

from adapters.discord.calls import Calls
from adapters.discord.register import is_registered, registration
from bot.command import Command

logger = logging.getLogger("daybook.discord")

PATH = "/applications/{application_id}/commands"

PAUSES = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds between attempts; the last is repeated."""


async def register(calls: Calls, application: int, commands: Iterable[Command]) -> None:
    """Register the commands where the application has others; return when that is done.

    They are compared first, since an application may register only so many a day.
    """
    wanted = registration(commands)
    where = {"application_id": application}
    for pause in chain(PAUSES, repeat(PAUSES[-1])):
        known = await calls.get("reading the commands", PATH, where, with_localizations=1)
        if isinstance(known, list):
            if is_registered(wanted, known):
                return
            if await calls.put("registering the commands", PATH, where, wanted):
                logger.info("commands registered", extra={"commands": len(wanted)})
                return
        await asyncio.sleep(pause)
