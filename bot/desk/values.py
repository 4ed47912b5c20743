"""What the desk knows of a place before it decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.daily.choices import DailyChoices
from bot.daily.delivery import Target
from bot.daily.own_dates import OwnDate
from bot.daily.schedule import DEFAULT_LATE, Schedule
from bot.daily.zones import zone_named
from bot.state.posts import Post
from bot.state.states import SubscriptionState


@dataclass(frozen=True, slots=True)
class Plan:
    """What an admin chose for a place's post: when it comes, and what it says.

    The zone is kept by its name, for one that was stored may be gone from the tz database. `title`
    and `tags` are of the threads that a forum's posts begin.
    """

    wall_time: time
    zone: str
    late: timedelta = DEFAULT_LATE
    choices: DailyChoices = field(default_factory=DailyChoices)
    ping: int | None = None
    title: str = ""
    tags: tuple[int, ...] = ()

    def schedule(self) -> Schedule:
        """Return when it comes; raises UserError for a zone that there is no more."""
        return Schedule(self.wall_time, zone_named(self.zone), self.late)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A place's daily post: what was chosen, since when it counts, and how it stands.

    `settled` are the dates that have a row in the ledger. `code` is why it is broken.
    """

    plan: Plan
    state: SubscriptionState
    counts_from: datetime
    settled: frozenset[date] = frozenset()
    code: str = ""

    @property
    def is_on(self) -> bool:
        """Whether posts come."""
        return self.state is SubscriptionState.ON


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server or chat chose; none where it chose nothing."""

    zone: str | None = None
    language: str | None = None
    date_order: str | None = None
    tone: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is stored of a place, read in one transaction.

    `told` is when its facts were last told, `places` how many places of its server have a post,
    `rows` the ledger's of the last days, `version` when the subscription was changed last,
    `stored` all that an export holds, by what it is.
    """

    target: Target
    subscription: Subscription | None = None
    settings: Settings = field(default_factory=Settings)
    own_dates: Sequence[OwnDate] = ()
    told: Mapping[str, date] = field(default_factory=dict)
    rows: Sequence[Post] = ()
    places: int = 0
    version: datetime | None = None
    stored: Mapping[str, Any] = field(default_factory=dict)
