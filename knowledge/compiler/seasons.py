"""Seasons without a year: "that autumn", "the following spring", "until spring", "in the winter".

They are told as their year. In the present tense "the summer" is any summer (date_uses.py).
"""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import Expression, Part, Relative, Unit
from knowledge.compiler.verb_forms import Form, form
from knowledge.model import Precision

SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 12}
"""A month in the middle of each, for the order of the story."""

_SEASONS_BEGIN = {"spring": 2, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""From these months on "the following" one is that of the next year."""

_SEASONS_END = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 12}

_SEASON_PICKED = re.compile(
    r"\b(?:(?:in|by|during|until|throughout|from)\s)?(?:the\s|that\s)?"
    r"(?P<way>following|next|previous|preceding)\s$",
    re.IGNORECASE,
)
_SEASON_TOLD = re.compile(
    r"\b(?:(?:in|by|until|till)\s(?P<words>the\s(?:same\s)?(?:early\s|late\s)?"
    r"|(?:early|late)\s)|(?:by|until|till)\s|(?P<that>that\s(?:same\s|very\s)?))$",
    re.IGNORECASE,
)
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?][\"”’]?\s)In\s$")
_SEASON_BARE = re.compile(
    r"\b(?:in|during|throughout|from)\s(?:the\s(?:early\s|late\s)?)?$", re.IGNORECASE
)
"""What lasts over a season, or happens "in summer", is not dated, but carries the story on."""

_NO_SEASON = re.compile(
    r"\s(?:of\b|(?!(?:and|or|but|he|she|they|it|the|a|an|his|her|their|its|in|on|at|by|with|to|from"
    r"|for|as|after|before|under|near|when|while|which|who|where|because|until|was|were|saw|brought"
    r"|passed|had|came|led|found)\b|(?!famil|assemb|month|ear|dai|week|year)[a-z]+ly\b)(?P<word>[a-z]+)|\d{4}\b)|[-–]"
)
"""Behind the name of a season: what it is a season of, or a noun that it describes."""

_FALL_OF_A_YEAR = re.compile(
    r"\b(?:that|late|early|by|until|following|next|previous)\s$", re.IGNORECASE
)


def season_at(text: str, before: str, start: int, stop: int) -> Expression | None:
    """Read the season without a year at text[start:stop]; `before` is what precedes it.

    "The spring offensive" is none.
    """
    name = text[start:stop]
    if name == "fall" and not _FALL_OF_A_YEAR.search(before):
        return None
    behind = _NO_SEASON.match(text, stop)
    if behind is not None and form(behind["word"] or "") not in (Form.PAST, Form.FINITE):
        return None
    picked = _SEASON_PICKED.search(before)
    if picked is not None:
        is_next = picked["way"].lower() in {"following", "next"}
        amount, months = (1, _SEASONS_BEGIN) if is_next else (-1, _SEASONS_END)
        begin = start - len(before) + picked.start()
        return _year(begin, stop, Relative(Unit.SEASON, amount, months[name]))
    month = SEASONS[name]
    if _OPENS_SENTENCE.search(before):
        return _year(start, stop, Relative(Unit.SEASON, 0, month))
    if told := _SEASON_TOLD.search(before):
        begin = start - len(told["words"] or told["that"] or "")
        relative = Relative(Unit.SEASON, 0, month)
        return _year(begin, stop, relative)
    if _SEASON_BARE.search(before):
        return _year(start, stop, Relative(Unit.SEASON, 0, month, is_told=False))
    return None


def _year(start: int, stop: int, relative: Relative) -> Expression:
    return Expression([Part(start, stop, Precision.YEAR)], relative=relative)
