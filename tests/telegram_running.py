"""Telegram's adapter in a thread of its own, on an emulator, for tests that talk to it.

with Running(telegram, answering) as running:
    telegram.ask(anna, telegram.private(anna), "31 June")
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_seen import Seen
from emulators.telegram_world import Chat

from adapters.telegram import app
from bot.answering import Answering
from bot.metrics import Metrics
from bot.rate import Rate, RateLimits
from bot.service import Service
from bot.settings import Secret, TelegramSettings, WebhookSettings

SECONDS = 10.0
"""Longest wait for anything."""

QUIET = 0.4
"""How long nothing must come for it to count as never; an answer takes some milliseconds."""


class Running:
    """One adapter; `end` waits until its `run` has ended, and raises what that raised."""

    def __init__(
        self,
        telegram: TelegramEmulator,
        answering: Answering,
        *,
        rate: Rate | None = None,
        webhook: WebhookSettings | None = None,
        token: str = "",
    ) -> None:
        self.metrics = Metrics()
        service = Service(answering, RateLimits(rate), self.metrics)
        settings = TelegramSettings(Secret(token or telegram.token), telegram.api_url, webhook)
        self._made = threading.Event()
        self._thread = threading.Thread(target=self._go, args=(settings, service))
        self.error: BaseException | None = None

    def _go(self, settings: TelegramSettings, service: Service) -> None:
        async def go() -> None:
            self.loop = asyncio.get_running_loop()
            self.adapter = app.adapter(settings, service)
            self._made.set()
            await self.adapter.run()

        try:
            asyncio.run(go())
        except BaseException as error:  # it is raised in the test's thread
            self.error = error

    def start(self, *, connected: bool = True) -> Self:
        self._thread.start()
        assert self._made.wait(SECONDS)
        until = time.monotonic() + SECONDS
        while connected and not self.adapter.is_connected:
            assert time.monotonic() < until, "never connected"
            if not self._thread.is_alive():
                self.end()
            time.sleep(0.01)
        return self

    def stop(self) -> float:
        """Stop it as the supervisor does; return how long that took."""
        began = time.monotonic()
        stopping = asyncio.run_coroutine_threadsafe(self.adapter.stop(), self.loop)
        stopping.result(SECONDS)
        self.end()
        return time.monotonic() - began

    def end(self, seconds: float = SECONDS) -> None:
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "still running"
        if self.error is not None:
            raise self.error

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._thread.is_alive():
            self.stop()


def says_no_more(telegram: TelegramEmulator, chat: Chat, than: int = 0) -> None:
    """Fail if the bot says more in a chat than so many messages, within QUIET seconds."""
    time.sleep(QUIET)
    assert len(telegram.messages(chat, by_bot=True)) == than


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, f"never {what}"
        time.sleep(0.01)


def edited(telegram: TelegramEmulator, message: Seen) -> Seen:
    """Return a message once it was edited after it looked like this."""
    until(lambda: telegram.look(message).edits > message.edits, "edited")
    return telegram.look(message)
