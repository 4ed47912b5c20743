"""What the ledger needs of a platform to deliver a post, and how a delivery may end.

An adapter implements Delivery; the ledger knows no platform. Each result says what is proven: the
ledger sends again only what is proven unsent, or what the platform itself won't do twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from bot.daily.limiter import Rates
from bot.reply import Reply

Payload = dict[str, Any]
"""The JSON of the platform's call, frozen in the ledger when a post falls due."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: `topic` is 0 outside Telegram's topics; `server` is Discord's."""

    platform: str
    chat: int
    topic: int = 0
    server: int | None = None
    kind: str = ""
    options: Mapping[str, str] | None = None
    """What the subscription says beside the post: `ping_role`, `forum_title`, `forum_tags`."""
    first_message: int | None = None
    """The number of the post's first part, for those after it: a forum's thread has it."""


class Scope(StrEnum):
    """What must wait after a "not now"."""

    PLACE = "place"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has the message, or had it until somebody else deleted it."""

    message_id: int | None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class NotSent:
    """Proven unsent; to be tried again after so many seconds."""

    why: str
    retry_after: float = 0.0
    scope: Scope = Scope.PLACE


@dataclass(frozen=True, slots=True)
class Refused:
    """Proven unsent, and trying again is no use until somebody changes something.

    `code` is the platform's ("50013", "403 blocked"); `sentence` tells an admin what to do.
    """

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Proven unsent: the place now has another number, for good."""

    chat: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Nobody can know whether it arrived."""

    why: str


@dataclass(frozen=True, slots=True)
class Fatal:
    """Proven unsent, and nothing can be sent on this platform: the token is refused."""

    why: str


def part_marker(marker: str, part: int) -> str:
    """Return the marker of a part of a post, of the post's own."""
    return f"{marker}-{part}" if part else marker


Result = Sent | NotSent | Refused | Moved | Ambiguous | Fatal


class Look(StrEnum):
    """What a look into the place's history for a lost message found, other than the message."""

    NOT_THERE = "not there"
    """The history since then was read, and doesn't hold it."""
    UNREADABLE = "unreadable"
    """The bot may not read it, so that nobody can know."""
    NOT_NOW = "not now"
    """The platform didn't answer; look again later."""


@runtime_checkable
class Delivers(Protocol):
    """An adapter that can deliver posts, too."""

    @property
    def delivery(self) -> Delivery:
        """Its way to deliver, which works also while the adapter does not run."""

    def listen(self, listener: PlaceListener) -> None:
        """Take whom to tell what changes at places."""


class Delivery(Protocol):
    """One platform's way to deliver posts."""

    platform: str
    rates: Rates
    """How fast messages may be sent, below what the platform allows."""
    most_at_once: int
    """Messages under way together: as many may end as unknown where the process is killed."""

    def can_look(self) -> bool:
        """Whether a message whose end nobody knows can be looked for by `find`."""

    def recognises_repeats(self, target: Target) -> bool:
        """Whether a message sent again with its nonce within a minute is not doubled there."""

    def explain(self, code: str) -> str:
        """Return the sentence of a refusal's code, which tells an admin what to do."""

    def render(self, reply: Reply, target: Target, marker: str) -> list[Payload]:
        """Return the messages that say a reply, each within the platform's limits.

        `marker` is put into them where nobody sees it, so that `find` can recognise them.
        """

    async def send(self, target: Target, payload: Payload, nonce: str) -> Result:
        """Make exactly one attempt to send these bytes; never tries again by itself."""

    async def find(self, target: Target, marker: str, since: datetime) -> int | Look:
        """Return the number of a message with this marker, if the place's history can be read."""

    async def missing(self, target: Target) -> list[str]:
        """Return the permissions that the bot lacks to post there, by the platform's names."""

    async def close(self) -> None:
        """Close every connection."""

    async def tell(self, user: int, target: Target, reply: Reply) -> bool:
        """Tell an admin something: in private where they can be reached, else in the place.

        Return whether it was told.
        """


class PlaceListener(Protocol):
    """Whom an adapter tells. A chat is meant with all its topics, a server with its channels."""

    def removed(self, platform: str, *, chat: int | None = None, server: int | None = None) -> None:
        """Hear that the bot was removed: nothing is posted, all is erased after 30 days."""

    def returned(
        self, platform: str, *, chat: int | None = None, server: int | None = None
    ) -> None:
        """Hear that the bot is there, perhaps again: what sleeps wakes with its settings."""

    def look_again(
        self, platform: str, *, chat: int | None = None, server: int | None = None
    ) -> None:
        """Hear of other permissions: what was refused is looked at now, not tomorrow."""

    def moved(self, platform: str, old: int, new: int) -> None:
        """Hear that a chat has another number now."""
