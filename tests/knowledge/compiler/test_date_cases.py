"""Dates of articles, case by case: what is marked in tests/cases is read, and nothing else is.

`article_dates_unseen.toml` was written by somebody who had not seen the code.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict

import pytest
from article_cases import CASES, Case, cases
from quality.marks import Mark, unmarked

from knowledge.calendars import Calendar
from knowledge.compiler.dates import find_dates
from knowledge.compiler.found_date import Form, FoundDate
from knowledge.model import Qualifier
from knowledge.readers.article import Article, Block, Piece, Role

REFERENCES = {"References", "Further reading", "Bibliography"}
"""Headings of sections whose blocks the readers call references."""

QUALIFIERS = {word: Qualifier(word) for word in ("by", "about")}
"""The words of marks that the qualifier must agree with."""


def article(heading: str, text: str) -> Article:
    """Return the lines of a text as blocks under a heading; offsets are those of the text."""
    path = (heading,) if heading else ()
    role = Role.REFERENCE if heading in REFERENCES else Role.PROSE
    blocks = [Block(Role.HEADING, heading, path, (Piece(0, 0, len(heading)),))] if heading else []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(role, line, path, (Piece(0, position, position + len(line)),)))
        position += len(line) + 1
    return Article(heading, tuple(blocks))


def dates_of(case: Case) -> tuple[str, list[tuple[int, int, FoundDate]], tuple[Mark, ...]]:
    """Return a case's text, the dates found in it with their offsets, and its marks."""
    text, marks = unmarked(case["text"])
    whole = article(unmarked(case.get("title", ""))[0], text)
    found = []
    for date in find_dates(whole):
        block = whole.blocks[date.block]
        if block.role is not Role.HEADING:
            found.append((*block.span(date.start, date.stop), date))
    return text, found, marks


def complaints(case: Case) -> list[str]:
    """Say what is wrong with the dates found in a case: missing, false, or read in a wrong way."""
    text, found, marks = dates_of(case)
    wrong: list[str] = []
    ends: defaultdict[str, list[int | None]] = defaultdict(list)
    left = list(found)
    for mark in marks:
        words = text[mark.start : mark.stop]
        here = [each for each in left if each[0] < mark.stop and mark.start < each[1]]
        match = next((each for each in here if str(each[2].date) == mark.value), None)
        if match is None:
            wrong.append(f"{words!r} is {mark.value}, not {[str(each[2].date) for each in here]}")
            continue
        left.remove(match)
        wrong += [f"{words!r}: {complaint}" for complaint in _misread(mark, match[2])]
        number = next((word for word in mark.words if word.startswith("range=")), None)
        if number is not None:
            ends[number].append(match[2].range)
        elif match[2].range is not None:
            wrong.append(f"{words!r} is no end of a range")
    for number, pair in ends.items():
        if len(pair) != 2 or pair[0] is None or pair[0] != pair[1]:
            wrong.append(f"{number} are not the two ends of one range: {pair}")
    wrong += [
        f"{text[start:stop]!r} is no date, but read as {date.date}"
        for start, stop, date in left
        if not any(start < mark.stop and mark.start < stop for mark in marks)
    ]
    return wrong


def _misread(mark: Mark, date: FoundDate) -> list[str]:
    wrong = []
    if date.use != mark.use:
        wrong.append(f"it is there for the {mark.use}, not the {date.use}")
    other = next((word[12:] for word in mark.words if word.startswith("alternative=")), None)
    if other is not None and str(date.alternative) != other:
        wrong.append(f"its other form is {other}, not {date.alternative}")
    if "julian" in mark.words and date.calendar is not Calendar.JULIAN:
        wrong.append("the text says Old Style")
    if "relative" in mark.words and date.form is Form.FULL:
        wrong.append("it hangs on another date")
    for word, qualifier in QUALIFIERS.items():
        if word in mark.words and date.qualifier is not qualifier:
            wrong.append(f"it is told with {word!r}, not {date.qualifier}")
    return wrong


@pytest.mark.parametrize("case", cases("article_dates.toml"))
def test_the_dates_of_a_case_are_read(case: Case) -> None:
    assert complaints(case) == []


@pytest.mark.parametrize("case", cases("article_dates_unseen.toml"))
def test_the_dates_of_a_case_written_unseen_are_read(case: Case) -> None:
    assert complaints(case) == []


@pytest.mark.parametrize("name", ["article_dates.toml", "article_dates_unseen.toml"])
def test_a_case_without_marks_is_called_negative(name: str) -> None:
    """So that a case whose marks were forgotten is noticed."""
    found: list[Case] = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    assert [case["text"] for case in found if not unmarked(case["text"])[1]] == [
        case["text"] for case in found if case.get("negative")
    ]


def test_there_are_at_least_300_cases() -> None:
    assert len(cases("article_dates.toml")) >= 130
    assert len(cases("article_dates.toml") + cases("article_dates_unseen.toml")) >= 300
