"""What happened by an article's box of facts: "Born: 3 May 1811, Kiel", "Founded: 1894"."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.compiler.date_groups import DateGroup

_LABELS = (
    (r"born|date of birth|birth ?date|birth", "birth", "was born"),
    (r"died|date of death|death ?date|death", "death", "died"),
    (r"founded|established|formed|formation|incorporated|inception", "founding", "was founded"),
    (r"opened|opening(?: date)?|inaugurated", "founding", "opened"),
    (r"premieres?|premiered|first performed", "publication", "was first performed"),
    (r"launched", "event", "was launched"),
    (r"dissolved|disbanded|defunct", "event", "was dissolved"),
    (r"demolished", "event", "was demolished"),
)
"""The labels that say what happened, the kind of event, and the words that tell it."""
_PATTERNS = tuple(
    (re.compile(rf"(?:{label})\b", re.IGNORECASE), kind, words) for label, kind, words in _LABELS
)
_AGE = re.compile(r"\(?aged?[^)]*\)\s*", re.IGNORECASE)
_PLACE = re.compile(r"(?:in\s+)?(?P<place>[A-ZÀ-Þ][^();\d]{1,60}?)(?:\s*[(;]|\s*$)")


class Fact(NamedTuple):
    """The kind of an event and its sentence."""

    kind: str
    text: str


def fact(line: str, group: DateGroup, subject: str) -> Fact | None:
    """Return what a dated line of a box of facts tells of the subject; none for no happening.

    "In office", "Population" and "Current season" tell none; a place is told of births and deaths.
    """
    for pattern, kind, words in _PATTERNS:
        if pattern.match(line):
            place = _place(line[group.stop :]) if kind in ("birth", "death") else ""
            return Fact(kind, f"{subject} {words}{place}.")
    return None


def _place(behind: str) -> str:
    rest = _AGE.sub("", behind.lstrip(" ,;)"), count=1).lstrip(" ,;")
    match = _PLACE.match(rest)
    return f" in {match['place'].strip(' ,')}" if match else ""
