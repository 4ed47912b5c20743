"""Every date of an article: what is written, and what is left out because the reader knows it."""

from __future__ import annotations

from knowledge.compiler.date_story import tell
from knowledge.compiler.date_values import found_dates
from knowledge.compiler.found_date import FoundDate
from knowledge.readers.article import Article

SURE = 0.9
"""Of the years that are concluded with at least this confidence, 99 of 100 are right."""


def find_dates(article: Article, *, relative_days: bool = True) -> tuple[FoundDate, ...]:
    """Return every date expression of an article, in the order of the text.

    A date whose year nothing gives is left out. `relative_days=False` leaves out the days that
    hang on others, to measure what their rules give.
    """
    return found_dates(article, tell(article), relative_days=relative_days)
