"""The work that dates cost grows with the text and no faster, whatever stands in it.

It is counted in lines of code that run, so that no clock has a say: twice the text may take twice
the lines.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from knowledge.compiler.dates import find_dates
from knowledge.readers.article import Article
from knowledge.readers.reading import read_article

LETTERS = 1_200
MOST_GROWTH = 2.4
"""Twice, and some more for what is cheaper at the beginning of a text."""

HOSTILE = [
    "5 May 1917 ",
    "1917 ",
    "May ",
    "( 1917 ",
    "[ May 5 ",
    '" 1917 ',
    "5 May; ",
    "1917-18 ",
    "50 BC ",
    "the next day ",
    "in May of that year ",
    "5 May annually and celebrated ",
    "= May =\n",
    "5\n",
    "''a",
    "((",
    "Holm, O. (1901). ",
]


def lines_run(text: str) -> int:
    """Return how many lines run while the dates of a text are read."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ANN401 - as settrace asks
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        article = read_article(text.encode(), "a.txt")
        if isinstance(article, Article):
            find_dates(article)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("repeated", HOSTILE)
def test_twice_the_text_takes_twice_the_work(repeated: str) -> None:
    text = repeated * (LETTERS // len(repeated))
    lines_run(text[:100])  # what is made once is not counted
    assert lines_run(text * 2) <= MOST_GROWTH * lines_run(text)
