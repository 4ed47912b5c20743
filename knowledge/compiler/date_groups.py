"""The dates of a block as statements give them: ranges joined, one day said twice taken once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.compiler.found_date import Form, FoundDate, Use
from knowledge.model import HistoricalDate, InvalidDateError, Precision, Qualifier

_SAME_AGAIN = re.compile(r"[\s,(–-]*(?:(?:on|in)\s+)?", re.ASCII)
"""What may stand between two expressions of one day: "the next day, on 3 May"."""
_ALSO = re.compile(r"[\s,]*(?:(?:and|or|&)\s*)?(?:(?:again|then|also)\s+)?(?:(?:on|in|to)\s+)?")
"""What may stand between two members of a list of dates: "on 3, 5 and 9 May"."""
_LONGEST_JOIN = 16
_LONGEST_LEAD = 40
_MEASURED = re.compile(r"\b(?:years|months|weeks|decades) to (?:the )?$")
_COUNTED = re.compile(
    r"(?:exactly |just )?[\w-]+ (?:days?|weeks?|months?|years?) (?:after|before)\b"
)
_DATE_BEFORE = re.compile(r"(?:\d{4}|(?:[A-Z][a-z]{2,8}) \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}), $")
_APPOSED = re.compile(r"['\"”]*, an? [a-z]")
_SHIP = re.compile(
    r"\b(?:ship|cruiser|frigate|sloop|steamer|schooner|destroyer|submarine|brig|corvette|battleship"
    r"|yacht|tanker|trawler|gunboat|barque|liner) $"
)
_ABOUT = re.compile(r"\b(?:about|around|circa|c\.|ca\.|approximately)\s*$")


@dataclass(frozen=True, slots=True)
class DateGroup:
    """One date of a statement: where its words stand in the block's text, and what they say.

    `list_start` and `list_stop` hold the whole list of dates that it is a member of; its own
    offsets where it stands alone. `whole` says that nothing of the date is left to the reader.
    """

    start: int
    stop: int
    date: HistoricalDate
    use: Use
    whole: bool
    confidence: float
    list_start: int
    list_stop: int


def group_dates(text: str, dates: Sequence[FoundDate]) -> list[DateGroup]:
    """Return the dates of one block, given in the order of its text, as groups in that order."""
    groups: list[DateGroup] = []
    at = 0
    while at < len(dates):
        first = dates[at]
        last = at
        if first.range is not None:
            while last + 1 < len(dates) and dates[last + 1].range == first.range:
                last += 1
        if last == at:
            last = _last_of_same(text, dates, at)
        if group := _group(text, dates[at : last + 1]):
            groups.append(group)
        at = last + 1
    return _with_lists(text, [g for g in groups if not _is_measure_or_name(text, g)])


def _last_of_same(text: str, dates: Sequence[FoundDate], at: int) -> int:
    last = at
    while last + 1 < len(dates):
        gap = text[dates[last].stop : dates[last + 1].start]
        same = dates[last + 1].date == dates[at].date and dates[last + 1].range is None
        if not same or len(gap) > _LONGEST_JOIN or not _SAME_AGAIN.fullmatch(gap):
            break
        last += 1
    return last


def _group(text: str, members: Sequence[FoundDate]) -> DateGroup | None:
    first, last = members[0], members[-1]
    end = last.date if first.range is not None and last.date != first.date else None
    qualifier = first.qualifier
    if qualifier is Qualifier.ON and _ABOUT.search(text, max(0, first.start - 16), first.start):
        qualifier = Qualifier.ABOUT
    if end is not None and qualifier is Qualifier.FROM:
        qualifier = Qualifier.ON  # "from 1885 to 1891" has both its ends
    try:
        date = HistoricalDate(first.date, end, first.calendar, False, qualifier)
    except InvalidDateError:
        if end is None:
            return None
        date = HistoricalDate(first.date, None, first.calendar, False, qualifier)
    return DateGroup(
        first.start,
        last.stop,
        date,
        first.use,
        any(member.form is Form.FULL for member in members)
        and (end is None or last.form is Form.FULL),
        min(member.confidence for member in members),
        first.start,
        last.stop,
    )


def _with_lists(text: str, groups: list[DateGroup]) -> list[DateGroup]:
    """Give each group the bounds of the list of dates that it stands in."""
    out: list[DateGroup] = []
    run: list[DateGroup] = []
    for group in groups:
        if run:
            gap = text[run[-1].stop : group.start]
            if len(gap) > _LONGEST_JOIN or not _ALSO.fullmatch(gap):
                out += _as_list(run)
                run = []
        run.append(group)
    return out + _as_list(run)


def _as_list(run: list[DateGroup]) -> list[DateGroup]:
    if len(run) < 2:
        return run
    return [
        DateGroup(
            group.start,
            group.stop,
            group.date,
            group.use,
            group.whole,
            group.confidence,
            run[0].start,
            run[-1].stop,
        )
        for group in run
    ]


def _is_measure_or_name(text: str, group: DateGroup) -> bool:
    """Whether words that look like a date measure another one, or are a ship's name.

    "died on 2 April, forty years to the day after the landing" and "sailed on 12 April, nine days
    after the declaration" give one day each; "the cruiser Tenth of August" gives none.
    """
    lead = text[max(0, group.start - _LONGEST_LEAD) : group.start]
    if _MEASURED.search(lead):
        return True
    opens = lead.rstrip(" '\"“")[-1:] in ("", ".") and text[group.start].isdigit()
    if opens and group.whole and _APPOSED.match(text, group.stop):
        return True  # "4 July 1976, a cycle of songs, was released"
    if group.whole:
        return False
    return bool(
        _SHIP.search(lead)
        or (_COUNTED.match(text, group.start, group.stop + 8) and _DATE_BEFORE.search(lead))
    )


def is_day(group: DateGroup) -> bool:
    """Whether the group names a day."""
    return group.date.precision is Precision.DAY
