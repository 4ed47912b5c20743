"""What a decision is: an answer, and changes as values, written by records.py at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.daily.delivery import Target
from bot.daily.own_dates import OwnDate
from bot.desk.values import Plan, Settings
from bot.reply import Reply
from bot.state.states import SubscriptionState


@dataclass(frozen=True, slots=True)
class Subscribe:
    """A place's post is set up, or changed, by an admin, who is told in `told_in` if not there.

    Dates count from `counts_from`, which stays as it was where neither time nor zone changes.
    """

    target: Target
    plan: Plan
    by: int
    told_in: int | None
    at: datetime
    counts_from: datetime


@dataclass(frozen=True, slots=True)
class Switch:
    """A place's post is paused, resumed or stopped."""

    target: Target
    state: SubscriptionState
    at: datetime


@dataclass(frozen=True, slots=True)
class Settle:
    """Dates that had come before a change, by the rules before it: a row for each.

    `due` had come just now: its post is given up for the change, `missed` came too long ago.
    """

    target: Target
    missed: tuple[tuple[date, datetime], ...]
    due: tuple[date, datetime] | None
    at: datetime
    late: timedelta


@dataclass(frozen=True, slots=True)
class SendAgain:
    """A row of unknown end is to be sent once more, within so much time."""

    target: Target
    row: int
    at: datetime
    late: timedelta


@dataclass(frozen=True, slots=True)
class KeepDates:
    """Own dates are added, or take the place of ones with their ids."""

    target: Target
    dates: tuple[OwnDate, ...]
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DropDates:
    """Own dates are removed by their ids."""

    target: Target
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """The settings of a server or chat are these from now on."""

    target: Target
    settings: Settings
    at: datetime


@dataclass(frozen=True, slots=True)
class Erase:
    """All of a place's server or chat is erased; of a user, too, where they ask in private."""

    target: Target
    user: int | None = None


Change = Subscribe | Switch | Settle | SendAgain | KeepDates | DropDates | Choose | Erase


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said, and what is written before it is.

    `otherwise` is said where somebody else has done the one thing before.
    """

    reply: Reply
    changes: tuple[Change, ...] = ()
    otherwise: Reply | None = None
