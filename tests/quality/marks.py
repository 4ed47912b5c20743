"""Texts in which every date is marked, ⟦expression⇒VALUE words⟧: the text without marks, and these.

VALUE is written as packs write dates; the words behind it say how the date stands there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"⟦(?P<words>[^⇒⟧]*)⇒(?P<value>-?[\dX-]+)(?P<more>[^⟧]*)⟧")


@dataclass(frozen=True)
class Mark:
    """One date expression: its offsets in the text without marks, its value, and how it stands."""

    start: int
    stop: int
    value: str
    words: frozenset[str]

    @property
    def precision(self) -> str:
        """Day, month, year, decade or century."""
        digits = self.value.lstrip("-")
        if digits.endswith("X"):
            return "century" if digits.endswith("XX") else "decade"
        return ("year", "month", "day")[digits.count("-")]

    @property
    def use(self) -> str:
        """Text, citation or title."""
        return next((use for use in ("citation", "title") if use in self.words), "text")

    @property
    def form(self) -> str:
        """Full, partial or relative."""
        return next((form for form in ("relative", "partial") if form in self.words), "full")


def unmarked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """Return a text without its marks, and the marks with offsets in it."""
    marks: list[Mark] = []
    plain = ""
    position = 0
    for match in _MARK.finditer(text):
        plain += text[position : match.start()]
        start = len(plain)
        plain += match["words"]
        words = frozenset(match["more"].split())
        marks.append(Mark(start, len(plain), match["value"], words))
        position = match.end()
    return plain + text[position:], tuple(marks)
