"""Updates taken by long poll: https://core.telegram.org/bots/api#getupdates.

Two processes with one token end each other's polls: the server answers the earlier poll with 409
when a later one comes. So that exactly one goes on, the older one is patient and the younger one
gives up: each conflict more than polls that went well, in the first minute, is the end.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from adapters.telegram.calls import (
    CallError,
    ConflictError,
    Server,
    Sleep,
    TokenError,
    TooFastError,
)
from bot.adapter import TokenRefusedError

logger = logging.getLogger("daybook")

ALLOWED_UPDATES = (
    "message",
    "channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
"""What is asked for is exactly what is used."""

POLL_SECONDS = 25
"""How long the server holds a poll; more than 50 it doesn't, and a dead line is noticed behind."""

MOST_UPDATES = 100

CONFIRM_SECONDS = 1.5

YOUNG_SECONDS = 60.0
"""Age until which a process may be the second one of a token."""
MOST_PATIENCE = 5
CONFLICT_PAUSE = 2.0
"""Seconds before an older process polls again; the server itself delays repeated conflicts by 3."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0

SECOND_PROCESS = (
    "Another process takes Telegram's updates with this token, and only one can. Stop that one, or"
    " give this one a bot of its own."
)
WEBHOOK_SET = (
    "A webhook is set for Telegram's bot, so it can't be polled. Set TELEGRAM_WEBHOOK_URL to use"
    " it, or remove it with the Bot API's deleteWebhook, which keeps what is waiting."
)
NOT_TAKEN = (
    "Telegram does not take the token in TELEGRAM_TOKEN. Copy it again from @BotFather, whose"
    " command /token shows it."
)

Take = Callable[[Mapping[str, Any], bool], Awaitable[None]]
"""What takes an update; told whether it had waited before the bot was there."""


class Polling:
    """The polls of one connection."""

    def __init__(
        self,
        server: Server,
        take: Take,
        connected: Callable[[bool], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Take where updates come from and go to, and who is told whether that works."""
        self._server = server
        self._take = take
        self._connected = connected
        self._sleep = sleep
        self._began = time.monotonic()
        self._offset: int | None = None
        self._went_well = 0
        self._conflicts = 0
        self._failures = 0
        self._is_backlog = True

    async def run(self) -> None:
        """Poll until cancelled; raises TokenRefusedError where going on is no use."""
        while True:
            try:
                updates = await self._poll()
            except CallError as error:
                await self._failed(error)
                continue
            self._succeeded()
            for update in updates:
                # first of all it is done with: a broken one must not come again for ever
                self._offset = update["update_id"] + 1
                await self._take(update, self._is_backlog)
            self._is_backlog = self._is_backlog and len(updates) == MOST_UPDATES

    async def confirm(self) -> None:
        """Tell the server what was taken, so that the next process doesn't take it again."""
        if self._offset is None:
            return
        parameters = {"offset": self._offset, "limit": 1, "timeout": 0}
        try:
            async with asyncio.timeout(CONFIRM_SECONDS):
                await self._server.call("getUpdates", parameters)
        except (CallError, TimeoutError) as error:
            logger.info("what was taken from Telegram could not be confirmed: %s", error)

    async def _poll(self) -> list[Mapping[str, Any]]:
        # the first poll, and one after an outage, returns at once: then it is known to work
        is_quick = self._failures > 0 or self._is_backlog
        seconds = 0 if is_quick else POLL_SECONDS
        parameters = {
            "limit": MOST_UPDATES,
            "timeout": seconds,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if self._offset is not None:
            parameters["offset"] = self._offset
        updates = await self._server.call("getUpdates", parameters, patience=seconds)
        if not isinstance(updates, list) or not all(map(_is_update, updates)):
            raise CallError("the answer holds no updates")
        return updates

    def _succeeded(self) -> None:
        if self._failures:
            logger.info("Telegram is reached again")
        self._went_well += 1
        self._failures = 0
        self._connected(True)

    async def _failed(self, error: CallError) -> None:
        if isinstance(error, TokenError):
            raise TokenRefusedError(NOT_TAKEN) from error
        if isinstance(error, ConflictError):
            await self._conflicted(error)
            return
        self._connected(False)
        if not self._failures:
            logger.warning("Telegram can't be polled (%s): %s", error.kind, str(error)[:300])
        self._failures += 1
        if isinstance(error, TooFastError):
            await self._sleep(error.seconds)
            return
        pause = min(FIRST_PAUSE * 2 ** min(self._failures - 1, 10), LONGEST_PAUSE)
        await self._sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - no secret

    async def _conflicted(self, error: ConflictError) -> None:
        if "webhook" in str(error).lower():
            raise TokenRefusedError(WEBHOOK_SET) from error
        self._conflicts += 1
        is_young = time.monotonic() - self._began < YOUNG_SECONDS
        if is_young and self._conflicts > min(self._went_well, MOST_PATIENCE):
            raise TokenRefusedError(SECOND_PROCESS) from error
        logger.warning("another process polls Telegram with this token; this one goes on")
        await self._sleep(CONFLICT_PAUSE)


def _is_update(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)
