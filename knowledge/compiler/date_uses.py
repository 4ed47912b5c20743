"""What a date is there for: the story, a citation, or a title; and which tell of no date at all."""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import Expression
from knowledge.compiler.found_date import Use
from knowledge.model import Precision
from knowledge.readers.article import Block, Role

_CITING_ROLES = frozenset({Role.NOTE, Role.REFERENCE})
_ACCESS = re.compile(
    r"\b(?:accessed|retrieved|archived|access[\s-]date|last\s(?:viewed|visited|checked|accessed|updated))"
    r"(?:\sfrom\s(?:the\s)?\w+)?(?:\son)?:?\s*$",
    re.IGNORECASE,
)
_ISSUE_BEFORE = re.compile(
    r"\b(?:[Vv]ol|[Nn]os?|[Ii]ss)\.?\s?\d+(?:\s?\(\d+\))?,?\s\(?$|\bpp?\.\s?\d+[\d–-]*,?\s\(?$"
)
_PAGES_BEHIND = re.compile(
    r"[),.:;]*\s?(?:pp?\.|[Vv]ol\.|[Nn]o\.|ISBN|doi|OCLC)\s?\d|\):\s?\d+[-–]\d|[a-z]?[),]\s?pp?\.\s"
)
_PUBLISHER = re.compile(
    r"\((?:[A-ZÀ-Þ][\w.&'’ /-]{1,40}:\s)?[A-ZÀ-Þ][\w.&'’, /-]{0,60}"
    r"(?:Press|Books|Publishers|Publishing|Verlag|Éditions|Editions|University|Routledge|Penguin)[\w.&'’ /-]{0,30},\s$"
)
_PLACE_AND_HOUSE = re.compile(r"\([A-ZÀ-Þ][\w.& -]{2,30}:\s[A-ZÀ-Þ][\w.&'’ -]{2,50},\s$")
_RECURRING_BEFORE = re.compile(
    r"\b(?:every|each|annually\son|yearly\son|every\syear\son|each\syear\son)\s(?:year\s)?(?:on\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_RECURRING = re.compile(
    r"\b(?:annual(?:ly)?|every\syear|each\syear|yearly|is\s(?:celebrated|observed|commemorated|held|marked|kept|honou?red)"
    r"|are\s(?:celebrated|observed|commemorated|held|marked)|feast\sday|public\sholiday|national\sday|anniversary)\b"
)
_PAST = re.compile(r"\b(?:was|were|had|\w+ed)\b")


def use_of(expression: Expression, block: Block) -> Use:
    """Return what an expression in a block is there for."""
    if block.role in _CITING_ROLES or expression.year_first:
        return Use.CITATION
    text, start, stop = block.text, expression.start, expression.stop
    before = text[max(0, start - 110) : start]
    if _ACCESS.search(before):
        return Use.CITATION
    if _ISSUE_BEFORE.search(before[-24:]) or _PAGES_BEHIND.match(text, stop):
        return Use.CITATION
    if (
        before.endswith(", ")
        and "(" in before
        and (_PUBLISHER.search(before) or _PLACE_AND_HOUSE.search(before))
    ):
        return Use.CITATION
    return Use.TEXT


def is_recurring(expression: Expression, text: str, sentence: tuple[int, int]) -> bool:
    """Whether a day or month without a year is one of every year: "celebrated each 3 May"."""
    part = expression.parts[0]
    if part.year is not None or part.precision not in {Precision.DAY, Precision.MONTH}:
        return False
    if expression.relative is not None or expression.turn is not None:
        return False
    if _RECURRING_BEFORE.search(text, max(0, part.start - 30), part.start):
        return True
    match = _RECURRING.search(text, *sentence)
    return match is not None and (
        match[0].startswith(("is ", "are ")) or not _PAST.search(text, *sentence)
    )
