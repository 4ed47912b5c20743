"""How many of the dates of a text are read rightly.

`set_score` counts each value of a document once, `span_score` every mention: a date that is read
is right where it overlaps a marked one of the same value, each marked one once. Both count the
same as the scorer that comes with the sample of WikiWars (Mazur and Dale, 2010).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quality.marks import Mark

from knowledge.compiler.dates import SURE, find_dates
from knowledge.compiler.found_date import Form
from knowledge.readers.article import Article


class Read(NamedTuple):
    """A date that was read: offsets in the file, value, precision, and what it is there for.

    It is `concluded` where a part of it isn't written, and `sure` where that is called so.
    `second` is the same day in the other calendar, where the text gives it too.
    """

    start: int
    stop: int
    value: str
    precision: str
    use: str = "text"
    concluded: bool = False
    sure: bool = True
    second: str = ""


class Score(NamedTuple):
    """How many were right, of how many that were read, and of how many that there are."""

    right: int = 0
    read: int = 0
    there: int = 0

    def plus(self, other: Score) -> Score:
        """Return both together."""
        return Score(*map(sum, zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was read rightly; 1 where nothing is there."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def total(scores: Iterable[Score]) -> Score:
    """Return scores added up."""
    whole = Score()
    for score in scores:
        whole = whole.plus(score)
    return whole


def dates_read(article: Article, *, relative_days: bool = True) -> list[Read]:
    """Return the dates of an article with their offsets in its file."""
    read = []
    for date in find_dates(article, relative_days=relative_days):
        start, stop = article.blocks[date.block].span(date.start, date.stop)
        concluded, sure = date.form is not Form.FULL, date.confidence >= SURE
        value, precision = str(date.date), date.date.precision
        second = "" if date.alternative is None else str(date.alternative)
        read.append(Read(start, stop, value, precision, date.use, concluded, sure, second))
    return read


def with_second_forms(marks: Sequence[Mark], read: Sequence[Read]) -> list[Read]:
    """Return the dates with those second forms of a day that are marked by themselves.

    Some texts mark "8 November (O.S. 26 October)" as one date and others as two.
    """
    seconds = [
        date._replace(value=date.second, second="")
        for date in read
        if any(
            mark.value == date.second and date.start < mark.stop and mark.start < date.stop
            for mark in marks
        )
    ]
    return [*read, *seconds]


def of_sure_years(marks: Iterable[Read | Mark], read: Iterable[Read]) -> Score:
    """Return how many of the days and months whose year is concluded, and called sure, are right.

    They are judged where a date of the same month and day is marked in their place.
    """
    there = list(marks)
    score = Score()
    for date in read:
        if date.precision not in ("day", "month") or not (date.concluded and date.sure):
            continue
        values = {
            mark.value
            for mark in there
            if mark.start < date.stop
            and date.start < mark.stop
            and mark.precision == date.precision
            if mark.value.lstrip("-")[4:] == date.value.lstrip("-")[4:]
        }
        if values:
            score = score.plus(Score(int(date.value in values), 1, 1))
    return score


def of_precision(dates: Iterable[Read | Mark], precision: str) -> list[Read | Mark]:
    """Return the dates of one precision."""
    return [date for date in dates if date.precision == precision]


def set_score(marks: Iterable[Read | Mark], read: Iterable[Read]) -> Score:
    """Count each value of a document once."""
    there, got = {mark.value for mark in marks}, {date.value for date in read}
    return Score(len(there & got), len(got), len(there))


def span_score(marks: Sequence[Read | Mark], read: Sequence[Read]) -> Score:
    """Count every mention."""
    got = list(dict.fromkeys(read))
    return Score(sum(found is not None for found in matches(marks, got)), len(got), len(marks))


def matches(marks: Sequence[Read | Mark], read: Sequence[Read]) -> list[Read | None]:
    """Return for each marked date the one that was read for it, or nothing."""
    left = list(read)
    found: list[Read | None] = []
    for mark in marks:
        match = next(
            (
                date
                for date in left
                if date.value == mark.value and date.start < mark.stop and mark.start < date.stop
            ),
            None,
        )
        if match is not None:
            left.remove(match)
        found.append(match)
    return found


class Missed(NamedTuple):
    """What is wrong with the dates of a marked text, for a person to look at."""

    missing: list[Mark]
    false: list[Read]
    wrong_use: list[Mark]


def missed(marks: Sequence[Mark], read: Sequence[Read]) -> Missed:
    """Return the marked dates that were not read, those read that aren't marked, and wrong uses."""
    read = with_second_forms(marks, read)
    found = matches(marks, read)
    matched = Counter(date for date in found if date is not None)
    return Missed(
        [mark for mark, date in zip(marks, found, strict=True) if date is None],
        list((Counter(read) - matched).elements()),
        [mark for mark, date in zip(marks, found, strict=True) if date and date.use != mark.use],
    )
