"""Who was alive on a day: the dead do nothing, and nobody has anything before their birth."""

from __future__ import annotations

import re

from knowledge.compiler.cast import FoundEntity
from knowledge.model import HistoricalDate, PartialDate

_DIED = re.compile(r"\s+(?:[a-z]+ly |also |himself |herself )?died\b")
_DONE_TO_THEM = re.compile(
    r"\s+(?:was|were|is|had)\s+(?:[a-z]+ly |later |then |also )?"
    r"(?!crowned|married|elected|appointed)"
)
"""What can be told of the dead: "he was buried", "she had left a will"."""


def may_be_meant(person: FoundEntity, word: str, behind: str, when: HistoricalDate) -> bool:
    """Whether "he" or "his", with the words behind it, can mean somebody in a sentence of a day."""
    if person.born is not None and person.born.year > when.start.year:
        return False
    if word not in ("he", "she") or person.died is None:
        return True
    if _DIED.match(behind):
        return person.died.year == when.start.year
    return not _is_before(person.died, when.start) or _DONE_TO_THEM.match(behind) is not None


def _is_before(first: PartialDate, second: PartialDate) -> bool:
    """Whether one date lies before another for certain."""
    if first.year != second.year or first.month is None or second.month is None:
        return first.year < second.year
    if first.month != second.month or first.day is None or second.day is None:
        return first.month < second.month
    return first.day < second.day
