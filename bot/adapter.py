"""What the supervisor needs of a platform's adapter, and what an adapter says of its token.

The adapters implement this; nothing here knows one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Adapter(Protocol):
    """One platform's bot. `run` may be called again after it has failed."""

    name: str
    """The platform in small letters: in logs, metrics and links."""

    @property
    def is_connected(self) -> bool:
        """Whether the platform can reach the bot now."""

    async def run(self) -> None:
        """Connect and answer until `stop`; a call after a failure begins anew.

        Raises TokenRefusedError where trying again is no use; whatever else it raises is an outage
        that the supervisor waits out.
        """

    async def stop(self) -> None:
        """Take no new work, finish what is under way, close the connection; `run` then returns."""


class TokenRefusedError(Exception):
    """The platform does not take the token; the message is one sentence that says what to do."""


class PlatformUnreachableError(Exception):
    """The platform could not be reached or failed; the message says how, without any secret."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was seen of a bot's set-up on its platform, with the cure where it is bad."""

    is_well: bool
    text: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What a platform says of the bot that a token belongs to.

    `invitations` are pairs of what a link does ("add to a server") and the link, which asks for
    exactly the permissions needed.
    """

    name: str
    invitations: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...] = ()
