"""A year that is concluded is as sure as it is said to be: the years that are left out come back.

From texts in which days and months are dated, the years that repeat the one before are deleted.
The texts lie in the folder "shared" beside the project; where that is missing, the tests are
skipped, and fail under CI.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import pytest
from quality.samples import TROTSKY, WIKIWARS, article_in, skip_without, wikiwars

from knowledge.compiler.dates import SURE, find_dates
from knowledge.compiler.found_date import Form, FoundDate, Use
from knowledge.model import Precision
from knowledge.readers.article import Article

SHARE_OF_SURE_YEARS = 0.99
SHARE_THAT_COMES_BACK = 0.9
LEAST_SURE = 0.7
"""How many of the deleted years are given back with confidence: doubt about all would be no use."""

YEAR_AT_THE_END = re.compile(r",? (?:of )?\d{4}$")
NAME_BEHIND = re.compile(r" [A-Z]")
"""Without its year, "the January 1905 Strike" is a name and no date."""


class Deleted(NamedTuple):
    """A date whose year was deleted, and what was read in its place."""

    date: FoundDate
    read: FoundDate | None

    @property
    def is_right(self) -> bool:
        """Whether it was read as the day or month that it is."""
        return self.read is not None and self.read.date == self.date.date

    @property
    def is_sure(self) -> bool:
        """Whether the year that was read is called sure."""
        return self.read is not None and self.read.confidence >= SURE


def placed(article: Article) -> list[tuple[int, int, FoundDate]]:
    """Return the dates of an article's story with their offsets in its file."""
    return [
        (*article.blocks[date.block].span(date.start, date.stop), date)
        for date in find_dates(article)
        if date.use is Use.TEXT
    ]


def is_repeated(date: FoundDate, before: FoundDate | None) -> bool:
    """Whether a date repeats the year of a whole date just before it in its block."""
    return (
        before is not None
        and before.form is date.form is Form.FULL
        and (before.block, before.date.year) == (date.block, date.date.year)
        and date.date.precision in {Precision.DAY, Precision.MONTH}
        and date.range is None
    )


def deletions(text: str) -> list[Deleted]:
    """Delete the repeated years of a text all at once, and read what is left."""
    shorter, begun = "", 0
    dates: dict[int, FoundDate] = {}
    before: FoundDate | None = None
    for start, stop, date in placed(article_in(text.encode(), "whole.txt")):
        year = YEAR_AT_THE_END.search(text[start:stop])
        is_name = NAME_BEHIND.match(text, stop)
        if year is not None and not is_name and is_repeated(date, before):
            dates[len(shorter) + start - begun] = date
            shorter += text[begun : start + year.start()]
            begun = stop
        before = date
    rest = article_in((shorter + text[begun:]).encode(), "shorter.txt")
    read = {start: date for start, _, date in placed(rest)}
    return [Deleted(date, read.get(start)) for start, date in dates.items()]


@cache
def every_deletion() -> list[Deleted]:
    texts = [TROTSKY.read_text("utf-8")]
    texts += [
        "\n\n".join(block.text for block in document.article.blocks) for document in wikiwars()
    ]
    return [deleted for text in texts for deleted in deletions(text)]


@pytest.fixture(scope="module")
def deleted() -> list[Deleted]:
    skip_without(TROTSKY)
    skip_without(WIKIWARS)
    return every_deletion()


def test_there_are_enough_to_tell(deleted: list[Deleted]) -> None:
    assert len(deleted) >= 60


def test_nine_of_ten_deleted_years_come_back(deleted: list[Deleted]) -> None:
    assert sum(each.is_right for each in deleted) >= SHARE_THAT_COMES_BACK * len(deleted)


def test_of_those_that_are_sure_99_of_100_are_right(deleted: list[Deleted]) -> None:
    sure = [each for each in deleted if each.is_sure]
    assert [str(each.date.date) for each in sure if not each.is_right] == []
    assert len(sure) >= LEAST_SURE * len(deleted)


def test_of_the_sure_years_of_wikiwars_99_of_100_are_right() -> None:
    """Of 250 days and months without a year in the sample."""
    skip_without(WIKIWARS)
    right: list[bool] = []
    for document in wikiwars():
        for start, stop, date in placed(document.article):
            if date.form is not Form.PARTIAL or not SURE <= date.confidence < 1.0:
                continue
            marks = [
                mark.value[: len("1911-05-04")]
                for mark in document.marks
                if mark.precision in {"day", "month"} and mark.start < stop and start < mark.stop
            ]
            if marks:
                right.append(str(date.date) in marks)
    assert len(right) > 200
    assert sum(right) >= SHARE_OF_SURE_YEARS * len(right)
