"""What is called of Discord, and what is done where a call fails: again, given up, or an end.

The library is out of sight here: calls go out through a `Wire`, which says in the errors of this
file how they failed. https://docs.discord.com/developers/topics/rate-limits has the rule that
too many refused calls ban a bot.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.discord.interactions import ResponseType
from adapters.discord.render import Payload
from bot.reply import Attachment

logger = logging.getLogger("daybook.discord")

LONGEST_RATE_LIMIT = 60
"""Seconds of a rate limit that are waited out; an answer later than that is of no use."""

LONGEST_CALL = LONGEST_RATE_LIMIT + 15.0
"""Seconds after which a call is given up, with whatever was waited for in it."""

FIRST_RESPONSE_SECONDS = 3.0
"""After so long an interaction that had no response is over:
https://docs.discord.com/developers/interactions/receiving-and-responding."""

TOKEN_SECONDS = 900.0
"""For which an interaction that had its first response may be answered further; same page."""

PAUSES = (0.2, 1.0, 3.0)
"""Seconds between attempts at a call that may be repeated without being doubled."""

BAN_SECONDS = 600.0
"""For which nothing is called after Discord's doorkeeper, Cloudflare, has refused the address."""
BAN_JITTER = 0.2
"""Share by which that is longer, by chance, lest many bots come back at the same moment."""

UNAUTHORIZED = 401
UNAVAILABLE = 503

LIBRARY_PAUSE = 1.0
"""Seconds after which the library itself repeats a call in which Discord's server failed."""

ALREADY_ANSWERED = 40060
UNKNOWN_INTERACTION = 10062
UNKNOWN_MESSAGE = 10008
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""


class CallError(Exception):
    """A call that failed; `kind` is a word for the log and the counters."""

    kind = "connection"
    code: int | None = None
    may_have_arrived = False
    """Whether nobody knows if the call had its effect."""
    is_worth_repeating = False
    """Whether the same call may go well a moment later."""


class NoAnswerError(CallError):
    """A call whose answer was lost, late, or not to be read: nobody knows whether it arrived."""

    may_have_arrived = True
    is_worth_repeating = True


class RateLimitedError(CallError):
    """A call that would have to wait too long."""

    kind = "rate limit"


class ClosedError(CallError):
    """A call for which there is no connection any more: the bot stops, or begins anew."""

    kind = "closed"


class TooLateError(CallError):
    """A call for which Discord's time was over before it was made, so that it was not."""

    kind = "too late"


class RefusedError(CallError):
    """A call that was answered with an error; `is_ban` where it was not Discord that answered."""

    def __init__(self, status: int, code: int = 0, *, is_ban: bool = False) -> None:
        """Take the HTTP status and Discord's own code, 0 where it gave none."""
        super().__init__(f"status {status}, code {code}")
        self.status = status
        self.code = code
        self.is_ban = is_ban
        self.kind = _KINDS.get(code, "banned" if is_ban else f"status {status}")
        self.may_have_arrived = status >= 500
        # the other errors of a server are repeated by the library already
        self.is_worth_repeating = status == UNAVAILABLE

    @property
    def is_of_token(self) -> bool:
        """Whether the bot's token was refused; 401 of an interaction has a code."""
        return self.status == UNAUTHORIZED and self.code == 0


_KINDS = {
    UNKNOWN_INTERACTION: "too late",
    UNKNOWN_MESSAGE: "gone",
    ALREADY_ANSWERED: "answered already",
}


class Wire(Protocol):
    """Discord's calls as the library makes them; each raises CallError."""

    async def request(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, int],
        *,
        json: object = None,
        query: Mapping[str, int] | None = None,
        file: Attachment | None = None,
    ) -> Any:  # noqa: ANN401 - JSON
        """Make a call with the bot's token and return the JSON that answers it."""

    async def respond(
        self, interaction: int, token: str, payload: Payload, file: Attachment | None = None
    ) -> None:
        """Send an interaction's first response."""

    async def edit(self, token: str, payload: Payload, file: Attachment | None = None) -> None:
        """Write the message that an interaction's first response made."""

    async def delete(self, token: str) -> None:
        """Delete that message."""

    async def follow_up(self, token: str, payload: Payload) -> None:
        """Send a further message."""


