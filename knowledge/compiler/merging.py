"""Two accounts of one event into one: the lead's and the body's, or two of the body."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.compiler.cast import Cast
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.verb_forms import Form, base, form
from knowledge.compiler.wording import LONGEST_TEXT
from knowledge.model import HistoricalDate, Precision, Qualifier

_ONCE = frozenset({"birth", "death", "execution", "assassination"})
"""Kinds that happen to somebody once; a death may be told by the two others."""
_ENDS = frozenset({"death", "execution", "assassination"})
_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset(
    "the and was were his her their its for with from that this which who had has been have into"
    " after before when where while during under over also first".split()
)
_ALIKE = 0.5
"""Share of the shorter sentence's content words that two accounts of one day have in common."""
_COMPARED = 150
"""Events of a year that a further one is compared with: more than articles tell of a year."""
_LEAST_SHARED = 2
"""Content words that two accounts have in common at least, unless they have all."""
_ALIKE_COARSE = 0.66
"""The same for accounts of which one gives only the month or the year."""


def merge(events: Sequence[FoundEvent], cast: Cast) -> list[FoundEvent]:
    """Return the events with accounts of the same one joined, in the order of the first account.

    The finer date and the fuller text win, and every statement is kept, the winner's first. Only
    events of one year are compared, each with the last ones of it, so the work stays linear.
    """
    merged: list[FoundEvent | None] = []
    by_year: dict[int, deque[int]] = {}
    for event in events:
        same_year = by_year.setdefault(event.date.start.year, deque(maxlen=_COMPARED))
        twin = next(
            (
                i
                for i in same_year
                if (other := merged[i]) is not None and is_same(other, event, cast)
            ),
            None,
        )
        if twin is None:
            same_year.append(len(merged))
            merged.append(event)
        else:
            other = merged[twin]
            merged[twin] = _joined(other, event) if other is not None else event
    return [event for event in merged if event is not None]


def goes_on(event: FoundEvent, date: HistoricalDate, text: str, kind: str) -> FoundEvent | None:
    """Return one event for "played on 25 and 26 May", of which a sentence tells each day.

    None where the second day is no neighbour of the first, or where something else is told of it.
    """
    if date == event.date and (both := _told_together(event.text, text)):
        return replace(event, text=both)
    if event.text == text and Precision.DAY not in (date.precision, event.date.precision):
        return event  # "in late 1918 and early 1919"
    days = {date.precision, event.date.precision} == {Precision.DAY} and date.end is None
    alike = (event.text, event.kind) == (text, kind) and event.date.calendar is date.calendar
    on = {event.date.qualifier, date.qualifier} == {Qualifier.ON}
    if not (days and alike and on) or event.date.last_day + 1 != date.first_day:
        return None
    return replace(event, date=replace(event.date, end=date.start))


def _told_together(first: str, second: str) -> str:
    """Return "X was born and baptised." for two sentences of one day with one subject, else "".

    >>> _told_together("The score was completed.", "The score was posted to Otto Kern.")
    'The score was completed and posted to Otto Kern.'
    """
    one, other = first.rstrip(".").split(), second.rstrip(".").split()
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    both = f"{' '.join(one)} and {' '.join(other[same:])}."
    is_subject = same > 1 and same < min(len(one), len(other)) and "," not in first
    verb = other[same] if is_subject else ""
    is_verb = form(verb) in (Form.PAST, Form.PARTICIPLE, Form.FINITE)
    return both if is_verb and len(both) <= LONGEST_TEXT else ""


def is_same(first: FoundEvent, second: FoundEvent, cast: Cast) -> bool:
    """Whether two accounts tell one event: by kind and person, else by the words they share.

    People's names are no such words: one person does several things in a year.
    """
    if not _dates_agree(first.date, second.date):
        return False
    same_person = bool(first.people and second.people and first.people[0] == second.people[0])
    if _kinds_agree(first.kind, second.kind) and (
        same_person or (first.kind == "birth" and set(first.people[:1]) & set(second.people[:1]))
    ):
        return True
    if (
        first.kind == second.kind == "birth"
        and first.date == second.date
        and (
            set(first.people[:1]) & set(second.people) or set(second.people[:1]) & set(first.people)
        )
    ):
        return first.date.precision is Precision.DAY
    if first.kind in _ONCE and second.kind in _ONCE:
        return False
    if _lead_tells_body(first, second):
        return True
    coarse = first.date.precision is not second.date.precision
    names = frozenset(
        base(word.lower())
        for person in (*first.people, *second.people)
        for word in _WORD.findall(cast.entities[person].name)
    )
    return _likeness(first, second, names) >= (_ALIKE_COARSE if coarse else _ALIKE)


