"""A date that stands in an article, as the compiler's steps hand it on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.calendars import Calendar
from knowledge.model import PartialDate, Qualifier


class Use(StrEnum):
    """What a date is there for; the words are those of `daybook dates`."""

    TEXT = "text"
    CITATION = "citation"
    TITLE = "title"


class Form(StrEnum):
    """How much of a date is written where it stands."""

    FULL = "full"
    PARTIAL = "partial"
    """A part is left out, as in "on 15 March": the year, or the month too, comes from the text."""
    RELATIVE = "relative"
    """It hangs on another date: "the next day"."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """One date expression, or one end of a range.

    `block`, `start` and `stop` say where it stands: the index in `Article.blocks` and offsets in
    that block's text. `range` is a number that the two ends of one range share. `alternative` is
    the same day in the other calendar, where the text gives both. `calendar` is Julian only where
    the text says so ("O.S."). `confidence`, from 0 to 1, is that of what was not written; 1 for a
    date that is written whole.
    """

    block: int
    start: int
    stop: int
    date: PartialDate
    use: Use = Use.TEXT
    form: Form = Form.FULL
    range: int | None = None
    alternative: PartialDate | None = None
    calendar: Calendar = Calendar.GREGORIAN
    qualifier: Qualifier = Qualifier.ON
    confidence: float = 1.0
