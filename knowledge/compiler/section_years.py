"""The years that headings promise: "The long winter (1918–1920)", "1937", "Since 1950"."""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import Expression
from knowledge.model import Precision

OWN_WEIGHT, INHERITED_WEIGHT = 1.0, 0.7
"""How much a heading binds its own section, and the sections under it."""

OPEN_END = 9999

_SINCE = re.compile(r"(?:^|[(,:]\s?)(?:since|after|from)\s$", re.IGNORECASE)
_LABEL_BEHIND = re.compile(r"\W*(?:present|onwards?|today)?\W*$|\s?[:–—-]\s")
_LABEL_BEFORE = re.compile(
    r"(?:^|[(,:;–—])\s?(?:(?:early|late|mid|spring|summer|autumn|fall|winter|and|to|of|the|since|after|from|until|before|active|c\.|in"
    r"|\d{1,2}|[A-Z][a-z]+)[\s–-]{1,2}){0,4}$",
    re.IGNORECASE,
)


def promised_years(heading: str, found: list[Expression]) -> tuple[int, int] | None:
    """Return the first and last year that a heading gives as a label, or none.

    It is a label where it stands alone, in brackets, or apart from the words; a year that is part
    of a name, as in "The treaty of 1921 and its critics", is none.
    """
    for expression in found:
        years = [part.year for part in expression.parts if part.year is not None]
        precision = expression.parts[0].precision
        if not years or expression.relative is not None or precision is Precision.CENTURY:
            continue
        before = heading[: expression.start]
        if not _LABEL_BEFORE.search(before) or not _LABEL_BEHIND.match(heading, expression.stop):
            continue
        first, last = min(years), max(years)
        if precision is Precision.DECADE:
            last += 9
        if _SINCE.search(before) or re.match(
            r"\s?[-–—]\s?(?:present|\)|$)", heading[expression.stop :]
        ):
            last = OPEN_END
        return first, last
    return None
