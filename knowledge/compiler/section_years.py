"""The years that headings promise: "The long winter (1918–1920)", "1937", "Since 1950"."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.compiler.date_parts import Expression
from knowledge.model import Precision

OWN_WEIGHT, NAME_WEIGHT, INHERITED = 1.0, 0.3, 0.7
"""How much a label binds its section, how much a year in a name, and what sub-sections keep."""

OPEN_END = 9999


class Promise(NamedTuple):
    """The years of a section. `start` is where its heading says so, `month` the first month there.

    `weight` from 0 to 1 is how much it binds; of a name it is low.
    """

    first: int
    last: int
    month: int
    weight: float
    start: int

    @property
    def is_name(self) -> bool:
        """Whether the year may be only a part of a name: "The generation of 1898"."""
        return self.weight < OWN_WEIGHT


_PARTS_OF_A_YEAR = r"(?:early|late|mid|spring|summer|autumn|fall|winter|and|to|the|active|c\.)"
_WORDS_OF_A_LABEL = rf"(?:{_PARTS_OF_A_YEAR}|since|after|from|until|before|in)"
_LABEL_BEFORE = re.compile(
    rf"(?:^|[(\[,:;–—]\s?)(?:{_WORDS_OF_A_LABEL}[\s–-]{{1,2}}){{0,4}}$", re.IGNORECASE
)
_NAME_BEFORE = re.compile(r"\b(?:of|in|,)\s(?:the\s|early\s|late\s)?$", re.IGNORECASE)
_LABEL_BEHIND = re.compile(
    r"\W*(?:present|onwards?|today|seasons?|campaigns?|tours?)?\W*$|\s?[:–—-]\s"
)
_SINCE = re.compile(r"(?:^|[(,:]\s?)(?:since|after|from)\s$", re.IGNORECASE)
_OPEN = re.compile(r"\s?[-–—]\s?(?:present|today|\)|$)|\sonwards?")


def promised_years(heading: str, found: list[Expression]) -> Promise | None:
    """Return the years that a heading gives, or none.

    They are a label where they stand alone, in brackets, or apart from the words; at the end of a
    name, "The campaign of 1711", they bind little; inside one, not at all.
    """
    for expression in found:
        years = [part.year for part in expression.parts if part.year is not None]
        first = expression.parts[0]
        if not years or expression.relative is not None or first.precision is Precision.CENTURY:
            continue
        before = heading[: expression.start]
        if not _LABEL_BEHIND.match(heading, expression.stop):
            continue
        is_label = _LABEL_BEFORE.search(before) is not None
        if not is_label and not _NAME_BEFORE.search(before):
            continue
        last = max(years) + (9 if first.precision is Precision.DECADE else 0)
        if _SINCE.search(before) or _OPEN.match(heading, expression.stop):
            last = OPEN_END
        weight = OWN_WEIGHT if is_label else NAME_WEIGHT
        return Promise(min(years), last, first.month or 0, weight, expression.start)
    return None
