"""Calls of the Bot API: what can go wrong, and what is then done about an answer.

CallError
├── TokenError        401, 404: the token is none
├── RefusedError      400, 403: final; nothing was done
├── MovedError        400: the group has become a supergroup
├── ConflictError     409: somebody else takes the updates
├── TooFastError      429: nothing was done; how long to wait
├── UnsentError       the server can't be reached: proven that nothing was done
└── UncertainError    5xx, time-outs, answers that can't be read: nobody can know

The Bot API has no key that makes a second sending harmless, so what is uncertain is never sent
again (FAULTS.md, E03 to E07).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from adapters.telegram.files import DOCUMENT
from bot.metrics import Metrics

Payload = dict[str, Any]

logger = logging.getLogger("daybook")

LONGEST_WAIT = 60
"""Seconds for which an answer waits when told to; after more nobody is there to read it."""

MOST_TRIES = 3

PAUSE = 1.0
"""Seconds before what was proven unsent is tried once more."""

_HARMLESS = (
    "message is not modified",
    "query is too old",
    "message to delete not found",
    "message to edit not found",
)
"""Refusals that say that there was nothing to do, in small letters."""

Sleep = Callable[[float], Awaitable[None]]


class CallError(Exception):
    """A call that gave no result. `kind` is a word of ours, the message what the server said."""

    kind = "failed"


class TokenError(CallError):
    """The token is not, or no longer, one."""

    kind = "token refused"


class RefusedError(CallError):
    """The server did nothing, and will not."""

    kind = "refused"


class MovedError(CallError):
    """The chat has another number now."""

    kind = "moved"

    def __init__(self, chat: int) -> None:
        """Take the new number."""
        super().__init__("the group has become a supergroup")
        self.chat = chat


class ConflictError(CallError):
    """Somebody else takes the updates: another process, or a webhook."""

    kind = "conflict"


class TooFastError(CallError):
    """The server did nothing and wants to be left alone for so many seconds."""

    kind = "rate limit"

    def __init__(self, seconds: float) -> None:
        """Take how long to wait."""
        super().__init__(f"too fast; wait {seconds:g} s")
        self.seconds = seconds


class UnsentError(CallError):
    """The call has not reached the server."""

    kind = "unsent"


class UncertainError(CallError):
    """The call may have been done, or not."""

    kind = "uncertain"


class Server(Protocol):
    """The Bot API for one token."""

    async def call(self, method: str, parameters: Payload, *, patience: float = 0) -> object:
        """Return the result of a method; raises CallError.

        `patience` are seconds that the server may take beyond the usual.
        """


class Calls:
    """Calls that belong to answers: repeated where that is right, else logged and given up."""

    def __init__(
        self, server: Server, metrics: Metrics, platform: str, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Take the server, where failures are counted, and how to wait."""
        self._server = server
        self._metrics = metrics
        self._platform = platform
        self._sleep = sleep

    async def make(self, method: str, parameters: Payload) -> object:
        """Return the result, or none where there is none."""
        try:
            return await self._try(method, parameters)
        except CallError as error:
            self._gave_up(method, error)
            return None

    async def send(self, parameters: Payload) -> None:
        """Send a message; raises MovedError, upon which it may be written for the new chat.

        One with a document goes as such.
        """
        method = "sendDocument" if DOCUMENT in parameters else "sendMessage"
        try:
            await self._try(method, parameters)
        except MovedError:
            raise
        except CallError as error:
            self._gave_up(method, error)

    async def _try(self, method: str, parameters: Payload) -> object:
        for _ in range(MOST_TRIES - 1):
            try:
                return await self._server.call(method, parameters)
            except TooFastError as error:
                if error.seconds > LONGEST_WAIT:
                    raise
                self._metrics.call_failed(self._platform, error.kind)
                await self._sleep(error.seconds)
            except UnsentError as error:
                self._metrics.call_failed(self._platform, error.kind)
                await self._sleep(PAUSE)
                break
            except RefusedError as error:
                if "entities" not in parameters or "entit" not in str(error).lower():
                    raise
                logger.warning(
                    "Telegram refuses the styles of a message; it goes without: %s", error
                )
                parameters = {key: parameters[key] for key in parameters if key != "entities"}
                break
        return await self._server.call(method, parameters)

    def _gave_up(self, method: str, error: CallError) -> None:
        said = str(error)
        if isinstance(error, RefusedError) and any(one in said.lower() for one in _HARMLESS):
            logger.debug("%s had nothing to do: %s", method, said)
            return
        self._metrics.call_failed(self._platform, error.kind)
        is_usual = isinstance(error, RefusedError)
        level = logging.INFO if is_usual else logging.WARNING
        logger.log(level, "%s failed (%s): %s", method, error.kind, said[:300])
