"""What happened by an article's box of facts: "Born: 3 May 1811, Kiel", "Founded: 1894"."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


_AWARD = re.compile(
    r"(?:awards?|honou?rs?|prizes?|medals?|decorations?)\b[^:]{0,20}:\s*"
    r"(?P<what>[^,;()]{3,60}?)\s*\($",
    re.IGNORECASE,
)
_SPOUSE = re.compile(
    r"(?:spouses?|husband|wife)\b[^:]{0,20}:\s*(?P<what>[^,;()\d]{3,60}?)\s*\((?:m\.|married)\s*$",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?:(?P<start>term start|in office from|assumed office|took office)"
    r"|(?P<end>term end|left office))\s*\d*:\s*$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:office|title|position)\s*\d*:\s*(?P<what>[^,;()\d][^;()]{2,70})$", re.IGNORECASE
)


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


def lesser_fact(line: str, group: DateGroup, subject: str, before: Sequence[str]) -> Fact | None:
    """Return what a line tells that the text mostly tells, too: an award, a marriage, an office.

    `before` are the lines above it, of which the last "Office" says which office it was.
    """
    lead = line[: group.start]
    if match := _AWARD.match(lead):
        return Fact("prize", f"{subject} received the {match['what'].removeprefix('the ')}.")
    if match := _SPOUSE.match(lead):
        return Fact("marriage", f"{subject} married {match['what']}.")
    if match := _TERM.match(lead):
        office = next((found for one in reversed(before) if (found := _OFFICE.match(one))), None)
        if office is None:
            return None
        what = office["what"].strip()
        if match["start"]:
            return Fact("appointment", f"{subject} took office as {what}.")
        return Fact("resignation", f"{subject} left office as {what}.")
    return None


def _place(behind: str) -> str:
    rest = _AGE.sub("", behind.lstrip(" ,;)"), count=1).lstrip(" ,;")
    match = _PLACE.match(rest)
    return f" in {match['place'].strip(' ,')}" if match else ""