def _lead_tells_body(first: FoundEvent, second: FoundEvent) -> bool:
    """Whether one account stands before the first heading, the other behind one, of the same day.

    A lead sums up what the body tells, so a day that it names is rarely another event's.
    """
    one_in_lead = (first.sections[0] == ()) != (second.sections[0] == ())
    same_day = first.date == second.date and first.date.precision is Precision.DAY
    kinds = {first.kind, second.kind}
    return one_in_lead and same_day and (len(kinds) == 1 or "event" in kinds)


def _kinds_agree(first: str, second: str) -> bool:
    return (first == second and first in _ONCE) or (first in _ENDS and second in _ENDS)


def _dates_agree(first: HistoricalDate, second: HistoricalDate) -> bool:
    """Whether one date is the other, or holds it: 1882 and 11 March 1882."""
    if first.calendar is not second.calendar and first.precision is Precision.DAY:
        return first.gregorian == second.gregorian
    qualified = {first.qualifier, second.qualifier} & {Qualifier.BEFORE, Qualifier.AFTER}
    if qualified and first.qualifier is not second.qualifier:
        return False
    if (first.end or second.end) and first.precision is second.precision:
        return first.start == second.start and (first.end or first.start) == (
            second.end or second.start
        )
    a, b = first.start, second.start
    return (
        a.year == b.year
        and (a.month is None or b.month is None or a.month == b.month)
        and (a.day is None or b.day is None or a.day == b.day)
    )


def _likeness(first: FoundEvent, second: FoundEvent, names: frozenset[str]) -> float:
    """Return the share of content words that two sentences have in common, by the shorter."""
    a, b = _content(first.text) - names, _content(second.text) - names
    shared = a & b
    same_person = bool(first.people) and first.people[:1] == second.people[:1]
    if same_person and shared in (a, b):
        return 1.0  # "X resigned", "X resigned after the strike"
    if len(shared) < _LEAST_SHARED:
        return 0.0
    same_day = first.date == second.date and first.date.precision is Precision.DAY
    if same_person and same_day and shared & _verbs(first.text) & _verbs(second.text):
        return 1.0
    return len(shared) / min(len(a), len(b))


@lru_cache(maxsize=512)
def _content(text: str) -> frozenset[str]:
    return frozenset(
        base(word.lower()) for word in _WORD.findall(text) if word.lower() not in _EMPTY
    )


def _verbs(text: str) -> frozenset[str]:
    return frozenset(
        base(word) for word in _WORD.findall(text) if word.islower() and form(word) is not Form.NONE
    )


def _joined(first: FoundEvent, second: FoundEvent) -> FoundEvent:
    best, other = (first, second) if _rank(first) >= _rank(second) else (second, first)
    date = min((best.date, other.date), key=lambda date: _FINENESS[date.precision])
    order = list(dict.fromkeys(zip(best.statements, best.sections, strict=True)))
    order += [
        pair for pair in zip(other.statements, other.sections, strict=True) if pair not in order
    ]
    return replace(
        best,
        date=date,
        statements=tuple(statement for statement, _ in order),
        sections=tuple(section for _, section in order),
        weight=max(best.weight, other.weight),
        people=_union(best.people, other.people),
        places=_union(best.places, other.places),
        things=_union(best.things, other.things),
        confidence=max(best.confidence, other.confidence),
    )


_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}


def _rank(event: FoundEvent) -> tuple[int, int]:
    """Return how good an account is: the finer date first, then the fuller text."""
    return -_FINENESS[event.date.precision], len(event.text)


def _union(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*first, *second)))
