"""What dates are there for, case by case: tests/cases/date_uses.toml, in the markup of articles."""

from __future__ import annotations

import pytest
from article_cases import Case, cases
from quality.marks import unmarked

from knowledge.compiler.dates import find_dates
from knowledge.readers.wikitext import read_wikitext


@pytest.mark.parametrize("case", cases("date_uses.toml"))
def test_what_each_date_of_a_case_is_there_for(case: Case) -> None:
    text, marks = unmarked(case["text"])
    article = read_wikitext(text)
    found = []
    for date in find_dates(article):
        start, _ = article.blocks[date.block].span(date.start, date.stop)
        found.append((start, str(date.date), str(date.use)))
    assert sorted(found) == sorted((mark.start, mark.value, mark.use) for mark in marks)
