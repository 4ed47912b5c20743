"""What ends a running bot: SIGTERM, Ctrl-C, a closed terminal; and what makes sure that it ends.

These are plain signal handlers and not the event loop's: a loop that is stuck must end too.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from bot.errors import EXIT_BROKEN

logger = logging.getLogger("daybook")

LAST_SECONDS = 9.7
"""After the first signal; whatever still runs then is ended, for a stop takes less than 10."""

EXIT_INTERRUPTED = 128 + signal.SIGINT
"""What a shell says of a process that Ctrl-C ended."""


class StopSignals:
    """Turns signals into a stop. Until `attach` a signal ends the process at once, with 0."""

    def __init__(self, before_end: Callable[[], None] = lambda: None) -> None:
        """Take the signals; `before_end` writes the last lines of the log."""
        self._before_end = before_end
        self._wanted = False
        self._wake: Callable[[], None] | None = None
        for number in _signals():
            signal.signal(number, self._handle)

    def attach(self, loop: asyncio.AbstractEventLoop, stopped: asyncio.Event) -> None:
        """From now on set an event of this loop at the first signal."""

        def wake() -> None:
            with suppress(RuntimeError):  # the loop is closed: this is the end already
                loop.call_soon_threadsafe(stopped.set)

        self._wake = wake

    def _handle(self, number: int, _: FrameType | None) -> None:
        if self._wake is None:
            sys.exit(0)
        if self._wanted:
            if number == signal.SIGINT:
                self._end(EXIT_INTERRUPTED)
            return
        self._wanted = True
        timer = threading.Timer(LAST_SECONDS, self._give_up)
        timer.daemon = True
        timer.start()
        self._wake()

    def _give_up(self) -> None:
        logger.error("not stopped after %s s; ended all the same", LAST_SECONDS)
        self._end(EXIT_BROKEN)

    def _end(self, code: int) -> None:
        try:
            self._before_end()
        finally:
            os._exit(code)


def _signals() -> list[signal.Signals]:
    found = [signal.SIGTERM, signal.SIGINT]
    hang_up = getattr(signal, "SIGHUP", None)  # Windows has none
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:  # nohup
        found.append(hang_up)
    return found