@dataclass(slots=True)
class Calls:
    """Makes calls; one that fails is logged and counted, never raised.

    `count` is told the kind of each failure, `refused` that the token is no longer taken; from then
    on, and while the address is banned, nothing is called. `clock` is in seconds.
    """

    wire: Wire
    count: Callable[[str], None]
    refused: Callable[[], None]
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    is_refused: bool = False
    banned_until: float = 0.0

    async def send(self, channel: int, payload: Payload, file: Attachment | None = None) -> None:
        """Send a message. One that carries a nonce is sent again where its answer was lost."""
        more: dict[str, Any] = _more(file)
        await self._attempt(
            "sending a message",
            lambda: self.wire.request(
                "POST",
                "/channels/{channel_id}/messages",
                {"channel_id": channel},
                json=payload,
                **more,
            ),
            LONGEST_CALL,
            again="nonce" in payload,
        )

    async def get(self, what: str, path: str, parameters: Mapping[str, int], **query: int) -> Any:  # noqa: ANN401 - JSON
        """Return the JSON under a path, none where it can't be read."""
        return await self._attempt(
            what,
            lambda: self.wire.request("GET", path, parameters, query=query),
            LONGEST_CALL,
            again=True,
        )

    async def put(self, what: str, path: str, parameters: Mapping[str, int], json: object) -> bool:
        """Write the JSON under a path; return whether that went well."""
        return (
            await self._attempt(
                what,
                lambda: self.wire.request("PUT", path, parameters, json=json),
                LONGEST_CALL,
                again=True,
            )
            is not None
        )

    def responses(self, interaction: int, token: str) -> InteractionCalls:
        """Return the ways to answer one interaction."""
        return InteractionCalls(self, interaction, token, self.clock())

    async def respond(
        self, what: str, call: Callable[[], Awaitable[None]], seconds: float, *, again: bool = True
    ) -> None:
        """Make a call about an interaction, within the seconds that are left to it.

        It is repeated `again` unless Discord would take it more than once.
        """
        await self._attempt(what, call, seconds, again=again)

    async def _attempt(
        self, what: str, call: Callable[[], Awaitable[Any]], seconds: float, *, again: bool
    ) -> Any:  # noqa: ANN401 - JSON
        """Return what a call gives, and None where it failed.

        With `again` it is repeated, within the seconds, where that may help.
        """
        was_lost = False
        began = self.clock()
        pauses = list(PAUSES) if again else []
        until = self.clock() + seconds
        while True:
            try:
                return await self._once(call, until - self.clock())
            except CallError as error:
                was_repeated = was_lost or self.clock() - began >= LIBRARY_PAUSE
                if was_repeated and error.code == ALREADY_ANSWERED:
                    return None  # by the attempt before, which had arrived
                was_lost = was_lost or error.may_have_arrived
                self._note(error)
                if not (pauses and error.is_worth_repeating) or self.clock() + pauses[0] >= until:
                    self._failed(what, error)
                    return None
            await self.sleep(pauses.pop(0))

    async def _once(self, call: Callable[[], Awaitable[Any]], seconds: float) -> Any:  # noqa: ANN401
        if self.is_refused or self.clock() < self.banned_until:
            raise ClosedError
        if seconds <= 0:
            raise TooLateError
        try:
            async with asyncio.timeout(seconds):
                return await call()
        except TimeoutError:
            raise NoAnswerError from None

    def _note(self, error: CallError) -> None:
        if not isinstance(error, RefusedError):
            return
        if error.is_of_token and not self.is_refused:
            self.is_refused = True
            self.refused()
        elif error.is_ban:
            wait = BAN_SECONDS * random.uniform(1, 1 + BAN_JITTER)  # noqa: S311 - no secret
            self.banned_until = self.clock() + wait
            logger.error("this address is banned for a while; nothing is called for %.0f s", wait)

    def _failed(self, what: str, error: CallError) -> None:
        self.count(error.kind)
        logger.info("%s failed", what, extra={"kind": error.kind, "code": error.code or None})


def _more(file: Attachment | None) -> dict[str, Attachment]:
    return {"file": file} if file is not None else {}


@dataclass(frozen=True, slots=True)
class InteractionCalls:
    """The answers to one interaction, as calls."""

    calls: Calls
    interaction: int
    token: str
    begun: float
    """When it came, by the clock of the calls."""

    async def respond(
        self, kind: ResponseType, data: Payload | None = None, file: Attachment | None = None
    ) -> None:
        """Send the one first response, while there is time for it."""
        payload: Payload = {"type": int(kind)}
        if data is not None:
            payload["data"] = data
        await self.calls.respond(
            "answering",
            lambda: self.calls.wire.respond(self.interaction, self.token, payload, **_more(file)),
            self.begun + FIRST_RESPONSE_SECONDS - self.calls.clock(),
        )

    async def edit(self, data: Payload, file: Attachment | None = None) -> None:
        """Write the message that the first response made or announced."""
        await self.calls.respond(
            "writing an announced answer",
            lambda: self.calls.wire.edit(self.token, data, **_more(file)),
            self._left(),
        )

    async def delete(self) -> None:
        """Delete the message that the first response made, or on which the button was."""
        await self.calls.respond(
            "deleting an answer", lambda: self.calls.wire.delete(self.token), self._left()
        )

    async def follow_up(self, data: Payload) -> None:
        """Send a further message, once."""
        await self.calls.respond(
            "sending a further message",
            lambda: self.calls.wire.follow_up(self.token, data),
            self._left(),
            again=False,
        )

    def _left(self) -> float:
        """Return the seconds that a further call may take."""
        return min(LONGEST_CALL, self.begun + TOKEN_SECONDS - self.calls.clock())
