"""What is said of a date that isn't written and not surely concluded."""

from __future__ import annotations

import pytest

from knowledge.compiler.doubts import doubts_of
from knowledge.compiler.found_date import Form, FoundDate
from knowledge.compiler.found_event import FoundEvent
from knowledge.model import HistoricalDate, PartialDate, Span
from knowledge.readers.article import Article, Block, Piece, Role

TEXT = "She left on 12 June and came back."
ARTICLE = Article("Ada Veyl", (Block(Role.PROSE, TEXT, (), (Piece(0, 100, 134),)),))
DAY = PartialDate.parse("1831-06-12")


def date(form: Form, confidence: float) -> FoundDate:
    return FoundDate(0, 12, 19, DAY, form=form, confidence=confidence)


def event(start: int = 100, stop: int = 134, day: str = "1831-06-12") -> FoundEvent:
    return FoundEvent(
        HistoricalDate.parse(day), "She left.", "journey", (Span(start, stop),), ((),)
    )


@pytest.mark.parametrize(
    ("form", "words"),
    [(Form.PARTIAL, "doesn't write the whole date"), (Form.RELATIVE, "counted from another date")],
)
def test_an_unsure_date_is_said_to_be_concluded(form: Form, words: str) -> None:
    (doubt,) = doubts_of([event()], [date(form, 0.5)], ARTICLE)
    assert words in doubt


@pytest.mark.parametrize(
    "found",
    [date(Form.FULL, 0.5), date(Form.PARTIAL, 0.95), date(Form.RELATIVE, 1.0)],
    ids=["written", "sure", "sure and relative"],
)
def test_what_is_written_or_sure_has_no_doubt(found: FoundDate) -> None:
    assert doubts_of([event()], [found], ARTICLE) == ("",)


@pytest.mark.parametrize("other", [event(140, 180), event(day="1831-06-13")])
def test_the_doubt_is_that_of_the_events_own_date(other: FoundEvent) -> None:
    unsure = date(Form.PARTIAL, 0.5)
    first, second = doubts_of([other, event()], [unsure], ARTICLE)
    assert (first, bool(second)) == ("", True)
