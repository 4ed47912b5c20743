"""/daily why: the ledger's last ten days in sentences, each with its word and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.commands.daily import NAME
from bot.desk.asked import Asked
from bot.desk.values import Snapshot
from bot.desk.words import (
    clock_in_words,
    day_in_words,
    kind_of,
    length_in_words,
    next_in_words,
    reply,
)
from bot.reply import Item, Reply
from bot.state.posts import Post
from bot.state.states import (
    EMPTY,
    OPEN,
    PART_BEFORE,
    RESTORED,
    SUBJECT,
    PostState,
    SubscriptionState,
)

DAYS = 10
"""Days that are told."""

CHANGED = "changed"
"""The reason of a post that had come due at the very moment at which an admin changed the time."""
SUPERSEDED, GONE, RENDER, CRASH = "superseded", "gone", "render", "crash"

_WORST_FIRST = (
    PostState.UNKNOWN,
    PostState.REJECTED,
    PostState.MISSED,
    PostState.CANCELLED,
    *OPEN,
    PostState.SENT,
)

_CANCELLED = {
    SUBJECT: "what it is to be about is not in the library any more. /daily set about: names"
    " another subject.",
    EMPTY: "there was nothing to tell on that day. /daily set empty:month tells a fact of the month"
    " instead.",
    SubscriptionState.PAUSED.value: "the daily post was paused. /daily resume lets it go on.",
    SubscriptionState.STOPPED.value: "the daily post was stopped. /daily resume brings it back.",
    SubscriptionState.BROKEN.value: "the platform had refused a post before; see there.",
    CHANGED: "its time was changed at the moment when it was due.",
    GONE: "I had been removed.",
    SUPERSEDED: "the next day's was due before it could be sent.",
    PART_BEFORE: "the part before it was not sent.",
}


def why(asked: Asked, snapshot: Snapshot, title: str) -> Reply:
    """Return what became of the posts of the last days, and what to press."""
    found = snapshot.subscription
    if found is None and not snapshot.rows:
        return reply(
            NAME,
            title,
            f"This {kind_of(asked.target)} has no daily post, so none is missing.",
            buttons=("/daily set 09:00 Europe/Berlin",) if not asked.is_elsewhere else (),
        )
    parts: list[Item | str] = []
    buttons: list[str] = []
    place = asked.options.get("place", "") if asked.is_elsewhere else ""
    resume = f"/daily resume {place}".strip()
    if found is not None and found.state is SubscriptionState.BROKEN:
        cause = asked.explain(found.code)
        parts.append(f"Held up since a post was refused: {cause} Then press {resume}.")
        buttons.append(resume)
    elif found is not None and found.state is not SubscriptionState.ON:
        parts.append(f"No post comes now, for it is {found.state.value}.")
        buttons.append(resume)
    elif found is not None:
        coming = next_in_words(found.plan, found.counts_from, found.settled, asked.now)
        parts.append(f"The next post comes {coming}.")
    zone = found.plan.schedule().zone if found is not None else ZoneInfo("UTC")
    late = length_in_words(found.plan.late) if found is not None else ""
    days = list(_days(snapshot.rows))
    told = _Told(asked.now, zone, late, asked.explain)
    for rows in days:
        parts.append(told.day(rows))
        buttons += [f"/daily again {row.id}" for row in rows if may_be_sent_again(row, rows)]
    if not days:
        parts.append(f"No post was due in the last {DAYS} days.")
    return reply(NAME, title, *parts, buttons=dict.fromkeys(buttons))


def _days(rows: Sequence[Post]) -> Iterable[list[Post]]:
    """Yield the rows of each day, the newest day first."""
    in_order = sorted(rows, key=lambda row: (-row.local_date.toordinal(), row.part))
    for _, of_day in groupby(in_order, key=lambda row: row.local_date):
        yield list(of_day)


def may_be_sent_again(row: Post, rows: Sequence[Post]) -> bool:
    """Whether a row's message may be sent once more: nobody knows its end, and nobody asked yet."""
    return (
        row.state is PostState.UNKNOWN
        and row.payload is not None
        and not any(other.again_of == row.id for other in rows)
    )


class _Told:
    """How a day is told, by the clocks of a zone."""

    def __init__(
        self, now: datetime, zone: ZoneInfo, late: str, explain: Callable[[str], str]
    ) -> None:
        self._now = now
        self._zone = zone
        self._late = late
        self._explain = explain

    def day(self, rows: Sequence[Post]) -> Item:
        """Return a day's sentence; of several messages the one that went worst is told."""
        first = [row for row in rows if row.again_of is None]
        again = [row for row in rows if row.again_of is not None]
        row = min(first or again, key=lambda one: _WORST_FIRST.index(one.state))
        said = [f"{row.word}{self._more(row)}"]
        if len(first) > 1 and row.state is not PostState.SENT:
            said.append(f"It is about part {row.part + 1} of {len(first)}.")
        if may_be_sent_again(row, rows):
            said.append(f"If it is not there, /daily again {row.id} sends it once more.")
        said += [f"Sent again by an admin: {one.word}{self._more(one)}" for one in again]
        today = self._now.astimezone(self._zone).date()
        label = day_in_words(row.local_date, today)
        return Item(
            id=f"post/{row.id}",
            text=" ".join(said),
            label=f"{label[:1].upper()}{label[1:]}:",
            date=row.local_date.isoformat(),
        )

    def _more(self, row: Post) -> str:
        due = clock_in_words(row.due_at, self._zone)
        match row.state:
            case PostState.SENT if row.is_late:
                return f", at {self._at(row.ended_at)} instead of {due}."
            case PostState.SENT:
                return f", at {self._at(row.ended_at)}."
            case PostState.MISSED:
                return f": {self._missed(row, due)}"
            case PostState.REJECTED:
                return f": {self._rejected(row)}"
            case PostState.UNKNOWN:
                return f": {self._unknown(row)}"
            case PostState.CANCELLED:
                return f": {_CANCELLED.get(row.reason or '', 'it was not wanted any more.')}"
            case _:
                tried = f", refused for now ({row.attempts} attempts)" if row.attempts > 1 else ""
                return f" since {due}, and not sent yet{tried}."

    def _missed(self, row: Post, due: str) -> str:
        if row.reason == SUPERSEDED:
            return _CANCELLED[SUPERSEDED]
        limit = f", which is {self._late}" if self._late else ""
        return (
            f"it was due at {due}, and could not be sent within its limit of lateness{limit}: I"
            " was not running, or the platform could not be reached. /daily set late:24h gives"
            " more time."
        )

    def _rejected(self, row: Post) -> str:
        if row.reason == RENDER:
            return (
                "it could not be written, which is a fault of mine; whoever runs me finds it in"
                " the log."
            )
        code = f" ({row.code})" if row.code else ""
        return f"{self._explain(row.code or '')}{code}"

    def _unknown(self, row: Post) -> str:
        if row.reason == RESTORED:
            return "it was due between a backup and its restoring, so that nobody knows."
        if row.code == CRASH or row.reason == CRASH:
            return "I was ended while it was under way, so that nobody knows whether it arrived."
        return "the platform's answer was lost, so that nobody knows whether it arrived."

    def _at(self, at: datetime | None) -> str:
        return clock_in_words(at, self._zone) if at else "an unknown time"
