"""An event's text within its length: what can go goes first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.compiler.date_groups import DateGroup
from knowledge.compiler.sentence_pieces import Telling
from knowledge.compiler.well_formed import is_sentence
from knowledge.compiler.wording import LONGEST_TEXT, Draft, Piece, Writer

PLEASANT_TEXT = 160
"""Characters up to which what follows a clause is told with it."""
_LEAST_TEXT = 60
_BOUNDARY = re.compile(r"[,;:–—]\s")
_JOINT = re.compile(
    r"\s(?:to|by|in|on|at|and|which|that|who|with|for|from|where|when|while|after|before|because|as)\s"
)
_WEAK_END = re.compile(
    r"\s(?:and|or|but|the|a|an|of|to|in|on|at|by|for|with|from|as|that|which|who|his|her|their|its)$"
)
_EMPTY = re.compile(r"\b(?:was|were|had|is|are|be|been|to|of|the|a|an|and|at|in|on|by|from)\.$")


def write_short(
    writer: Writer, telling: Telling, group: DateGroup, *, drop_date: bool = True
) -> Draft:
    """Return the sentence of a telling, at most LONGEST_TEXT characters.

    The date's words stay where the sentence is empty without them.
    """
    draft = _written(writer, telling.longer, group, drop_date=drop_date)
    has_more = telling.longer != telling.pieces
    if has_more and (len(draft.text) > PLEASANT_TEXT or draft.dangling):
        draft = _written(writer, telling.pieces, group, drop_date=drop_date)
    for stand_in in (telling.part, telling.sentence):
        if stand_in is None or is_sentence(draft.text):
            break
        other = _written(writer, [stand_in], group, drop_date=drop_date)
        draft = other if is_sentence(other.text) else draft
    if len(draft.text) > LONGEST_TEXT:
        short = _written(writer, telling.pieces, group, drop_date=drop_date, full=False)
        draft = short if len(short.text) < len(draft.text) else draft
    draft.text = shorten(draft.text)
    return draft


def _written(
    writer: Writer,
    pieces: Sequence[Piece],
    group: DateGroup,
    *,
    drop_date: bool,
    full: bool = True,
) -> Draft:
    draft = writer.write(pieces, group, drop_date=drop_date, full=full)
    if draft.date_removed and draft.other_dates:
        return writer.write(pieces, group, drop_date=False, full=full)  # each its own
    if draft.date_removed and (_EMPTY.search(draft.text) or draft.text.count(" ") < 1):
        return writer.write(pieces, group, drop_date=False, full=full)
    return draft


def shorten(text: str) -> str:
    """Cut a sentence at a clause's end, else between words, so that it fits and ends with a stop.

    >>> shorten("Otto Kern left.")
    'Otto Kern left.'
    """
    if len(text) <= LONGEST_TEXT:
        return text
    cuts = [m.start() for m in _BOUNDARY.finditer(text, _LEAST_TEXT, LONGEST_TEXT - 1)]
    if not cuts:
        cuts = [m.start() for m in _JOINT.finditer(text, _LEAST_TEXT, LONGEST_TEXT - 1)]
    cut = cuts[-1] if cuts else text.rfind(" ", 0, LONGEST_TEXT - 1)
    short = text[:cut]
    opening = max(short.rfind(mark) for mark in "“„«")
    if short.count('"') % 2:
        opening = max(opening, short.rfind('"'))
    if opening > _LEAST_TEXT and not any(mark in short[opening:] for mark in "”»"):
        short = short[:opening]  # no quotation is cut in the middle
    short = short.rstrip(" ,;:–—")
    while match := _WEAK_END.search(short):
        short = short[: match.start()]
    return short + "."
