"""The words that rows of the state database hold: states, and choices of a fixed set. No library.

They are stored as they are spelled here, so a word is never changed, only added by a migration.
"""

from __future__ import annotations

from enum import StrEnum


class Platform(StrEnum):
    """Where a place is."""

    DISCORD = "discord"
    TELEGRAM = "telegram"


class SubscriptionState(StrEnum):
    """Whether a place gets posts; BROKEN after a refusal that only an admin can mend."""

    ON = "on"
    PAUSED = "paused"
    STOPPED = "stopped"
    BROKEN = "broken"


class PostState(StrEnum):
    """Where a row of the ledger stands (FAULTS.md, section 2)."""

    DUE = "due"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    REJECTED = "rejected"
    MISSED = "missed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether a row never leaves this state."""
        return self in FINAL


OPEN = (PostState.DUE, PostState.CLAIMED, PostState.SENDING)
"""States in which a row still waits for its end, in their order."""
FINAL = tuple(state for state in PostState if state not in OPEN)
"""States in which a row stays."""


class NoticeState(StrEnum):
    """Whether an admin was told."""

    WAITING = "waiting"
    TOLD = "told"
    DROPPED = "dropped"


class Tone(StrEnum):
    """How grim a post may be."""

    GENTLE = "gentle"
    BALANCED = "balanced"
    ALL = "all"


class Empty(StrEnum):
    """What a day without events brings."""

    MONTH = "month"
    PERSON = "person"
    SILENCE = "silence"


class DateOrder(StrEnum):
    """How "03-05" is read."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"


PART_BEFORE = "part_before"
"""The reason of a part that was given up because the one before it was not sent."""
RESTORED = "restored"
"""The reason of a row that fell due between a backup and its restoring."""
EMPTY = "empty"
"""The reason of a date with nothing to tell."""
SUBJECT = "subject"
"""The reason of a date that is not told, as its subject is not in the library any more."""
